"""The platemaker (制版): what WeasyPrint wrote of a paper without its values, taken apart into a plate."""

import re
from collections.abc import Iterable
from itertools import starmap

import pydyf

from printing.press.borders import shortened
from printing.press.faces import by_name
from printing.press.laid import Laid, number_of
from printing.press.layout import handed_over, lay_out
from printing.press.marked import joined
from printing.press.marks import Mark, mark, places
from printing.press.operators import PLACED, Reader, recoded, tidy
from printing.press.plate import FONTS, PAGES, STRUCTURE, Code, Hole, Page, Piece, Place, Plate, taken_apart
from printing.press.states import lightened

UNUSED = ("/Font", "/FontDescriptor", "/Namespace")
# Where a value goes: no operator is written so.
HOLE = b"%"
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
        self.reader = Reader(laid.faces)

    def plate(self) -> Plate:
        """Return the plate."""
        laid = self.laid
        laid.tree.prune()
        contents = [self._content(number) for number in range(len(laid.pages))]
        glyphs = self._glyphs()
        numbered = {name: _numbered(some, by_name(name).first) for name, some in glyphs.items()}
        structure = {one.number for one in laid.tree.elements()}
        codes = tuple(starmap(Code, ((image.extra["Width"] - 1, image.number) for image in laid.images)))
        anew = laid.written_anew | {code.number for code in codes}
        kept = [one for one in laid.pdf.objects[1:] if one.number not in anew and _stays(one, structure)]
        return Plate(
            pages=tuple(
                self._page(number, recoded(content, numbered), marks)
                for number, (content, marks) in enumerate(contents)
            ),
            places=tuple(self.places),
            codes=codes,
            pieces=tuple(self._piece(one) for one in kept),
            glyphs=glyphs,
            resources=taken_apart(_named(laid.resources).data, self.known),
            kids=tuple(map(number_of, laid.top["K"])),
        )

    def _piece(self, one: pydyf.Dictionary) -> Piece:
        if "S" in one and not any(isinstance(kid, int) for kid in one["K"]):
            one.pop("Pg", None)
        return Piece(one.number, taken_apart(SILENT.sub(b"", one.data), self.known))

    def _glyphs(self) -> dict[str, dict[int, str]]:
        """Return the glyphs that were seen, in the order of their codes, and what they stand for."""
        read = self.laid.glyphs
        return {name: {glyph: read[name][glyph] for glyph in sorted(seen)} for name, seen in self.reader.seen.items()}

    def _content(self, number: int) -> tuple[list[bytes], list[Mark]]:
        """Return the content of page *number* between the values, and which value's line each space between is."""
        content: list[bytes] = []
        marks: list[Mark] = []
        reader = self.reader
        for operator in map(tidy, self.laid.at(self.laid.pages[number]["Contents"]).stream):
            operator = reader.read(operator)
            if found := mark(operator, reader.baseline):
                marks.append(found)
                _without_place(content)
                content.append(HOLE)
            elif operator:
                reader.note(operator)
                content.append(operator)
        return self._marked(number, b"\n".join(lightened(shortened(content)))), marks

    def _marked(self, number: int, content: bytes) -> list[bytes]:
        """Return the *content* of page *number* between the values, as reading aloud follows it."""
        tree = self.laid.tree
        content, marks = joined(content, tree.marked[number])
        tree.renumber(number, marks)
        return content.replace(b"\n" + HOLE + b"\n", HOLE).split(HOLE)

    def _page(self, number: int, content: list[bytes], marks: list[Mark]) -> Page:
        page = self.laid.pages[number]
        first = len(self.places)
        self.places += places(self.laid.boxes(number), number, marks)
        where = {place.put: at for at, place in enumerate(self.places[first:], first)}
        return Page(
            number=page.number,
            resources=self.laid.resources.number,
            box=tuple(page["MediaBox"][2:]),
            content=tuple(content),
            holes=tuple(Hole(where[one.put], one.line) for one in marks),
            marked=tuple(self.laid.tree.marked[number]),
        )


def _numbered(glyphs: Iterable[int], first: int) -> dict[int, int]:
    """Return the code of each of *glyphs*, which begin with *first*."""
    return {glyph: code for code, glyph in enumerate(glyphs, first)}


def _named(resources: pydyf.Dictionary) -> pydyf.Dictionary:
    """Return what pages name of *resources*: their content asks for no other."""
    return pydyf.Dictionary({name: resources[name] for name in ("Font", "XObject") if resources.get(name)})


def _without_place(operators: list[bytes]) -> None:
    """Leave out where and in what the mark was set that would have followed *operators*: values say that themselves."""
    while operators and PLACED.fullmatch(operators[-1]):
        operators.pop()


def _stays(one: pydyf.Object, structure: set[int]) -> bool:
    """Say whether *one* is of use: an element that is still in the structure, and nothing of WeasyPrint's fonts."""
    if not isinstance(one, pydyf.Dictionary):
        return False
    return one.number in structure if "S" in one else one.get("Type") not in UNUSED and "lab-d50" not in one
