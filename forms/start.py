"""The first step (适保): three questions that fail early and ask little."""

from domain.blank_code import reference_of
from domain.eligibility import Facts
from domain.errors import FieldError
from domain.reference import EXAMPLE
from domain.words import ApplicantKind, TradeMode
from forms.base import Form
from forms.fields import Choice, Parsed, YesNo


class StartForm(Form):
    """Is the buyer registered in mainland China, who applies, how are the goods sold?"""

    buyer_in_mainland = YesNo("买方在中国大陆登记注册吗？")
    kind = Choice("谁来投保？", ApplicantKind)
    trade_mode = Choice("货怎么卖？", TradeMode)

    def facts(self) -> Facts:
        """Return what the product's rules may ask at this point."""
        return Facts(
            buyer_in_mainland=self.buyer_in_mainland.answer, kind=self.kind.data, trade_mode=self.trade_mode.data
        )


class BlankNumber(Parsed):
    """The number of a blank form (空白表编号), typed or scanned from its code."""

    def parse(self, typed: str) -> str:
        try:
            return reference_of(typed)
        except FieldError as error:
            raise error if error.code.startswith("blank.") else FieldError("blank.shape", example=EXAMPLE) from None


class CounterStartForm(StartForm):
    """The same at the counter, where a form that was filled in by hand may lie, with its number on it."""

    number = BlankNumber("空白表的编号", required=False)
