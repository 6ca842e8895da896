"""The square code of a blank form: its number as digits, which any scanner gun types undamaged.

A frame like that of a slip (``slip/digits.py``), the first part of one: mark, version, part and parts, the letters of
the point as two digits each, the year, the 40 bits of the number, and a CRC-32 of every digit before it.
"""

import re
import zlib

from domain.errors import FieldError
from domain.reference import number_of, parse_reference, written
from domain.text import compact

MARK = "25265"  # BLANK on the keys of a telephone
FRAME = re.compile(rf"{MARK}111((?:0[1-9]|1[0-9]|2[0-6]){{2,6}})(00)*([0-9]{{2}})([0-9]{{13}})([0-9]{{10}})", re.ASCII)
LETTERS = 12
LENGTH = len(MARK) + 3 + LETTERS + 2 + 13 + 10
GUN = re.compile(r"^\][A-Z][0-9]")


def digits_of(reference: str) -> str:
    """Return what the code of the blank form *reference* says."""
    point, year, number = number_of(reference)
    letters = "".join(f"{ord(letter) - ord('A') + 1:02}" for letter in point)
    said = f"{MARK}111{letters:0<{LETTERS}}{year:02}{number:013}"
    return said + _sum(said)


def is_blank(typed: str) -> bool:
    """Say whether *typed* begins like the code of a blank form and is longer than anything that is searched for."""
    tight = GUN.sub("", "".join(typed.split()))
    return tight.startswith(MARK) and len(tight) > LENGTH // 2


def reference_of(typed: str) -> str:
    """Return the number of a blank form from its code, or as it was typed; raise FieldError."""
    tight = GUN.sub("", compact(typed))
    if not tight.startswith(MARK):
        return parse_reference(tight)
    found = FRAME.fullmatch(tight)
    if not found or len(tight) != LENGTH or found[5] != _sum(tight[: -len(found[5])]):
        raise FieldError("blank.code_damaged")
    letters = found[1]
    point = "".join(chr(ord("A") + int(letters[at : at + 2]) - 1) for at in range(0, len(letters), 2))
    return written(point, int(found[3]), int(found[4]))


def _sum(digits: str) -> str:
    return f"{zlib.crc32(digits.encode()):010d}"
