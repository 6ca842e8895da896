"""Where an application stands (办理进度), as the applicant is told it: by the point and by the insurer alike."""

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from domain.decision import Decision
from domain.product import Clock, Document, Product, Text
from domain.words import N_, Outcome, Word
from domain.working_days import Due


class Stage(Word):
    """How far an application has come (办理阶段)."""

    HERE = "here"
    CARRIED = "carried"
    SENT = "sent"
    WITH_INSURER = "with_insurer"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    SUPPLEMENT = "supplement"
    QUARANTINED = "quarantined"


SENTENCES: dict[Stage, str] = {
    Stage.HERE: N_("服务点已收到，还没有传给保险公司"),
    Stage.CARRIED: N_("服务点已收到，正在用U盘送给保险公司"),
    Stage.SENT: N_("正在传给保险公司，还没有收到回音"),
    Stage.WITH_INSURER: N_("保险公司已收到，正在核保"),
    Stage.ACCEPTED: N_("保险公司已承保"),
    Stage.DECLINED: N_("保险公司不予承保"),
    Stage.SUPPLEMENT: N_("保险公司要求补充材料"),
    Stage.QUARANTINED: N_("保险公司收到了，但内容有误"),
}
NEXT: dict[Stage, str] = {
    Stage.HERE: N_("您不用再做什么。服务点联网后自动传给保险公司，过几天再来查询。"),
    Stage.CARRIED: N_("您不用再做什么。U盘送到后，这里会显示保险公司已收到。"),
    Stage.SENT: N_("您不用再做什么。收到回音后，这里会显示保险公司已收到。"),
    Stage.WITH_INSURER: N_("您不用再做什么，请等保险公司的决定，到时候再来查询。"),
    Stage.ACCEPTED: N_("请带上身份证件，到%(point)s领取承保凭证。"),
    Stage.DECLINED: N_("对答复有疑问，请拨打服务电话，或者到%(point)s询问。情况变化后可以再申请。"),
    Stage.SUPPLEMENT: N_("请把这些材料带到%(point)s，由工作人员补充后再提交。"),
    Stage.QUARANTINED: N_("请到%(point)s，由工作人员更正后再提交。"),
}
# The time limits that run until the insurer answers.
RUNNING = ("supplement-notice", "underwriting")
_ON_THE_WAY = {"pending": Stage.HERE, "carried": Stage.CARRIED, "sent": Stage.SENT, "confirmed": Stage.WITH_INSURER}
_DECIDED = {outcome: Stage(outcome.value) for outcome in Outcome}


class Progress(Struct, frozen=True, kw_only=True):
    """What an applicant is told. ``who`` is a masked name, ``running`` the time limits with their last days."""

    reference: str
    revision: int
    who: str
    applied_on: date
    point: str
    stage: Stage
    product: Product | None
    decision: Decision | None = None
    running: Sequence[tuple[Clock, Due]] = ()

    @property
    def sentence(self) -> str:
        """Where it stands, in one sentence for the catalogue."""
        return SENTENCES[self.stage]

    @property
    def advice(self) -> str:
        """What the applicant is to do, for the catalogue; names the point."""
        return NEXT[self.stage]

    @property
    def received(self) -> bool:
        """Whether the insurer has it."""
        return self.stage not in (Stage.HERE, Stage.CARRIED, Stage.SENT)

    @property
    def papers(self) -> list[Text]:
        """The papers asked for, in the product's own words."""
        documents: Sequence[Document] = self.product.documents if self.product else ()
        asked = self.decision.missing if self.decision else ()
        return [document.name for document in documents if document.id in asked]


def stage_of(sync: str, outcome: str | None) -> Stage:
    """Return the stage from how far the record has come (pending, carried, sent or confirmed) and the last answer."""
    return _DECIDED[Outcome(outcome)] if outcome else _ON_THE_WAY[sync]
