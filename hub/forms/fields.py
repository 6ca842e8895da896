"""Text fields that parse with the domain's own rules, keep what was typed, and speak the page's language."""

from collections.abc import Callable

from wtforms import StringField
from wtforms.form import BaseForm
from wtforms.validators import ValidationError
from wtforms.widgets import PasswordInput

from domain.errors import FieldError
from i18n import lazy, say


class Typed(StringField):
    """What somebody typed, as *parse* understands it; an empty field is refused unless it is optional."""

    data: str

    def __init__(self, label: str, parse: Callable[[str], str], *, required: bool = True, **options: object) -> None:
        super().__init__(lazy(label), **options)
        self.parse = parse
        self.required = required

    def pre_validate(self, form: BaseForm) -> None:
        """Parse, and say at the field what is right."""
        typed = self.data or ""
        try:
            if not typed.strip() and self.required:
                raise FieldError("required")
            self.data = self.parse(typed)
        except FieldError as error:
            raise ValidationError(say(error)) from error


class Secret(Typed):
    """The same for what must not go back to the page."""

    widget = PasswordInput()
