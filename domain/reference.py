"""The reference number (申请编号) that people read out: ``JL-26-4F7K-9QTM-W``.

Point code, year, 40 bits of the record id's hash in Crockford's base 32, and a check
character by ISO 7064 hybrid modulo 33,32, which catches every single wrong character.
It is a name, not a secret.
"""

import hashlib
import re

from stdnum.iso7064 import mod_37_36

from domain.errors import FieldError
from domain.text import compact

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
MISREAD = str.maketrans("OIL", "011")
SHAPE = re.compile(rf"([A-Z]{{2,6}})([0-9]{{2}})([{CROCKFORD}]{{4}})([{CROCKFORD}]{{4}})([{CROCKFORD}])")
TAIL = 11
EXAMPLE = "JL-26-4F7K-9QTM-W"


def reference_for(record_id: str, point_code: str, year: int) -> str:
    """Return the reference of *record_id*, taken at *point_code* in *year*; the same record has always the same."""
    return written(point_code, year, record_number(record_id))


def record_number(record_id: str) -> int:
    """Return the 40 bits that a reference spells of its record."""
    return int.from_bytes(hashlib.sha256(record_id.encode()).digest()[:5], "big")


def written(point_code: str, year: int, number: int) -> str:
    """Return the reference of *number*, 40 bits, at *point_code* in *year*, with its check character."""
    year_part, random = f"{year % 100:02}", middle(number)
    check = mod_37_36.calc_check_digit(_symbols(point_code) + year_part + random.replace("-", ""), CROCKFORD)
    return f"{point_code}-{year_part}-{random}-{check}"


def middle(number: int) -> str:
    """Return what a reference says of *number*: ``4F7K-9QTM``."""
    random = "".join(CROCKFORD[number >> shift & 31] for shift in range(35, -5, -5))
    return f"{random[:4]}-{random[4:]}"


def number_of(reference: str) -> tuple[str, int, int]:
    """Return (point code, year in its century, 40 bits) of a reference as ``parse_reference`` returns it."""
    point_code, year, *random, _check = reference.split("-")
    number = 0
    for symbol in "".join(random):
        number = number << 5 | CROCKFORD.index(symbol)
    return point_code, int(year), number


def parse_reference(text: str) -> str:
    """Return a reference as printed, from how it was heard or typed (small letters, spaces, O for 0, I or L for 1)."""
    typed = compact(text)
    found = SHAPE.fullmatch(typed[:-TAIL].replace("0", "O") + typed[-TAIL:].translate(MISREAD))
    if not found:
        raise FieldError("reference_shape", example=EXAMPLE)
    point_code, *rest = found.groups()
    if not mod_37_36.is_valid(_symbols(point_code) + "".join(rest), CROCKFORD):
        raise FieldError("reference_check", example=EXAMPLE)
    return "-".join(found.groups())


def _symbols(point_code: str) -> str:
    return "".join(CROCKFORD[ord(letter) - ord("A")] for letter in point_code)
