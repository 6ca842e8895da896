"""A record written in the order of its table: each kind of value in as few bits as it needs, texts apart."""

from datetime import UTC, date, datetime
from typing import Any

from imprint.bits import Writer
from imprint.table import Place
from imprint.texts import TextWriter, width

ZERO, SEEN, HUNDREDS, NUMBER = range(4)
NUMBER_LENGTH, DAY_LENGTH, LIST_LENGTH, MOMENT_BITS = 6, 5, 3, 35
FIRST_DAY = date(2026, 1, 1).toordinal()
MOMENT = "%Y-%m-%dT%H:%M:%SZ"
TYPES: dict[str, type] = {
    "text": str, "number": int, "day": str, "moment": str, "yes_no": bool, "word": str, "list": list, "fields": dict,
}  # fmt: skip


class Unfit(ValueError):
    """A value that this table has no place for."""


def write(place: Place, value: Any, vocabulary: bytes) -> bytes:
    """Return *value* as the table *place* has it: texts, then everything else.

    Raises ValueError or OverflowError for what has no place there.
    """
    writing = _Writing()
    writing.put(place, value)
    return writing.texts.deflated(vocabulary) + writing.bits.bytes()


class _Writing:
    """One method a kind of place, ``put`` finds it."""

    def __init__(self) -> None:
        self.bits = Writer()
        self.texts = TextWriter(self.bits)
        self._numbers: list[int] = []
        self._last_day = FIRST_DAY

    def put(self, place: Place, value: Any) -> None:
        if place.optional:
            self.bits.put(value is not None, 1)
            if value is None:
                return
        if type(value) is not TYPES[place.kind]:
            raise Unfit(place.kind)
        getattr(self, f"_{place.kind}")(place, value)

    def _text(self, _place: Place, text: str) -> None:
        self.texts.put(text)

    def _number(self, _place: Place, number: int) -> None:
        if not number or number in self._numbers:
            self.bits.put(SEEN if number else ZERO, 2)
            if number:
                self.bits.put(self._numbers.index(number), width(self._numbers))
            return
        self._numbers.append(number)
        whole, rest = divmod(abs(number), 100)
        self.bits.put(NUMBER if rest else HUNDREDS, 2)
        self.bits.put(number < 0, 1)
        self.bits.put_sized(abs(number) if rest else whole, NUMBER_LENGTH)

    def _day(self, _place: Place, text: str) -> None:
        day = date.fromisoformat(text).toordinal()
        self.bits.put(day < self._last_day, 1)
        self.bits.put_sized(abs(day - self._last_day), DAY_LENGTH)
        self._last_day = day

    def _moment(self, _place: Place, text: str) -> None:
        seconds = int(datetime.strptime(text, MOMENT).replace(tzinfo=UTC).timestamp())
        if seconds < 0 or seconds >> MOMENT_BITS:
            raise Unfit(text)
        self.bits.put(seconds, MOMENT_BITS)

    def _yes_no(self, _place: Place, yes: bool) -> None:
        self.bits.put(yes, 1)

    def _word(self, place: Place, word: str) -> None:
        self.bits.put(place.words.index(word), width(place.words))

    def _list(self, place: Place, items: list[Any]) -> None:
        self.bits.put_sized(len(items), LIST_LENGTH)
        for item in items:
            self.put(place.each, item)

    def _fields(self, place: Place, fields: dict[str, Any]) -> None:
        if fields.keys() != place.fields.keys():
            raise Unfit("fields")
        for name, inner in place.fields.items():
            self.put(inner, fields[name])
