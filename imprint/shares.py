"""Shares (份): bytes spread so that any *needed* of the shares give all of them back (Reed–Solomon over GF(256)).

Byte by byte the shares are the values of one polynomial of degree below *needed* at 0, 1, 2 …; the first *needed* are
the data themselves. The field is that of x⁸+x⁴+x³+x²+1, whose element 2 generates all others.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache

MODULUS, ORDER = 0x11D, 255


def spread(data: bytes, needed: int, count: int) -> list[bytes]:
    """Return *count* shares of *data*, whose length is a multiple of *needed*; there are at most 256."""
    size = len(data) // needed
    known = {at: data[at * size :][:size] for at in range(needed)}
    return [*known.values(), *_values(range(needed, count), known)]


def gathered(shares: Mapping[int, bytes], needed: int) -> bytes:
    """Return the data of which *shares*, by their place from 0, are at least *needed*, all of one length."""
    known = dict(sorted(shares.items())[:needed])
    lost = [at for at in range(needed) if at not in known]
    every = known | dict(zip(lost, _values(lost, known), strict=True))
    return b"".join(every[at] for at in range(needed))


def _values(places: Iterable[int], known: Mapping[int, bytes]) -> Iterator[bytes]:
    """Yield the values at *places* of the polynomial through *known*, none of which is there (Lagrange)."""
    below = {at: sum(_log(at ^ other) for other in known if other != at) for at in known}
    for place in places:
        above = sum(_log(place ^ other) for other in known)
        factors = {at: _power(above - _log(place ^ at) - below[at]) for at in known}
        yield _sum(share.translate(_times(factors[at])) for at, share in known.items())


def _sum(values: Iterable[bytes]) -> bytes:
    total = size = 0
    for value in values:
        total, size = total ^ int.from_bytes(value, "big"), len(value)
    return total.to_bytes(size, "big")


@cache
def _times(factor: int) -> bytes:
    """Return *factor* times every element, for ``bytes.translate``."""
    return bytes([0, *(_power(_log(factor) + _log(element)) for element in range(1, ORDER + 1))])


def _power(exponent: int) -> int:
    return _powers()[exponent % ORDER]


def _log(element: int) -> int:
    return _logs()[element]


@cache
def _powers() -> tuple[int, ...]:
    return tuple(_doublings())


@cache
def _logs() -> dict[int, int]:
    return {element: exponent for exponent, element in enumerate(_powers())}


def _doublings() -> Iterator[int]:
    element = 1
    for _ in range(ORDER):
        yield element
        element = element << 1 ^ (MODULUS if element & 0x80 else 0)
