"""The operators of a page's content as WeasyPrint writes them: read on the way, and rid of what says nothing."""

import re
from collections.abc import Container
from typing import Any

import pydyf

from printing.press.faces import Face

NOT_MOVED = re.compile(rb">0(?:<|(?=\]))")
FRACTION = re.compile(rb"-?\d+\.(?:\d{3,}|0(?!\d))")
OPAQUE = re.compile(rb"/a1(\.0)? gs")
BASELINE = re.compile(rb"1 0 0 -1 \S+ (\S+) Tm")
MARKED = re.compile(rb"/\w+\n<</MCID (\d+)>>\nBDC")
TIBETAN = re.compile(rb"(<</MCID \d+)(>>\nBDC\n(?:[^\n]* rg\n)?BT\n[^\n]* Tm\n/bod)")
FONT = re.compile(rb"/(\w+) \S+ Tf")


def tidy(written: Any) -> bytes:
    """Return an operator exact to 0.01 px, without corrections that correct nothing; empty if it says nothing."""
    operator = bytes(pydyf._to_bytes(written))
    if OPAQUE.fullmatch(operator):
        return b""
    moved = NOT_MOVED.sub(lambda found: b">" if found[0] == b">0" else b"", operator)
    return FRACTION.sub(lambda found: b"%.6g" % round(float(found[0]), 2), moved)


def as_artifacts(content: bytes, numbers: Container[int]) -> bytes:
    """Return *content* in which what is marked with *numbers* is not read aloud: the foot of each page."""
    return MARKED.sub(lambda found: b"/Artifact\nBMC" if int(found[1]) in numbers else found[0], content)


def in_tibetan(content: bytes) -> bytes:
    """Return *content* in which each text in a Tibetan face says that it is Tibetan."""
    return TIBETAN.sub(rb"\1/Lang (bo)\2", content)


class Reader:
    """Follows a page's content: the *baseline* of its text, and our names of its fonts."""

    def __init__(self, faces: dict[str, Face]) -> None:
        self.faces = faces
        self.baseline = 0.0

    def read(self, operator: bytes) -> bytes:
        """Take *operator* in and return it, with our name of the font it may ask for."""
        if found := BASELINE.fullmatch(operator):
            self.baseline = float(found[1])
        elif font := FONT.match(operator):
            return operator.replace(font[1], self.faces[font[1].decode()].name.encode(), 1)
        return operator
