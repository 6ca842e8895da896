"""The platemaker (制版): what WeasyPrint wrote of a paper without its values, taken apart into a plate."""

import re

import pydyf

from printing.press.borders import shortened
from printing.press.laid import Laid, number_of
from printing.press.layout import handed_over, lay_out
from printing.press.marks import Mark, mark, places
from printing.press.operators import Reader, as_artifacts, in_tibetan, tidy
from printing.press.plate import FONTS, PAGES, STRUCTURE, Code, Hole, Page, Piece, Place, Plate, taken_apart

# What every structure element says and no reader asks.
SILENT = re.compile(rb"/Type /StructElem|/A <</O /Table>>")


def make(html: str) -> Plate:
    """Return the plate of *html*, whose values are places made by a ``Stick``."""
    document = lay_out(html)
    taken: list[Plate] = []
    handed_over(document, lambda pdf: taken.append(Maker(Laid(document, pdf)).plate()))
    return taken[0]


class Maker:
    """Makes the plate of one laid-out document."""

    def __init__(self, laid: Laid) -> None:
        self.laid = laid
        self.known = {laid.pdf.pages.number: PAGES, laid.top.number: STRUCTURE, laid.fonts.number: FONTS}
        self.places: list[Place] = []

    def plate(self) -> Plate:
        """Return the plate."""
        laid = self.laid
        contents = [self._content(number) for number in range(len(laid.pages))]
        laid.tree.prune()
        structure = {one.number for one in laid.tree.elements()}
        codes = tuple(Code(image.extra["Width"] - 1, image.number) for image in laid.images)
        anew = laid.written_anew | {code.number for code in codes}
        kept = [one for one in laid.pdf.objects[1:] if one.number not in anew and _stays(one, structure)]
        return Plate(
            pages=tuple(self._page(number, *content, structure) for number, content in enumerate(contents)),
            places=tuple(self.places),
            codes=codes,
            pieces=tuple(self._piece(one) for one in kept),
            glyphs=laid.glyphs,
            resources=taken_apart(laid.resources.data, self.known),
            kids=tuple(map(number_of, laid.top["K"])),
        )

    def _piece(self, one: pydyf.Dictionary) -> Piece:
        return Piece(one.number, taken_apart(SILENT.sub(b"", one.data), self.known))

    def _content(self, number: int) -> tuple[list[bytes], list[Mark]]:
        """Return the content of page *number* between the values, and which value's line each space between is."""
        content: list[list[bytes]] = [[]]
        marks: list[Mark] = []
        reader = Reader(self.laid.faces)
        for operator in map(tidy, self.laid.at(self.laid.pages[number]["Contents"]).stream):
            operator = reader.read(operator)
            if found := mark(operator, reader.baseline):
                marks.append(found)
                content.append([])
            elif operator:
                content[-1].append(operator)
        return [b"\n".join(shortened(part)) for part in content], marks

    def _page(self, number: int, content: list[bytes], marks: list[Mark], structure: set[int]) -> Page:
        page = self.laid.pages[number]
        read = tuple(one if one in structure else 0 for one in self.laid.tree.marked[number])
        unread = {at for at, one in enumerate(read) if not one}
        first = len(self.places)
        self.places += places(self.laid.boxes(number), number, marks)
        where = {place.put: at for at, place in enumerate(self.places[first:], first)}
        return Page(
            number=page.number,
            resources=self.laid.resources.number,
            box=tuple(page["MediaBox"][2:]),
            content=tuple(in_tibetan(as_artifacts(part, unread)) for part in content),
            holes=tuple(Hole(where[one.put], one.line) for one in marks),
            marked=read,
        )


def _stays(one: pydyf.Object, structure: set[int]) -> bool:
    """Say whether *one* is of use: an element that is still in the structure, and nothing of WeasyPrint's fonts."""
    if not isinstance(one, pydyf.Dictionary):
        return False
    return one.number in structure if "S" in one else one.get("Type") not in ("/Font", "/FontDescriptor")
