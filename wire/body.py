"""The body of a message: one line of JSON for each entry, compressed. Hashes are not sent but recomputed."""

import gzip
import zlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated

import msgspec

from wire.entry import SALT_BYTES, Entry, Revision, place
from wire.errors import Malformed, TooLarge, Unsupported
from wire.header import Codec, Stream

Word = Annotated[str, msgspec.Meta(max_length=200, pattern=r"^[^\x00-\x1f]*$")]
GZIP_WINDOW = 31


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """An entry as it travels; its place follows from the header's stream and its position."""

    record_id: Word
    kind: Word
    revision: Annotated[int, msgspec.Meta(ge=1, le=2**31 - 1)]
    form_version: Annotated[int, msgspec.Meta(ge=0, le=2**31 - 1)]
    made_at: Word
    made_by: Word
    salt: Annotated[bytes, msgspec.Meta(min_length=SALT_BYTES, max_length=SALT_BYTES)]
    body: str


_decoder = msgspec.json.Decoder(Line)


def write_lines(entries: Iterable[Entry]) -> bytes:
    """Write *entries* as NDJSON."""
    return b"".join(msgspec.json.encode(_line(entry), order="sorted") + b"\n" for entry in entries)


def _line(entry: Entry) -> Line:
    return Line(
        record_id=entry.record_id,
        kind=entry.kind,
        revision=entry.revision,
        form_version=entry.form_version,
        made_at=entry.made_at,
        made_by=entry.made_by,
        salt=entry.salt,
        body=entry.body.decode(),
    )


def read_lines(data: bytes, stream: Stream, limit: int) -> tuple[Entry, ...]:
    """Put the lines back in their places and prove the chain up to ``stream.last_hash``.

    Raises TooLarge for more than *limit* entries, Malformed where lines and stream disagree.
    """
    if stream.count > limit:
        raise TooLarge("more entries than allowed")
    lines = data.split(b"\n")
    if len(lines) != stream.count + 1 or lines.pop() or stream.to_seq - stream.from_seq + 1 != stream.count:
        raise Malformed("number of entries")
    entries = tuple(_places(lines, stream))
    if entries[-1].hash != stream.last_hash:
        raise Malformed("hash chain")
    return entries


def _places(lines: Sequence[bytes], stream: Stream) -> Iterator[Entry]:
    prev_hash = stream.prev_hash
    for seq, raw in enumerate(lines, start=stream.from_seq):
        line = _parsed(raw)
        revision = Revision(
            record_id=line.record_id,
            kind=line.kind,
            revision=line.revision,
            form_version=line.form_version,
            made_at=line.made_at,
            made_by=line.made_by,
            body=line.body.encode(),
        )
        entry = place(
            revision, producer=stream.producer, epoch=stream.epoch, seq=seq, prev_hash=prev_hash, salt=line.salt
        )
        yield entry
        prev_hash = entry.hash


def _parsed(raw: bytes) -> Line:
    try:
        return _decoder.decode(raw)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise Malformed("entry") from error


def compress(data: bytes, codec: Codec) -> bytes:
    """Compress *data*; the same data gives the same bytes."""
    return gzip.compress(data, mtime=0) if codec == "gzip" else data


def expand(data: bytes, codec: str, limit: int) -> bytes:
    """Undo ``compress``, never holding more than *limit* bytes. Raises TooLarge, Malformed, Unsupported."""
    if codec == "identity":
        return _within(data, limit)
    if codec != "gzip":
        raise Unsupported("codec")
    inflater = zlib.decompressobj(GZIP_WINDOW)
    try:
        expanded = _within(inflater.decompress(data, limit + 1), limit)
    except zlib.error as error:
        raise Malformed("gzip") from error
    if not inflater.eof or inflater.unused_data:
        raise Malformed("gzip")
    return expanded


def _within(data: bytes, limit: int) -> bytes:
    if len(data) > limit:
        raise TooLarge("body")
    return data
