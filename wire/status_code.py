"""The status code (查询码): the secret beside an application's reference, ``7K3M-9QTM-4F7K-W2XY`` on paper.

80 bits from the salt of the record's first revision: whoever holds the record can work it out, nobody else,
and it goes when the record is erased. Nothing is stored for it.
"""

import hashlib
import re

from domain.errors import FieldError
from domain.reference import CROCKFORD, MISREAD
from domain.text import compact
from wire.entry import Entry

PURPOSE = b"tsheg-status-v1"
BYTES = 10
GROUP = 4
EXAMPLE = "7K3M-9QTM-4F7K-W2XY"
SHAPE = re.compile(rf"[{CROCKFORD}]{{16}}")


def status_code(entry: Entry) -> str:
    """Return the code of the record whose revision 1 is *entry*: 16 characters; ValueError where it was erased."""
    if entry.erased:
        raise ValueError("an erased record has no status code")
    return code_of(entry.salt, entry.record_id)


def code_of(salt: bytes, record_id: str) -> str:
    """Return the code that belongs to this *salt* (16 bytes) and record."""
    digest = hashlib.sha256(PURPOSE + salt + record_id.encode()).digest()
    number = int.from_bytes(digest[:BYTES], "big")
    return "".join(CROCKFORD[number >> shift & 31] for shift in range(8 * BYTES - 5, -5, -5))


def grouped(code: str) -> str:
    """Return *code* as people read it out."""
    return "-".join(code[at : at + GROUP] for at in range(0, len(code), GROUP))


def parse_status_code(text: str) -> str:
    """Return a code from how it was heard or typed (small letters, spaces, O for 0, I or L for 1)."""
    code = compact(text).translate(MISREAD)
    if not SHAPE.fullmatch(code):
        raise FieldError("status_code_shape", example=EXAMPLE)
    return code
