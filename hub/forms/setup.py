"""The first underwriter, by the code that the hub showed when it started."""

from flask_wtf import FlaskForm
from wtforms.validators import ValidationError

from domain import text
from domain.errors import FieldError
from domain.words import N_
from hub import passphrase
from hub.forms.fields import Secret, Typed
from i18n import say


class SetupForm(FlaskForm):
    """Code, name, and a passphrase typed twice."""

    code = Typed(N_("设置码"), text.compact)
    name = Typed(N_("姓名"), text.name)
    passphrase = Secret(N_("口令（至少12个字）"), passphrase.accept)
    again = Secret(N_("再写一次口令"), str)

    def validate_again(self, again: Secret) -> None:
        """Compare the two, once the first can be taken at all."""
        if not self.passphrase.errors and again.data != self.passphrase.data:
            raise ValidationError(say(FieldError("hub.passphrase_differs")))
