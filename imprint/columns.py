"""Anything as the wire packs it (通用编码): what no table has a place for still goes on paper, in more bytes."""

from imprint.content import Content
from imprint.errors import damaged
from wire.codec import compress, expand
from wire.columns.entries import read_entries, write_entries
from wire.entry import GENESIS, place
from wire.errors import MessageError
from wire.header import COLUMNS, PRIMED, Codec

CODECS: dict[str, Codec] = {"b": COLUMNS, "p": PRIMED}
MOST_BYTES = 1 << 20


def write(content: Content, letter: str) -> bytes:
    """Return *content* as one entry in columns, in the codec that *letter* names."""
    entry = place(content.revision, producer="", epoch="", seq=1, prev_hash=GENESIS, salt=content.salt)
    return compress(write_entries([entry]), CODECS[letter])


def read(data: bytes, letter: str) -> Content:
    """Undo ``write``; raise Unreadable."""
    try:
        (line,) = read_entries(expand(data, CODECS[letter], MOST_BYTES), 1, MOST_BYTES)
        revision, salt = line.revised()
    except MessageError:
        raise damaged() from None
    if not revision.body:
        raise damaged()
    return Content(revision, salt)
