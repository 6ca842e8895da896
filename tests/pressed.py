"""Small sheets for the tests of the press: what is put into them, pressed, and read back by other programs' eyes."""

from collections.abc import Callable

from markupsafe import Markup

from printing.press.composing import Stick, needed
from printing.press.document import Document
from printing.press.plate import Plate
from printing.press.platemaker import make

PLACE = "display: block; white-space: nowrap; width: 60mm; font-size: 12px; line-height: 2"
Body = Callable[[Stick], str]


def sheet(body: str) -> str:
    """Return a page with *body*, every place in it 60 mm wide and 12 px high."""
    body = body.replace('class="put', f'style="{PLACE}" class="put')
    return f'<html lang="zh-CN"><head><title>样张</title></head><body>{body}</body></html>'


def pressed(body: Body) -> bytes:
    """Return the PDF of what *body* makes of a stick, with as many lines as its values need."""
    lines: dict[int, int] = {}
    for _ in range(4):
        stick = Stick(lines)
        plate = make(sheet(body(stick)))
        fitted = stick.fitted(plate)
        more = needed(fitted, plate)
        if not more:
            break
        lines |= more
    document = Document("样张", "zh-CN")
    document.add(plate, fitted, stick.squares)
    return document.file()


def one(value: object, most: int = 1) -> bytes:
    """Return the PDF of one *value*."""
    return pressed(lambda stick: f"<h1>样张</h1><p>标签{stick.put(value, most=most)}</p>")


def plate_of(value: object, style: str = "") -> Plate:
    """Return the plate of one *value*."""
    return make(sheet(f"<p>标签{Stick().put(value, style)}</p>"))


def tibetan(text: str) -> Markup:
    """Return *text* marked as Tibetan."""
    return Markup('<span lang="bo">{}</span>').format(text)
