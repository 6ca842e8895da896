"""Files inside a PDF (7.11.4): the record that a paper shows, as data, whatever becomes of us."""

import hashlib
from typing import NamedTuple

from printing.press.objects import Objects, packed


class Attachment(NamedTuple):
    """An attached file: its name as PDF writes it, and the number of its description."""

    name: bytes
    number: int


def attach(objects: Objects, name: str, data: bytes) -> Attachment:
    """Put *data*, JSON, into the file as *name*, which is ASCII."""
    called = b"(%s)" % name.encode("ascii")
    check = hashlib.md5(data, usedforsecurity=False).hexdigest().encode()
    kind = b"<</Type /EmbeddedFile/Subtype /application#2Fjson/Params <</Size %d/CheckSum <%s>>>>>" % (len(data), check)
    stream = objects.add(*packed(data, kind))
    where = b"<</F %d 0 R/UF %d 0 R>>" % (stream, stream)
    described = b"<</Type /Filespec/F %s/UF %s/AFRelationship /Source/EF %s>>" % (called, called, where)
    return Attachment(called, objects.add(described))
