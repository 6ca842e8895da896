"""The first step (适保): three questions that fail early and ask little."""

from domain.eligibility import Facts
from domain.words import ApplicantKind, TradeMode
from forms.base import Form
from forms.fields import Choice, YesNo


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
