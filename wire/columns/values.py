"""Any JSON values of one column: their kinds, then the values of each kind that occurs, in the order of the kinds."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain, repeat
from typing import Any

from wire.columns.numbers import LARGEST, read_numbers, write_numbers
from wire.columns.source import Source
from wire.columns.texts import read_texts, write_texts
from wire.errors import Malformed

NULL, FALSE, TRUE, NUMBER, TEXT, ARRAY, OBJECT = range(7)
MIXED = 255
CONSTANTS = {NULL: None, FALSE: False, TRUE: True}
DEEPEST = 16
MOST_SHAPES = 1000


class Unwritable(ValueError):
    """A value that has no place in a column: a fraction, an integer beyond 2**53, too deep a tree."""


def write_values(values: Sequence[Any], depth: int = 0) -> bytes:
    """Write *values*; raise Unwritable."""
    kinds = bytes(map(_kind, values))
    if depth > DEEPEST:
        raise Unwritable("depth")
    written = [kinds[:1] if len(set(kinds)) == 1 else bytes([MIXED]) + kinds]
    for kind in sorted(set(kinds) - set(CONSTANTS)):
        of_kind = [value for value, its in zip(values, kinds, strict=True) if its == kind]
        written.append(_write_kind(kind, of_kind, depth + 1))
    return b"".join(written)


def _kind(value: Any) -> int:
    if isinstance(value, str):
        return TEXT
    if value is None or isinstance(value, bool):
        return NULL if value is None else TRUE if value else FALSE
    if isinstance(value, int) and abs(value) <= LARGEST:
        return NUMBER
    if isinstance(value, (list, dict)):
        return ARRAY if isinstance(value, list) else OBJECT
    raise Unwritable(type(value).__name__)


def _write_kind(kind: int, values: Sequence[Any], depth: int) -> bytes:
    if kind == NUMBER:
        return write_numbers(values)
    if kind == TEXT:
        return write_texts(values)
    if kind == ARRAY:
        items = list(chain.from_iterable(values))
        return write_numbers([len(value) for value in values]) + (write_values(items, depth) if items else b"")
    return _write_objects(values, depth)


def _write_objects(values: Sequence[dict[str, Any]], depth: int) -> bytes:
    shapes = list(dict.fromkeys(map(tuple, values)))
    if len(shapes) > MOST_SHAPES:
        raise Unwritable("shapes")
    keys = list(chain.from_iterable(shapes))
    written = [write_numbers([len(shapes)]), write_numbers([len(shape) for shape in shapes])]
    written.append(write_texts(keys) if keys else b"")
    places = {shape: place for place, shape in enumerate(shapes)}
    written.append(write_numbers([places[tuple(value)] for value in values]))
    for key in dict.fromkeys(keys):
        written.append(write_values([value[key] for value in values if key in value], depth))
    return b"".join(written)


def read_values(source: Source, count: int, depth: int = 0) -> list[Any]:
    """Read *count* values, at least one; raise Malformed or TooLarge."""
    source.spend(count)
    first = source.byte()
    if depth > DEEPEST:
        raise Malformed("depth")
    if first != MIXED:
        return list(_read_kind(source, first, count, depth + 1))
    kinds = source.take(count)
    of_kind = {kind: _read_kind(source, kind, kinds.count(kind), depth + 1) for kind in sorted(set(kinds))}
    return [next(of_kind[kind]) for kind in kinds]


def _read_kind(source: Source, kind: int, count: int, depth: int) -> Iterator[Any]:
    if kind in CONSTANTS:
        return repeat(CONSTANTS[kind], count)
    if kind == NUMBER:
        return iter(read_numbers(source, count))
    if kind == TEXT:
        return iter(read_texts(source, count))
    if kind == ARRAY:
        return _read_arrays(source, count, depth)
    if kind == OBJECT:
        return _read_objects(source, count, depth)
    raise Malformed("kind of a value")


def _read_arrays(source: Source, count: int, depth: int) -> Iterator[list[Any]]:
    lengths = read_numbers(source, count)
    if min(lengths) < 0:
        raise Malformed("length of an array")
    total = sum(lengths)
    source.spend(count)
    items = iter(read_values(source, total, depth) if total else ())
    return ([next(items) for _ in range(length)] for length in lengths)


def _read_objects(source: Source, count: int, depth: int) -> Iterator[dict[str, Any]]:
    shapes = _read_shapes(source)
    chosen = read_numbers(source, count)
    if not 0 <= min(chosen) <= max(chosen) < len(shapes):
        raise Malformed("shape of an object")
    having: Counter[str] = Counter()
    for place, times in sorted(Counter(chosen).items()):
        source.spend(times * sum(map(len, shapes[place])))
        having.update(dict.fromkeys(shapes[place], times))
    columns = {key: iter(read_values(source, times, depth)) for key, times in having.items()}
    return ({key: next(columns[key]) for key in shapes[place]} for place in chosen)


def _read_shapes(source: Source) -> list[list[str]]:
    (number,) = read_numbers(source, 1)
    if not 1 <= number <= MOST_SHAPES:
        raise Malformed("shapes")
    lengths = read_numbers(source, number)
    if min(lengths) < 0:
        raise Malformed("shapes")
    keys = iter(read_texts(source, sum(lengths)) if sum(lengths) else ())
    shapes = [[next(keys) for _ in range(length)] for length in lengths]
    if any(len(set(shape)) != len(shape) for shape in shapes):
        raise Malformed("a key twice")
    return shapes
