"""The operators of a page's content as WeasyPrint writes them: read on the way, and rid of what says nothing."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import pydyf

from printing.press.faces import Face

MOVED = re.compile(rb"(?<=>)-?[\d.]+(?=[<\]])")
AFTER_LAST = re.compile(rb"(?<=>)-?\d+\]")
NOTHING = re.compile(rb"><|<>(?=[<\]])")
FRACTION = re.compile(rb"-?\d+\.\d+")
OPAQUE = re.compile(rb"/[aA]1(\.0)? gs")
BASELINE = re.compile(rb"1 0 0 -1 \S+ (\S+) Tm")
FONT = re.compile(rb"/(\w+) \S+ Tf")
STRING = re.compile(rb"<([0-9a-f]+)>")
PLACED = re.compile(rb".* T[mf]")
CODED = re.compile(rb"/(\w+) \S+ Tf|(?<!<)<([0-9a-f]+)>")
DIGITS = 4


def tidy(written: Any) -> bytes:
    """Return an operator exact to 0.1 px, those that others are reckoned from to 0.01; empty if it says nothing.

    It is without corrections that correct nothing.
    """
    operator = bytes(pydyf._to_bytes(written))
    if OPAQUE.fullmatch(operator):
        return b""
    if operator.endswith(b" TJ"):
        return NOTHING.sub(b"", AFTER_LAST.sub(b"]", MOVED.sub(_whole, operator)))
    digits = 2 if operator.endswith((b" cm", b" Tf", b" rg", b" m", b" l")) else 1
    return FRACTION.sub(lambda found: b"%.6g" % round(float(found[0]), digits), operator)


def _whole(found: re.Match[bytes]) -> bytes:
    """Return how far a glyph is moved in whole thousandths, nothing for less than one."""
    by = round(float(found[0]))
    return b"%d" % by if by else b""


def recoded(content: Sequence[bytes], codes: Mapping[str, Mapping[int, int]]) -> list[bytes]:
    """Return *content* with each glyph under its code among *codes*, by the names of the faces and its code before."""
    face: Mapping[int, int] = {}

    def anew(found: re.Match[bytes]) -> bytes:
        nonlocal face
        if found[1]:
            face = codes[found[1].decode()]
            return found[0]
        return b"<%s>" % b"".join(b"%04x" % face[number] for number in glyphs(found[2]))

    return [CODED.sub(anew, part) for part in content]


def glyphs(string: bytes) -> list[int]:
    """Return the numbers of two bytes that *string*, in hexadecimal, shows."""
    return [int(string[at : at + DIGITS], 16) for at in range(0, len(string), DIGITS)]


class Reader:
    """Follows pages' content: the *baseline* of its text, our names of its fonts, the glyphs *seen* in each."""

    def __init__(self, faces: dict[str, Face]) -> None:
        self.faces = faces
        self.baseline = 0.0
        self.seen: dict[str, set[int]] = defaultdict(set)
        self._face = ""

    def read(self, operator: bytes) -> bytes:
        """Take *operator* in and return it, with our name of the font it may ask for."""
        if found := BASELINE.fullmatch(operator):
            self.baseline = float(found[1])
        elif font := FONT.match(operator):
            self._face = self.faces[font[1].decode()].name
            return operator.replace(font[1], self._face.encode(), 1)
        return operator

    def note(self, operator: bytes) -> None:
        """Remember the glyphs that *operator* shows, if it shows any."""
        if operator.endswith(b" TJ"):
            for string in STRING.findall(operator):
                self.seen[self._face].update(glyphs(string))
