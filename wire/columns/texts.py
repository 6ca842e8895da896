"""Strings of one column: lengths, then all of them in UTF-8; repeated ones once; ids and moments as numbers."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import accumulate, pairwise

from wire.columns.numbers import read_fixed, read_indices, read_numbers, write_fixed, write_indices, write_numbers
from wire.columns.source import Source
from wire.errors import Malformed

PLAIN, REPEATED, IDS, MOMENTS = 0, 1, 2, 3
ID = re.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
ID_TIME, ID_REST, ID_CHARACTERS = 6, 10, 36
MOMENT, MOMENT_CHARACTERS = "%Y-%m-%dT%H:%M:%SZ", 20
LAST_MOMENT = 253402300799


def write_texts(texts: Sequence[str]) -> bytes:
    """Write *texts* in the form that is likely to compress best."""
    distinct = list(dict.fromkeys(texts))
    if len(distinct) <= len(texts) // 2:
        return bytes([REPEATED]) + write_fixed([len(distinct)]) + _once(distinct) + write_indices(texts, distinct)
    return _once(texts)


def read_texts(source: Source, count: int) -> Sequence[str]:
    """Read *count* strings of any form."""
    form = source.byte()
    if form != REPEATED:
        return _read_once(source, count, form)
    (length,) = read_fixed(source, 1)
    if length < 1:
        raise Malformed("number of strings")
    distinct = _read_once(source, length, source.byte())
    indices = read_indices(source, count, length)
    sizes = [len(text) for text in distinct]
    source.spend(sum(sizes[index] for index in indices))
    return [distinct[index] for index in indices]


def _once(texts: Sequence[str]) -> bytes:
    if all(map(ID.fullmatch, texts)):
        return bytes([IDS]) + _write_ids(texts)
    if all(map(_is_moment, texts)):
        return bytes([MOMENTS]) + write_numbers([int(_moment(text).timestamp()) for text in texts])
    return bytes([PLAIN]) + _write_plain(texts)


def _read_once(source: Source, count: int, form: int) -> Sequence[str]:
    if form == PLAIN:
        return _read_plain(source, count)
    if form == IDS:
        return _read_ids(source, count)
    if form == MOMENTS:
        return _read_moments(source, count)
    raise Malformed("form of strings")


def _write_plain(texts: Sequence[str]) -> bytes:
    written = [text.encode() for text in texts]
    return write_numbers([len(text) for text in written]) + b"".join(written)


def _read_plain(source: Source, count: int) -> Sequence[str]:
    lengths = read_numbers(source, count)
    if min(lengths, default=0) < 0:
        raise Malformed("length of a string")
    ends = list(accumulate(lengths, initial=0))
    source.spend(ends[-1])
    written = source.take(ends[-1])
    try:
        return [written[start:end].decode() for start, end in pairwise(ends)]
    except UnicodeDecodeError as error:
        raise Malformed("string") from error


def _write_ids(texts: Sequence[str]) -> bytes:
    ids = [bytes.fromhex(text.replace("-", "")) for text in texts]
    times = write_numbers([int.from_bytes(one[:ID_TIME], "big") for one in ids])
    return times + bytes(one[place] for place in range(ID_TIME, ID_TIME + ID_REST) for one in ids)


def _read_ids(source: Source, count: int) -> Sequence[str]:
    times = read_numbers(source, count)
    if count and not 0 <= min(times) <= max(times) < 1 << 8 * ID_TIME:
        raise Malformed("time of an id")
    rest = source.take(count * ID_REST)
    source.spend(count * ID_CHARACTERS)
    written = (f"{time:012x}{rest[place::count].hex()}" for place, time in enumerate(times))
    return [f"{one[:8]}-{one[8:12]}-{one[12:16]}-{one[16:20]}-{one[20:]}" for one in written]


def _read_moments(source: Source, count: int) -> Sequence[str]:
    seconds = read_numbers(source, count)
    if count and not 0 <= min(seconds) <= max(seconds) <= LAST_MOMENT:
        raise Malformed("moment")
    source.spend(count * MOMENT_CHARACTERS)
    return [datetime.fromtimestamp(second, UTC).strftime(MOMENT) for second in seconds]


def _is_moment(text: str) -> bool:
    try:
        return _moment(text).strftime(MOMENT) == text and _moment(text).timestamp() >= 0
    except ValueError:
        return False


def _moment(text: str) -> datetime:
    return datetime.strptime(text, MOMENT).replace(tzinfo=UTC)
