"""A paper: a template, what fills it, and how it gets shorter. The same paper always gives the same bytes."""

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
from printing.press.composing import Galley, Stick

TEMPLATES = Path(__file__).parent.parent / "templates"


@dataclass(frozen=True)
class Mark:
    """Which revision a paper shows: its number and what proves it (32 bytes).

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
    """One paper. ``looks`` go from the roomiest to the tightest; the first that keeps to ``pages`` is used.

    *title* is a message of the catalogue, *reference* the number of what it is about, *attached* that record's
    canonical JSON, which the PDF carries.
    """

    title: str
    template: str
    values: dict[str, Any] = field(default_factory=dict)
    reference: str = ""
    pages: int = 1
    looks: tuple[Look, ...] = (Look(),)
    attached: bytes = b""


def about(application: Application, product: Product, mark: Mark) -> dict[str, Any]:
    """Return the values of every paper about one application."""
    return {
        "application": application,
        "product": product,
        "mark": mark,
        "code": qr.content(application.reference or "", mark.digest),
        "short": qr.short(mark.digest),
    }


def sheet(paper: Paper, order: str, look: Look, put: Stick | None = None, cut: bool = False) -> str:
    """Return the HTML of *paper* in one *look*: its values in place, or kept by the stick that *put* them.

    *cut* says that something had to be left out.
    """
    hand = put or Galley()
    said = {"title": paper.title, "reference": paper.reference, "put": hand.put, "square": hand.square}
    template = environment().get_template(f"print/{paper.template}.html")
    return template.render(paper.values | said | speech(order, look.longest) | {"look": look, "cut": cut})


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
