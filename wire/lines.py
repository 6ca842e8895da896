"""Entries as one line of JSON each (逐行编码): the first form of a body, still taken and still given."""

from collections.abc import Iterable, Sequence
from typing import Annotated

import msgspec

from wire.entry import GENESIS, NO_SALT, SALT_BYTES, Entry, Revision
from wire.errors import Malformed

Word = Annotated[str, msgspec.Meta(max_length=200, pattern=r"^[^\x00-\x1f]*$")]


class Line(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An entry as it travels; its place follows from the header's stream and its position.

    An erased entry has neither salt nor body, but ``erased``: the hash that both were committed to.
    """

    record_id: Word
    kind: Word
    revision: Annotated[int, msgspec.Meta(ge=1, le=2**31 - 1)]
    form_version: Annotated[int, msgspec.Meta(ge=0, le=2**31 - 1)]
    made_at: Word
    made_by: Word
    salt: Annotated[bytes, msgspec.Meta(min_length=SALT_BYTES, max_length=SALT_BYTES)] = NO_SALT
    body: str = ""
    erased: Annotated[bytes, msgspec.Meta(max_length=32)] = b""

    def revised(self) -> tuple[Revision, bytes]:
        """Return the revision and its salt, still without a place. Raises Malformed where only half is erased."""
        if self.erased and (self.body or self.salt != NO_SALT or len(self.erased) != len(GENESIS)):
            raise Malformed("erased entry")
        return Revision(
            record_id=self.record_id,
            kind=self.kind,
            revision=self.revision,
            form_version=self.form_version,
            made_at=self.made_at,
            made_by=self.made_by,
            body=self.body.encode(),
        ), self.salt


_decoder = msgspec.json.Decoder(Line)


def line_of(entry: Entry) -> Line:
    """Return what has to be sent of *entry*: no hash, and no place."""
    return Line(
        record_id=entry.record_id,
        kind=entry.kind,
        revision=entry.revision,
        form_version=entry.form_version,
        made_at=entry.made_at,
        made_by=entry.made_by,
        salt=entry.salt,
        body=entry.body.decode(),
        erased=entry.body_hash if entry.erased else b"",
    )


def write_lines(entries: Iterable[Entry]) -> bytes:
    """Write *entries* as NDJSON."""
    return b"".join(msgspec.json.encode(line_of(entry), order="sorted") + b"\n" for entry in entries)


def read_lines(data: bytes, count: int) -> Sequence[Line]:
    """Read *count* lines; raise Malformed when there are more or fewer."""
    lines = data.split(b"\n")
    if len(lines) != count + 1 or lines.pop():
        raise Malformed("number of entries")
    return [_parsed(raw) for raw in lines]


def _parsed(raw: bytes) -> Line:
    try:
        return _decoder.decode(raw)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise Malformed("entry") from error
