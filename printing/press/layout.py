"""Layout (版面): WeasyPrint, brought in when a paper is laid out that never was before."""

import os
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from printing.fonts import CONFIGURATION
from printing.press.style import style

if TYPE_CHECKING:
    from pydyf import PDF
    from weasyprint import CSS, URLFetcher
    from weasyprint.document import Document
    from weasyprint.text.fonts import FontConfiguration

TAGGED: dict[str, Any] = {"pdf_tags": True}


class Tools(NamedTuple):
    """What every layout needs and none changes."""

    fonts: "FontConfiguration"
    style: "CSS"
    fetcher: "URLFetcher"


def lay_out(html: str) -> "Document":
    """Return *html* laid out in our fonts and style alone; it may fetch nothing."""
    tools = _tools()
    from weasyprint import HTML

    sheet = HTML(string=html, url_fetcher=tools.fetcher)
    # Our own style says everything; WeasyPrint's would give each element six more marks that nobody draws.
    sheet._ua_stylesheets = lambda forms=False: []
    return sheet.render(font_config=tools.fonts, stylesheets=[tools.style], **TAGGED)


def handed_over(document: "Document", taker: Callable[["PDF"], None]) -> bytes:
    """Give *taker* the objects that *document* is written as, before they are; return the PDF."""
    pdf: bytes = document.write_pdf(finisher=lambda _, pdf: taker(pdf), **TAGGED)
    return pdf


@cache
def _tools() -> Tools:
    """Make the tools. Fontconfig reads its configuration when WeasyPrint comes in, so the name is set before."""
    os.environ["FONTCONFIG_FILE"] = str(CONFIGURATION)
    from weasyprint import CSS, URLFetcher
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    fetcher = URLFetcher(allowed_protocols={"data"}, fail_on_errors=True)
    return Tools(fonts, CSS(string=style(), font_config=fonts), fetcher)
