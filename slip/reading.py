"""A slip read back into the answers of a draft, whoever wrote it: nothing in it is believed."""

import hashlib
import re
import zlib
from typing import Any
from uuid import RFC_4122, UUID

import msgspec

from slip.errors import Unreadable
from slip.table import BUYERS, MOST_BUYERS, VERSION, places
from slip.values import understood
from slip.writing import RAW_DEFLATE

MOST_BYTES = 64 * 1024
PLAIN = b"1"
HEAD = 5
UUID_VERSION = 7
PRODUCT = re.compile(r"([a-z0-9-]{3,40}):([1-9][0-9]{0,8})")


class Slip(msgspec.Struct, frozen=True):
    """What a trader filled in; *answers* have the shape of a draft's, *digest* is the SHA-256 of the slip's text."""

    id: str
    language: str
    product: str
    version: int
    answers: dict[str, Any]
    digest: bytes


def read(data: bytes) -> Slip:
    """Return the slip in *data*; raise Unreadable when it is damaged, or of a version we do not know."""
    content = data if data.startswith(PLAIN) else _inflated(data)
    if len(content) > MOST_BYTES:
        raise Unreadable("slip.damaged")
    try:
        lines = content.decode().split("\n")
    except UnicodeDecodeError:
        raise Unreadable("slip.damaged") from None
    _require_version(lines[0])
    return _slip(lines, hashlib.sha256(content).digest())


def _inflated(data: bytes) -> bytes:
    unpacker = zlib.decompressobj(wbits=RAW_DEFLATE)
    try:
        content = unpacker.decompress(data, MOST_BYTES + 1)
    except zlib.error:
        raise Unreadable("slip.damaged") from None
    if not unpacker.eof or unpacker.unused_data:
        raise Unreadable("slip.damaged")
    return content


def _require_version(line: str) -> None:
    if not re.fullmatch(r"[0-9]{1,3}", line):
        raise Unreadable("slip.damaged")
    if int(line) != VERSION:
        raise Unreadable("slip.newer" if int(line) > VERSION else "slip.older")


def _slip(lines: list[str], digest: bytes) -> Slip:
    head = lines[1:HEAD]
    product = PRODUCT.fullmatch(head[2]) if len(head) == HEAD - 1 else None
    if product is None or head[1] not in ("zh", "bo") or not re.fullmatch(f"[1-{MOST_BUYERS}]", head[3]):
        raise Unreadable("slip.damaged")
    answers = _answers(lines[HEAD:], int(head[3]))
    answers["declarations"]["read_in"] = [head[1]]
    return Slip(_record_id(head[0]), head[1], product[1], int(product[2]), answers, digest)


def _record_id(digits: str) -> str:
    if not re.fullmatch(r"[0-9a-f]{32}", digits):
        raise Unreadable("slip.damaged")
    found = UUID(digits)
    if found.variant != RFC_4122 or found.version != UUID_VERSION:
        raise Unreadable("slip.damaged")
    return str(found)


def _answers(lines: list[str], buyers: int) -> dict[str, Any]:
    wanted = list(places(buyers))
    if len(lines) > len(wanted):
        raise Unreadable("slip.damaged")
    answers: dict[str, Any] = {BUYERS: [{} for _ in range(buyers)]}
    lines = lines + [""] * (len(wanted) - len(lines))
    for (field, number), line in zip(wanted, lines, strict=True):
        step = answers.setdefault(field.step, {}) if number is None else answers[BUYERS][number]
        if values := understood(field, line):
            step[field.name] = values
    return answers
