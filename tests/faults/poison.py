"""Records that no counter would write (毒记录): each may come in a stream, rightly signed, and must block nobody."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import msgspec

from domain.canonical import canonical
from tests.insurer import application, lead
from tests.pair import STAMP

ANY: tuple[Any, ...] = (None, True, -1, 1.5, 10**400, "", "ཀ" * 5000, [None], {"x": 1})
UNREADABLE = (
    b"", b" ", b"{", b"}", b"{}", b"[]", b"null", b"1", b'"text"', b"{}{}", b"{'a': 1}", b'{"a": 1,}', b"NaN", b"{]",
    b"\xef\xbb\xbf{}", b"// {}", b"\0", b"\0" * 1000, b"[" * 100_000, b'{"a":' * 20_000, b"9" * 5000, b'{"\\ud800": 1}',
    b'"\\udfff\\ud800"', b"<html></html>", "དཔེ".encode(), b"-", b"1e999999", b'{"a":"\\x"}', b'{"a":"\x01"}',
)  # fmt: skip
TEXTS = ("\0", "a\0b", "\ud800", "\u202e", "\u2028", "<script>", "'; DROP TABLE entry;--", "\x1b[2J", "字" * 99999)
DATES = ("0000-00-00", "0001-01-01", "2026-02-30", "9999-12-31", "10000-01-01", "-2026-01-01", "2026-11-20T00:00:00Z")
NUMBERS = (b"-1", b"0", b"1e400", b"1E+2", b"0.1", b"9" * 400, b"-0", b"18446744073709551616", b"00", b"0x10")
KINDS = ("decision", "product", "limits", "claim", "", "APPLICATION", "applic\u0430tion", "k" * 200, "activity", "lead")
FIELDS = (
    "record_id", "reference", "point", "clerk", "applied_on", "policyholder", "policyholder/name", "buyers", "cover",
    "policyholder/id_number", "cover/version", "cover/tier", "quote", "quote/payable_fen", "consents", "documents",
)  # fmt: skip


@dataclass(frozen=True)
class Poison:
    """A record: its body and kind, and its id where that is part of it. ``why`` says what is wrong with it.

    A *later* one has a field more than ours: whoever knows how may read the rest.
    """

    why: str
    body: bytes
    kind: str = "application"
    record_id: str = ""
    revision: int = 1
    later: bool = False


def poison() -> Iterator[Poison]:
    """Return them all, the same in every run but for ids."""
    for body in UNREADABLE:
        yield Poison("not an application", body)
    yield from _of_wrong_types()
    yield from _of_strange_content()
    yield from _of_kinds()
    yield from _of_later_versions()
    yield from _of_places()


def _of_wrong_types() -> Iterator[Poison]:
    for field in FIELDS:
        for value in ANY:
            yield Poison(f"{field} is {str(value)[:10]}", _with(field, value))


def _of_strange_content() -> Iterator[Poison]:
    for text in TEXTS:
        yield Poison(f"{text[:9]!a} as a name", _with("policyholder/name", text))
        yield Poison(f"{text[:9]!a} in a lead", _json(_lead() | {"refer_to": text}), "lead")
    for day in DATES:
        yield Poison(f"written on {day!r}", _with("applied_on", day))
    for number in NUMBERS:
        yield Poison(f"{number[:10]!r} fen", _amount(number))


def _of_kinds() -> Iterator[Poison]:
    for kind in KINDS:
        for body in (b"{}", b"\0", canonical(application(STAMP))):
            yield Poison(f"kind {kind[:12]!a}", body, kind)


def _of_later_versions() -> Iterator[Poison]:
    for field in ("", "policyholder", "cover", "quote"):
        yield Poison("a later version", _with(f"{field}/later".lstrip("/"), {"x": [1]}), later=True)
    for name in (b'"later"', b'"documents"'):
        deep = b"," + name + b":" + b"[" * 50_000 + b"]" * 50_000 + b"}"
        yield Poison("deep", canonical(application(STAMP))[:-1] + deep)
    yield Poison("many", msgspec.json.encode({str(place): place for place in range(50_000)}))
    yield Poison("large", b'{"reference":"' + b"x" * 3_000_000 + b'"}')


def _of_places() -> Iterator[Poison]:
    for record_id in ("", " ", "x" * 200, "../../etc", "ཀ", "'", "%", "0" * 36, "NaN"):
        yield Poison(f"record id {record_id[:9]!a}", canonical(application(STAMP)), record_id=record_id)
    for revision in (2, 2**31 - 1):
        yield Poison(f"revision {revision}", b"{}", revision=revision)


def _tree() -> Any:
    return msgspec.json.decode(canonical(application(STAMP)))


def _lead() -> dict[str, Any]:
    tree: dict[str, Any] = msgspec.json.decode(canonical(lead(STAMP)))
    return tree


def _with(field: str, value: Any) -> bytes:
    tree = place = _tree()
    *way, last = field.split("/")
    for name in way:
        place = place[name]
    place[last] = value
    return _json(tree)


def _json(tree: Any) -> bytes:
    return json.dumps(tree).encode()  # unlike msgspec it writes surrogates


def _amount(number: bytes) -> bytes:
    tree = _tree()
    amount = tree["buyers"][0]["trade"]["amount_fen"]
    return _json(tree).replace(b'"amount_fen": %d' % amount, b'"amount_fen": ' + number)
