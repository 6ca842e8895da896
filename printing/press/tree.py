"""The structure that reading aloud follows (14.7): WeasyPrint's, without boxes that mean nothing.

A table without heads only sets its cells beside each other: they are paragraphs, read one after the other.
"""

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

import pydyf

MEANINGLESS = ("/NonStruct", "/Span", "/Div", "/TBody")
OF_TABLES = ("/THead", "/TBody", "/TR", "/TH", "/TD")
SAYS = ("A", "Alt")


class Tree:
    """The structure elements of one document; *marked* are those of each page by the number of their content.

    0 is what is not read aloud.
    """

    def __init__(self, pdf: pydyf.PDF, top: pydyf.Dictionary, numbers: list[Any]) -> None:
        self.pdf, self.top = pdf, top
        self.marked = [[_number(reference) for reference in row] for row in numbers[1::2]]

    def prune(self) -> None:
        """Let those stand in for a meaningless element whom it holds, content of the same page too."""
        for element in list(self.elements()):
            if element["S"] == "/Table":
                self._read_cell_by_cell(element)
        self.top["K"] = self._kept(self.top)
        read = {element.number for element in self.elements()}
        self.marked = [[one if one in read else 0 for one in row] for row in self.marked]

    def renumber(self, page: int, marks: Sequence[Sequence[int]]) -> None:
        """Let *page* have the marks *marks*, each of which stands for those with these numbers before."""
        before = self.marked[page]
        new = {some[0]: number for number, some in enumerate(marks)}
        self.marked[page] = [before[some[0]] for some in marks]
        for element in map(self.pdf.objects.__getitem__, {*self.marked[page]} - {0}):
            element["K"] = pydyf.Array(
                new[kid] if isinstance(kid, int) else kid
                for kid in element["K"]
                if not isinstance(kid, int) or kid in new
            )

    def elements(self) -> Iterator[pydyf.Dictionary]:
        """Yield what is left below the top."""
        return self._below(self.top)

    def _below(self, parent: pydyf.Dictionary) -> Iterator[pydyf.Dictionary]:
        for kid in parent["K"]:
            if isinstance(kid, bytes):
                element = self.pdf.objects[_number(kid)]
                yield element
                yield from self._below(element)

    def _read_cell_by_cell(self, table: pydyf.Dictionary) -> None:
        parts = [table, *(one for one in self._below(table) if one["S"] in OF_TABLES)]
        if any(one["S"] == "/TH" for one in parts):
            return
        for one in parts:
            one["S"] = "/P" if one["S"] == "/TD" else "/Div"
            one.pop("A", None)

    def _kept(self, parent: pydyf.Dictionary) -> pydyf.Array:
        kept = pydyf.Array()
        for kid in parent["K"]:
            kept += [kid] if isinstance(kid, int) else self._stand_in(self.pdf.objects[_number(kid)], parent)
        return kept

    def _stand_in(self, element: pydyf.Dictionary, parent: pydyf.Dictionary) -> list[Any]:
        element["K"] = self._kept(element)
        _simplify(element)
        if _holds_content(element) and element["S"] == "/P":
            element["K"] = pydyf.Array(
                chain.from_iterable(self._in_one_paragraph(kid, element) for kid in element["K"])
            )
        if _can_go(element, parent):
            return self._left_to(parent, element)
        element["P"] = parent.reference
        return [element.reference]

    def _in_one_paragraph(self, kid: Any, paragraph: pydyf.Dictionary) -> list[Any]:
        """Return what stands for *kid* of a paragraph with text of its own: of a paragraph in it, what that holds."""
        inner = None if isinstance(kid, int) else self.pdf.objects[_number(kid)]
        if inner is None or inner["S"] != "/P" or inner.get("Pg") != paragraph.get("Pg"):
            return [kid]
        return self._left_to(paragraph, inner)

    def _left_to(self, parent: pydyf.Dictionary, element: pydyf.Dictionary) -> list[Any]:
        """Give what *element* holds to *parent*, and return it."""
        page = self.pdf.page_references.index(element["Pg"])
        for kid in element["K"]:
            if isinstance(kid, int):
                self.marked[page][kid] = parent.number
            else:
                self.pdf.objects[_number(kid)]["P"] = parent.reference
        return list(element["K"])


def _simplify(element: pydyf.Dictionary) -> None:
    """Let a head say that it heads its row and column, instead of every cell naming its heads one by one.

    What holds paragraphs is none.
    """
    element.pop("ID", None)
    if element["S"] == "/Figure":
        # WeasyPrint says where it is in pixels from the top, which no reader understands.
        element.pop("A", None)
    if element["S"] == "/TH":
        element["A"]["Scope"] = "/Both"
    elif element["S"] == "/TD":
        element["A"].pop("Headers", None)
    elif element["S"] == "/P" and not _holds_content(element):
        element["S"] = "/Div"


def _can_go(element: pydyf.Dictionary, parent: pydyf.Dictionary) -> bool:
    if element["S"] not in MEANINGLESS or any(name in element for name in SAYS):
        return False
    return not _holds_content(element) or parent.get("Pg") == element["Pg"]


def _holds_content(element: pydyf.Dictionary) -> bool:
    return any(isinstance(kid, int) for kid in element["K"])


def _number(reference: bytes) -> int:
    return int(reference.split()[0])
