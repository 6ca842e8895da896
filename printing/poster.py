"""The point's poster (自助申请海报): an A4 sheet whose square code opens the form on a trader's own phone."""

from dataclasses import dataclass
from typing import NamedTuple

from domain.application import PointStamp
from domain.product import Product
from domain.words import N_
from i18n import TAGS
from printing.bilingual import speech
from printing.paper import environment
from printing.press.composing import Galley


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
LONGEST = 60
# Most of it may be torn, dirty or behind glass before a phone gives up.
SPARE = "q"
# For long names the second, with a smaller code.
LOOKS = ("", "small")


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


def render(poster: Poster, order: str = "zh_first") -> bytes:
    """Return the poster as a PDF of one page, the script that *order* names standing first."""
    return press((sheet(poster, order, look) for look in LOOKS), pages=1)


def sheet(poster: Poster, order: str, look: str = "") -> str:
    """Return the poster as HTML; *look* is one of ``LOOKS``."""
    product = poster.product
    return environment().get_template("print/poster.html").render(
        speech(order, LONGEST), title=TITLE, tags=TAGS, steps=STEPS, point=poster.point, product=product, look=look,
        address=poster.address, spare=SPARE, square=Galley().square,
        papers=[document for document in product.documents if document.required_for],
    )  # fmt: skip
