"""The underwriter's decision: one outcome, and what belongs to it."""

from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, SelectMultipleField
from wtforms.validators import ValidationError

from domain import text
from domain.errors import FieldError
from domain.product import Product, Text
from domain.words import N_, Outcome
from drawable import drawn
from hub.case import Case
from hub.forms.fields import Typed
from i18n import current_language, lazy, say

NOTE_LENGTH = 500
ANSWERS = {
    Outcome.ACCEPTED: N_("承保"),
    Outcome.DECLINED: N_("不予承保"),
    Outcome.SUPPLEMENT: N_("请申请人补充材料"),
}


class DecisionForm(FlaskForm):
    """Accept, decline with reasons, or ask once for papers. ``revision`` is what the underwriter was looking at."""

    revision = HiddenField()
    outcome = RadioField(lazy(N_("核保决定")), validate_choice=False)
    reasons = SelectMultipleField(lazy(N_("不予承保的理由")), validate_choice=False)
    missing = SelectMultipleField(lazy(N_("需要补充的材料，只能告知一次")), validate_choice=False)
    note = Typed(N_("说明"), lambda typed: drawn(text.line(typed, NOTE_LENGTH)), required=False)

    def __init__(self, case: Case, product: Product) -> None:
        super().__init__(revision=str(case.summary.revision))
        self.product = product
        answers = [word for word in ANSWERS if word is not Outcome.SUPPLEMENT or not case.has_asked]
        self.outcome.choices = [(str(word), lazy(ANSWERS[word])) for word in answers]
        self.reasons.choices = [(reason.code, _own(reason.text)) for reason in product.decline_reasons]
        self.missing.choices = [(paper.id, _own(paper.name)) for paper in product.documents]

    def validate_outcome(self, field: RadioField) -> None:
        """Refuse what is not offered."""
        if field.data not in {value for value, _ in field.choices}:
            raise ValidationError(say(FieldError("choose_one")))

    def validate_reasons(self, field: SelectMultipleField) -> None:
        """Declining needs a reason."""
        _require(field, self.outcome.data == Outcome.DECLINED)

    def validate_missing(self, field: SelectMultipleField) -> None:
        """Asking needs at least one paper."""
        _require(field, self.outcome.data == Outcome.SUPPLEMENT)

    @property
    def looked_at(self) -> int:
        """The revision that was on the page; 0 where somebody tampered with it."""
        typed = self.revision.data or ""
        return int(typed) if typed.isascii() and typed.isdigit() else 0

    @property
    def reason_texts(self) -> tuple[Text, ...]:
        """The chosen reasons in both languages."""
        return tuple(reason.text for reason in self.product.decline_reasons if reason.code in self.reasons.data)


def _own(words: Text) -> str:
    return str(getattr(words, current_language()))


def _require(field: SelectMultipleField, needed: bool) -> None:
    known = [value for value in field.data or [] if value in {choice for choice, _ in field.choices}]
    if needed and not known:
        raise ValidationError(say(FieldError("choose_some")))
    field.data = known
