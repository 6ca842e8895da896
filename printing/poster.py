"""The point's poster (自助申请海报): an A4 sheet whose square code opens the form on a trader's own phone."""

from dataclasses import dataclass
from typing import NamedTuple

from domain.application import PointStamp
from domain.product import Product
from domain.words import N_
from printing.paper import Look, Paper


class Step(NamedTuple):
    """One thing to do: its picture in ``templates/print/poster/``, what it is called, what it is in plain words."""

    picture: str
    name: str
    words: str


TITLE = N_("用手机申请国内贸易信用保险")
STEPS = (
    Step("scan", N_("扫码"), N_("用手机扫这个码，打开申请网页。不用安装软件。")),
    Step("fill", N_("填写"), N_("中文、藏文都可以。没有信号也能填，写好的存在手机里。")),
    Step("send", N_("提交"), N_("提交后记下申请编号和查询码，凭这两样查询进度。")),
)
# Most of it may be torn, dirty or behind glass before a phone gives up.
SPARE = "q"
LOOKS = (Look("poster"), Look("poster small"))


@dataclass(frozen=True)
class Poster:
    """Whose poster it is, and the address phones reach the point at: *origin* ends without a slash."""

    point: PointStamp
    product: Product
    origin: str

    @property
    def address(self) -> str:
        """What the code says."""
        return f"{self.origin}/p/{self.point.code}/apply"


def paper(poster: Poster) -> Paper:
    """Return the poster; for long names it has a smaller code."""
    return Paper(
        title=TITLE,
        template="poster",
        looks=LOOKS,
        values={
            "steps": STEPS,
            "point": poster.point,
            "product": poster.product,
            "address": poster.address,
            "spare": SPARE,
            "papers": [document for document in poster.product.documents if document.required_for],
        },
    )
