"""The end-of-day hand-over list (日终交接单): the day's applications with counts and sums."""

from domain.application import PointStamp
from domain.dates import minute
from domain.handover import Handover
from domain.signing import Signing
from domain.words import N_
from printing.paper import Paper

SYNC = {"pending": N_("待传"), "sent": N_("已传"), "carried": N_("U盘"), "confirmed": N_("已确认")}
SIGNED = {
    Signing.UNPRINTED: N_("没有打印"),
    Signing.WAITING: N_("没有签"),
    Signing.OUTDATED: N_("签的是旧版"),
    Signing.SIGNED: N_("已签"),
}


def paper(handover: Handover, point: PointStamp, made_at: str, clerk: str) -> Paper:
    """Return the list of one day as it stood at the moment *made_at* (UTC), handed over by *clerk*."""
    return Paper(
        title=N_("日终交接单"),
        template="handover",
        reference=str(handover.day),
        pages=20,
        values={
            "handover": handover,
            "point": point,
            "made": minute(made_at),
            "clerk": clerk,
            "sync": SYNC,
            "signed": SIGNED,
        },
    )
