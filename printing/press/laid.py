"""A paper as WeasyPrint laid it out and wrote it: where in its objects things are that a plate needs."""

from typing import TYPE_CHECKING, Any

import pydyf

from printing.press.faces import Face, face
from printing.press.tree import Tree

if TYPE_CHECKING:
    from weasyprint.document import Document

TIBETAN, BOLD = b"Bod", b"Bold"


class Laid:
    """The objects of one laid-out document."""

    def __init__(self, document: "Document", pdf: pydyf.PDF) -> None:
        self.document, self.pdf = document, pdf
        self.structure = self.at(pdf.catalog["StructTreeRoot"])
        self.numbers = self.at(self.structure["ParentTree"])
        self.top = self.at(self.structure["K"][0])
        self.tree = Tree(pdf, self.top, self.numbers["Nums"])
        self.pages = [pdf.objects[number] for number in pdf.pages["Kids"][::3]]
        self.resources = self.at(self.pages[0]["Resources"])
        self.fonts = self.at(self.resources["Font"])

    def at(self, reference: bytes) -> Any:
        """Return the object that *reference* names."""
        return self.pdf.objects[number_of(reference)]

    def boxes(self, page: int) -> Any:
        """Return every box of *page*, the outer ones first."""
        return self.document.pages[page]._page_box.descendants(placeholders=True)

    @property
    def faces(self) -> dict[str, Face]:
        """Our face of each font that WeasyPrint wrote, by its name there."""
        return {font.hash: _face(font.name) for font in self.document.fonts.values()}

    @property
    def glyphs(self) -> dict[str, dict[int, str]]:
        """The glyphs of each face and the text they stand for."""
        return {_face(font.name).name: dict(font.to_unicode) for font in self.document.fonts.values()}

    @property
    def images(self) -> list[Any]:
        """The pictures of its pages."""
        return [self.at(reference) for reference in self.resources["XObject"].values()]

    @property
    def written_anew(self) -> set[int]:
        """What every document writes for itself."""
        once = (self.pdf.pages, self.pdf.catalog, self.structure, self.numbers, self.top, self.resources, self.fonts)
        return {one.number for one in (*once, *self.pages)} | {number_of(page["Contents"]) for page in self.pages}


def _face(name: bytes) -> Face:
    return face(TIBETAN in name, BOLD in name)


def number_of(reference: bytes) -> int:
    """Return the number of the object that *reference* names."""
    return int(reference.split()[0])
