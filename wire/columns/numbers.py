"""Integers of one column: a form, a width, then all of them in big-endian two's complement of that width."""

import struct
from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import TypeVar

from wire.columns.source import Source
from wire.errors import Malformed

PLAIN, REPEATED, DIFFERENCES = 0, 1, 2
FORMATS = {1: "b", 2: "h", 4: "i", 8: "q"}
LARGEST = 2**53 - 1
T = TypeVar("T")


def write_numbers(numbers: Sequence[int]) -> bytes:
    """Write *numbers*, each within ±``LARGEST``, in the form that is likely to compress best."""
    distinct = list(dict.fromkeys(numbers))
    if len(distinct) <= len(numbers) // 2:
        return bytes([REPEATED]) + write_fixed([len(distinct), *distinct]) + write_indices(numbers, distinct)
    steps = [numbers[0], *(later - earlier for earlier, later in pairwise(numbers))]
    if 4 * _extent(steps[1:]) < _extent(numbers):
        return bytes([DIFFERENCES]) + write_fixed(steps)
    return bytes([PLAIN]) + write_fixed(numbers)


def read_numbers(source: Source, count: int) -> Sequence[int]:
    """Read *count* integers of any form."""
    form = source.byte()
    if form == REPEATED:
        distinct = read_counted(source)
        return [distinct[index] for index in read_indices(source, count, len(distinct))]
    numbers = read_fixed(source, count)
    if form == DIFFERENCES:
        return list(accumulate(numbers))
    if form == PLAIN:
        return numbers
    raise Malformed("form of numbers")


def write_fixed(numbers: Sequence[int]) -> bytes:
    """Write the width in bytes that all *numbers* fit in, and the numbers."""
    most = max(map(_bits, numbers), default=0)
    width = next(width for width in FORMATS if most < 8 * width)
    return struct.pack(f">B{len(numbers)}{FORMATS[width]}", width, *numbers)


def read_fixed(source: Source, count: int) -> tuple[int, ...]:
    """Read *count* integers of one width."""
    width = source.byte()
    if width not in FORMATS:
        raise Malformed("width of numbers")
    return struct.unpack(f">{count}{FORMATS[width]}", source.take(count * width))


def read_counted(source: Source) -> tuple[int, ...]:
    """Read integers whose number stands before them, in the same width."""
    width = source.byte()
    if width not in FORMATS:
        raise Malformed("width of numbers")
    count = int.from_bytes(source.take(width), "big", signed=True)
    if count < 0:
        raise Malformed("number of numbers")
    return struct.unpack(f">{count}{FORMATS[width]}", source.take(count * width))


def write_indices(values: Sequence[T], distinct: Sequence[T]) -> bytes:
    """Write where each of *values* stands in *distinct*."""
    places = {value: place for place, value in enumerate(distinct)}
    return write_fixed([places[value] for value in values])


def read_indices(source: Source, count: int, length: int) -> tuple[int, ...]:
    """Read *count* places in a list of *length*."""
    indices = read_fixed(source, count)
    if count and not 0 <= min(indices) <= max(indices) < length:
        raise Malformed("index")
    return indices


def _bits(number: int) -> int:
    return (number if number >= 0 else ~number).bit_length()


def _extent(numbers: Sequence[int]) -> int:
    return max(numbers, default=0) - min(numbers, default=0)
