"""A record read back in the order of its table, whoever wrote it: nothing in it is believed."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any, TypeVar

from domain.canonical import SAFE_INTEGER
from imprint.bits import Reader
from imprint.errors import damaged
from imprint.table import Place
from imprint.texts import TextReader, inflated, width
from imprint.writing import (
    DAY_LENGTH,
    FIRST_DAY,
    HUNDREDS,
    LIST_LENGTH,
    MOMENT,
    MOMENT_BITS,
    NUMBER_LENGTH,
    SEEN,
    ZERO,
)

T = TypeVar("T")


def read(place: Place, data: bytes, vocabulary: bytes) -> Any:
    """Return what *data* holds as the table *place* has it; raise Unreadable for what nobody wrote."""
    plain, rest = inflated(data, vocabulary)
    bits = Reader(rest)
    reading = _Reading(bits, TextReader(bits, plain))
    value = reading.take(place)
    reading.texts.end()
    bits.end()
    return value


class _Reading:
    """One method a kind of place, ``take`` finds it."""

    def __init__(self, bits: Reader, texts: TextReader) -> None:
        self.bits = bits
        self.texts = texts
        self._numbers: list[int] = []
        self._last_day = FIRST_DAY

    def take(self, place: Place) -> Any:
        if place.optional and not self.bits.take(1):
            return None
        return getattr(self, f"_{place.kind}")(place)

    def _text(self, _place: Place) -> str:
        return self.texts.take()

    def _number(self, _place: Place) -> int:
        kind = self.bits.take(2)
        if kind == ZERO:
            return 0
        if kind == SEEN:
            return self._one_of(self._numbers)
        negative = self.bits.take(1)
        number = self.bits.take_sized(NUMBER_LENGTH) * (100 if kind == HUNDREDS else 1)
        if number > SAFE_INTEGER:
            raise damaged()
        self._numbers.append(-number if negative else number)
        return self._numbers[-1]

    def _day(self, _place: Place) -> str:
        earlier = self.bits.take(1)
        days = self.bits.take_sized(DAY_LENGTH)
        self._last_day += -days if earlier else days
        try:
            return date.fromordinal(self._last_day).isoformat()
        except (ValueError, OverflowError):
            raise damaged() from None

    def _moment(self, _place: Place) -> str:
        return datetime.fromtimestamp(self.bits.take(MOMENT_BITS), UTC).strftime(MOMENT)

    def _yes_no(self, _place: Place) -> bool:
        return bool(self.bits.take(1))

    def _word(self, place: Place) -> str:
        return self._one_of(place.words)

    def _list(self, place: Place) -> list[Any]:
        return [self.take(place.each) for _ in range(self.bits.take_sized(LIST_LENGTH))]

    def _fields(self, place: Place) -> dict[str, Any]:
        return {name: self.take(inner) for name, inner in place.fields.items()}

    def _one_of(self, values: Sequence[T]) -> T:
        at = self.bits.take(width(values)) if values else 0
        if at >= len(values):
            raise damaged()
        return values[at]
