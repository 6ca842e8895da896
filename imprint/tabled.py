"""An application by its frozen table (按表编码): values without names, a third smaller than anything general."""

from typing import Any

import msgspec
from msgspec.structs import asdict

from domain.canonical import canonical
from imprint import reading, writing
from imprint.content import Content
from imprint.errors import Unreadable, damaged
from imprint.table import table, vocabulary
from wire.entry import NO_SALT, SALT_BYTES, Revision

KIND = "application"


def write(content: Content, letter: str) -> bytes | None:
    """Return *content* by the table *letter*; None where it does not fit, or would not be read back as it is."""
    if content.revision.kind != KIND:
        return None
    try:
        data = writing.write(table(letter), _tree(content), vocabulary(letter))
        return data if read(data, letter) == content else None
    except (msgspec.MsgspecError, RecursionError, ValueError, OverflowError, Unreadable):
        return None


def read(data: bytes, letter: str) -> Content:
    """Undo ``write``; raise Unreadable."""
    tree: dict[str, Any] = reading.read(table(letter), data, vocabulary(letter))
    salt = tree.pop("salt")
    return Content(Revision(kind=KIND, **tree | {"body": canonical(tree["body"])}), _salt(salt))


def _tree(content: Content) -> dict[str, Any]:
    named = asdict(content.revision)
    del named["kind"]
    salt = "" if content.salt == NO_SALT else content.salt.hex()
    return named | {"salt": salt, "body": msgspec.json.decode(content.revision.body)}


def _salt(text: str) -> bytes:
    try:
        salt = bytes.fromhex(text) or NO_SALT
    except ValueError:
        raise damaged() from None
    if len(salt) != SALT_BYTES:
        raise damaged()
    return salt
