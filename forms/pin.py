"""PIN fields: what was typed never goes back to the page."""

from wtforms.validators import ValidationError
from wtforms.widgets import PasswordInput

from domain.errors import FieldError
from domain.pin import new_pin
from domain.text import compact
from forms.base import Form
from forms.fields import Parsed
from i18n import say


class Pin(Parsed):
    """The PIN somebody signs in with."""

    widget = PasswordInput()

    def parse(self, typed: str) -> str:
        return compact(typed)


class NewPin(Pin):
    """A PIN somebody chooses."""

    def parse(self, typed: str) -> str:
        return new_pin(typed)


class NewPinForm(Form):
    """A new PIN, typed twice."""

    pin = NewPin("新密码（6至12位数字）")
    again = Pin("再写一次密码")

    def validate_again(self, again: Pin) -> None:
        """Compare the two, once the first is a PIN at all."""
        if not self.pin.errors and again.data != self.pin.data:
            raise ValidationError(say(FieldError("pin_repeat")))
