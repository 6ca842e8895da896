"""A paper: a template, what fills it, and how it gets shorter. The same paper always gives the same bytes."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from domain.application import Application
from domain.identity import mask_id, mask_mobile
from domain.money import format_yuan, in_words
from domain.product import Product
from i18n import text
from printing import qr
from printing.bilingual import narrow, speech, typed
from printing.press import press

TEMPLATES = Path(__file__).parent.parent / "templates"


@dataclass(frozen=True)
class Mark:
    """Which revision a paper shows: its number and the hash of its journal entry (32 bytes).

    *code* and *address* are how its applicant asks where it stands: the status code as people read it, and where a
    phone asks by itself; both may be empty.
    """

    revision: int
    digest: bytes
    code: str = ""
    address: str = ""


@dataclass(frozen=True)
class Look:
    """How much room a paper takes: the style's name, and the longest entry it prints whole, in characters."""

    style: str = "roomy"
    longest: int = 500


@dataclass(frozen=True)
class Paper:
    """One paper about one application. ``looks`` go from the roomiest to the tightest; the first that fits is used."""

    title: str
    template: str
    application: Application
    product: Product
    mark: Mark
    pages: int = 1
    looks: tuple[Look, ...] = (Look(),)
    values: dict[str, Any] = field(default_factory=dict)


def render(paper: Paper, order: str = "zh_first") -> bytes:
    """Return *paper* as a PDF, the script that *order* names standing first."""
    return press(sheets(paper, order), paper.pages)


def sheets(paper: Paper, order: str) -> Iterator[str]:
    """Yield the HTML of *paper* in each of its looks, each made only when it is asked for."""
    template = environment().get_template(f"print/{paper.template}.html")
    for look in paper.looks:
        yield template.render(_facts(paper) | speech(order, look.longest) | {"look": look})


def _facts(paper: Paper) -> dict[str, Any]:
    reference = paper.application.reference or ""
    return paper.values | {
        "title": paper.title,
        "application": paper.application,
        "product": paper.product,
        "mark": paper.mark,
        "code": qr.image(qr.content(reference, paper.mark.digest)),
        "short": qr.short(paper.mark.digest),
    }


@cache
def environment() -> Environment:
    """Return what papers are filled in with; made once."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(text=text, typed=typed)
    made.filters.update(
        narrow=narrow, typed=typed, yuan=format_yuan, in_words=in_words, mask_id=mask_id, mask_mobile=mask_mobile
    )
    return made
