"""The body of a message: its entries in the form and compression that the header names. Hashes are recomputed."""

from collections.abc import Sequence

from wire.codec import MOST_EFFORT, compress, expand
from wire.columns.entries import read_entries, write_entries
from wire.entry import Entry, place
from wire.errors import Malformed, TooLarge
from wire.header import COLUMNS, IDENTITY, PRIMED, Codec, Stream
from wire.lines import Line, read_lines, write_lines

IN_COLUMNS = (COLUMNS, PRIMED)
PRIMER_SUFFICES, PRIMER_HELPS = 1 << 10, 64 << 10


def write_body(entries: Sequence[Entry], codecs: Sequence[Codec], effort: int = MOST_EFFORT) -> tuple[Codec, bytes]:
    """Write *entries* in columns as small as one of *codecs* makes them, or in lines where none has columns."""
    if not entries:
        return IDENTITY, b""
    in_columns = [codec for codec in codecs if codec in IN_COLUMNS]
    data = write_entries(entries) if in_columns else write_lines(entries)
    if len(data) < PRIMER_SUFFICES and PRIMED in in_columns:
        in_columns = [PRIMED]
    if len(data) > PRIMER_HELPS:
        in_columns = [codec for codec in in_columns if codec != PRIMED] or in_columns
    bodies = [(codec, compress(data, codec, effort)) for codec in in_columns or codecs[:1]]
    return min(bodies, key=lambda body: len(body[1]))


def read_body(data: bytes, codec: str, stream: Stream | None, most_bytes: int, most_entries: int) -> tuple[Entry, ...]:
    """Put the entries back in their places and prove the chain up to ``stream.last_hash``.

    Raises TooLarge for more than allowed, Unsupported for an unknown *codec*, Malformed where body and stream disagree.
    """
    expanded = expand(data, codec, most_bytes)
    if stream is None:
        if expanded:
            raise Malformed("body without a stream")
        return ()
    if stream.count > most_entries:
        raise TooLarge("more entries than allowed")
    if stream.to_seq - stream.from_seq + 1 != stream.count:
        raise Malformed("number of entries")
    if codec in IN_COLUMNS:
        return _placed(read_entries(expanded, stream.count, most_bytes), stream)
    return _placed(read_lines(expanded, stream.count), stream)


def _placed(lines: Sequence[Line], stream: Stream) -> tuple[Entry, ...]:
    entries: list[Entry] = []
    prev_hash = stream.prev_hash
    for seq, line in enumerate(lines, start=stream.from_seq):
        revision, salt = line.revised()
        entry = place(
            revision, producer=stream.producer, epoch=stream.epoch, seq=seq, prev_hash=prev_hash, salt=salt,
            committed=line.erased,
        )  # fmt: skip
        entries.append(entry)
        prev_hash = entry.hash
    if prev_hash != stream.last_hash:
        raise Malformed("hash chain")
    return tuple(entries)
