"""The press: WeasyPrint, brought in with the first print, one paper at a time."""

import os
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

from printing.fonts import CONFIGURATION

if TYPE_CHECKING:
    from weasyprint import CSS, URLFetcher
    from weasyprint.document import Document
    from weasyprint.text.fonts import FontConfiguration

STYLE = Path(__file__).parent.parent / "templates" / "print" / "paper.css"

_one_at_a_time = Lock()


class Plates(NamedTuple):
    """What every print needs and none changes."""

    fonts: "FontConfiguration"
    style: "CSS"
    fetcher: "URLFetcher"


def press(sheets: Iterable[str], pages: int) -> bytes:
    """Return the PDF of the first of *sheets* (HTML) that keeps to so many *pages*, else of the last."""
    with _one_at_a_time:
        for html in sheets:
            document = _lay_out(html)
            if len(document.pages) <= pages:
                break
        pdf: bytes = document.write_pdf()
        return pdf


def _lay_out(html: str) -> "Document":
    plates = _plates()
    from weasyprint import HTML

    sheet = HTML(string=html, url_fetcher=plates.fetcher)
    # paper.css says everything; WeasyPrint's own sheet would give each element six more marks that nobody draws.
    sheet._ua_stylesheets = lambda forms=False: []
    return sheet.render(font_config=plates.fonts, stylesheets=[plates.style])


@cache
def _plates() -> Plates:
    """Make the plates. Fontconfig reads its configuration when WeasyPrint comes in, so the name is set before."""
    os.environ["FONTCONFIG_FILE"] = str(CONFIGURATION)
    from weasyprint import CSS, URLFetcher
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    fetcher = URLFetcher(allowed_protocols={"data"}, fail_on_errors=True)
    return Plates(fonts, CSS(filename=STYLE, font_config=fonts), fetcher)
