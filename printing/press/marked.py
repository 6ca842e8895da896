"""Marked content (14.6): what is read aloud of a page, one mark for all that stands together in one element."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

MARKED = re.compile(rb"/\w+\n<</MCID (\d+)>>\nBDC\n(.*?)EMC\n", re.DOTALL)
TEXT = re.compile(rb"BT\n(.*?)ET\n", re.DOTALL)
NEXT_TEXT = b"ET\nBT\n"
READ = b"/Span <</MCID %d>> BDC\n%sEMC\n"
UNREAD = b"/Artifact BMC\n%sEMC\n"
TIBETAN = b"/Span <</Lang (bo)>> BDC\n%sEMC\n"


class Marked(NamedTuple):
    """Content that was marked with *number* and is part of *element*, 0 where it is not read aloud."""

    number: int
    element: int
    content: bytes


def joined(content: bytes, elements: Sequence[int]) -> tuple[bytes, list[list[int]]]:
    """Return *content* in which neighbours of one element are one, and which marks each new one stands for.

    *elements* are those that content is part of, by the number it is marked with.
    """
    pieces: list[bytes] = []
    marks: list[list[int]] = []
    for part in _neighbours(content, elements):
        if isinstance(part, bytes):
            pieces.append(part)
            continue
        text = b"".join(_in_its_language(one.content) for one in part).replace(NEXT_TEXT, b"")
        if part[0].element:
            pieces.append(READ % (len(marks), text))
            marks.append([one.number for one in part])
        else:
            pieces.append(UNREAD % text)
    return b"".join(pieces), marks


def _neighbours(content: bytes, elements: Sequence[int]) -> Iterator[bytes | list[Marked]]:
    """Yield what is marked, with what follows it in the same element, and as it is what is not."""
    for element, some in groupby(_parts(content, elements), _element):
        if isinstance(element, bytes):
            yield element
        else:
            yield [part for part in some if isinstance(part, Marked)]


def _element(part: bytes | Marked) -> bytes | int:
    return part if isinstance(part, bytes) else part.element


def _parts(content: bytes, elements: Sequence[int]) -> Iterator[bytes | Marked]:
    at = 0
    for found in MARKED.finditer(content):
        if found.start() > at:
            yield content[at : found.start()]
        number, at = int(found[1]), found.end()
        yield Marked(number, elements[number], found[2])
    yield content[at:]


def _in_its_language(content: bytes) -> bytes:
    """Return *content* in which each text in a Tibetan face says that it is Tibetan."""
    return TEXT.sub(lambda text: b"BT\n%sET\n" % (TIBETAN % text[1] if b"/bod" in text[1] else text[1]), content)
