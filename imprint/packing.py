"""One revision as few bytes (装帧): a letter for the form, the content in it, and the digest that proves it."""

from imprint import columns, tabled
from imprint.content import DIGEST_BYTES, Content, digest
from imprint.errors import Unreadable, damaged

TABLES = ("a",)


def pack(content: Content) -> bytes:
    """Return *content* in the newest table that has a place for it, else in whichever general form is smaller."""
    for letter in reversed(TABLES):
        if data := tabled.write(content, letter):
            return _sealed(letter, data, content)
    return min((_sealed(letter, columns.write(content, letter), content) for letter in columns.CODECS), key=len)


def unpack(data: bytes) -> Content:
    """Return the content of *data*; raise Unreadable when it is damaged or of a form we do not know."""
    letter, packed, kept = data[:1].decode("latin-1"), data[1:-DIGEST_BYTES], data[-DIGEST_BYTES:]
    if letter in TABLES:
        content = tabled.read(packed, letter)
    elif letter in columns.CODECS:
        content = columns.read(packed, letter)
    else:
        raise Unreadable("imprint.newer")
    if digest(content.revision) != kept:
        raise damaged()
    return content


def _sealed(letter: str, data: bytes, content: Content) -> bytes:
    return letter.encode() + data + digest(content.revision)
