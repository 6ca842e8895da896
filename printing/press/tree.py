"""The structure that reading aloud follows (14.7): WeasyPrint's, without boxes that mean nothing."""

from collections.abc import Iterator
from typing import Any

import pydyf

MEANINGLESS = ("/NonStruct", "/Span", "/Div", "/TBody")
SAYS = ("A", "Alt")


class Tree:
    """The structure elements of one document; *marked* are those of each page by the number of their content."""

    def __init__(self, pdf: pydyf.PDF, top: pydyf.Dictionary, numbers: list[Any]) -> None:
        self.pdf, self.top = pdf, top
        self.marked = [[_number(reference) for reference in row] for row in numbers[1::2]]

    def prune(self) -> None:
        """Let those stand in for a meaningless element whom it holds, content of the same page too."""
        self.top["K"] = self._kept(self.top)

    def elements(self) -> Iterator[pydyf.Dictionary]:
        """Yield what is left below the top."""
        waiting = list(self.top["K"])
        while waiting:
            element = self.pdf.objects[_number(waiting.pop(0))]
            yield element
            waiting = [kid for kid in element["K"] if isinstance(kid, bytes)] + waiting

    def _kept(self, parent: pydyf.Dictionary) -> pydyf.Array:
        kept = pydyf.Array()
        for kid in parent["K"]:
            kept += [kid] if isinstance(kid, int) else self._stand_in(self.pdf.objects[_number(kid)], parent)
        return kept

    def _stand_in(self, element: pydyf.Dictionary, parent: pydyf.Dictionary) -> list[Any]:
        element["K"] = self._kept(element)
        _simplify(element)
        if not _can_go(element, parent):
            element["P"] = parent.reference
            return [element.reference]
        page = self.pdf.page_references.index(element["Pg"])
        for kid in element["K"]:
            if isinstance(kid, int):
                self.marked[page][kid] = parent.number
            else:
                self.pdf.objects[_number(kid)]["P"] = parent.reference
        return list(element["K"])


def _simplify(element: pydyf.Dictionary) -> None:
    """Let a head say that it heads its row and column, instead of every cell naming its heads one by one."""
    element.pop("ID", None)
    if element["S"] == "/TH":
        element["A"]["Scope"] = "/Both"
    elif element["S"] == "/TD":
        element["A"].pop("Headers", None)


def _can_go(element: pydyf.Dictionary, parent: pydyf.Dictionary) -> bool:
    if element["S"] not in MEANINGLESS or any(name in element for name in SAYS):
        return False
    holds_content = any(isinstance(kid, int) for kid in element["K"])
    return not holds_content or parent.get("Pg") == element["Pg"]


def _number(reference: bytes) -> int:
    return int(reference.split()[0])
