"""The cover (保障方案) step: the clerk chooses a tier, the product says what it costs."""

from wtforms import RadioField
from wtforms.validators import ValidationError

from domain.application import Cover
from domain.errors import FieldError
from forms.step import Context, StepForm
from i18n import current_language, lazy, say


class CoverForm(StepForm):
    """One tier of the product in force."""

    tier = RadioField(lazy("保障档位"), validate_choice=False)

    def offer_tiers(self, context: Context) -> None:
        """List the product's tiers in the page's language."""
        language = current_language()
        self.tier.choices = [(tier.code, getattr(tier.name, language)) for tier in context.product.tiers]

    def validate_tier(self, field: RadioField) -> None:
        """Take only a tier that was offered."""
        if field.data not in {code for code, _name in field.choices}:
            raise ValidationError(say(FieldError("choose_one")))

    def read(self, context: Context) -> Cover:
        return Cover(product=context.product.id, version=context.product.version, tier=self.tier.data)
