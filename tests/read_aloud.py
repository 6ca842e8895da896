"""What a program that reads a PDF aloud follows: its elements and their text, as Chromium's library gives them.

Poppler's ``pdfinfo -struct-text`` loses what stands in an element behind a nested mark (of a language, for one).
"""

from collections.abc import Iterator
from ctypes import POINTER, c_ushort, cast, create_string_buffer
from typing import Any, NamedTuple

import pypdfium2
from pypdfium2 import raw


class Spoken(NamedTuple):
    """One element: its kind (P, H1, TH …), how deep it lies, and the text that is its own, runs apart by a space."""

    kind: str
    depth: int
    text: str


def read_aloud(pdf: bytes) -> list[Spoken]:
    """Return the elements of *pdf* in the order in which they are read."""
    return [spoken for page in pypdfium2.PdfDocument(pdf) for spoken in _page(page)]


def aloud(pdf: bytes) -> str:
    """Return all that is read of *pdf*: kind and text of each element, a line each."""
    return "\n".join(f"{one.kind} {one.text}".rstrip() for one in read_aloud(pdf))


def _page(page: pypdfium2.PdfPage) -> Iterator[Spoken]:
    texts = _texts(page)
    tree = raw.FPDF_StructTree_GetForPage(page)
    for at in range(raw.FPDF_StructTree_CountChildren(tree)):
        yield from _below(raw.FPDF_StructTree_GetChildAtIndex(tree, at), texts, 0)
    raw.FPDF_StructTree_Close(tree)


def _below(element: Any, texts: dict[int, str], depth: int) -> Iterator[Spoken]:
    kids = range(raw.FPDF_StructElement_CountChildren(element))
    own = [texts.get(raw.FPDF_StructElement_GetChildMarkedContentID(element, at), "") for at in kids]
    yield Spoken(_kind(element), depth, " ".join(" ".join(own).split()))
    for at in kids:
        if kid := raw.FPDF_StructElement_GetChildAtIndex(element, at):
            yield from _below(kid, texts, depth + 1)


def _kind(element: Any) -> str:
    length = raw.FPDF_StructElement_GetType(element, None, 0)
    buffer = create_string_buffer(length)
    raw.FPDF_StructElement_GetType(element, buffer, length)
    return buffer.raw[:-2].decode("utf-16-le")


def _texts(page: pypdfium2.PdfPage) -> dict[int, str]:
    """Return the text of each mark of *page* by its number."""
    found: dict[int, list[str]] = {}
    letters = page.get_textpage()
    for one in page.get_objects([raw.FPDF_PAGEOBJ_TEXT]):
        number = raw.FPDFPageObj_GetMarkedContentID(one)
        if number < 0:
            continue
        length = raw.FPDFTextObj_GetText(one, letters, None, 0)
        buffer = create_string_buffer(length)
        raw.FPDFTextObj_GetText(one, letters, cast(buffer, POINTER(c_ushort)), length)
        found.setdefault(number, []).append(buffer.raw[:-2].decode("utf-16-le"))
    return {number: " ".join(texts) for number, texts in found.items()}
