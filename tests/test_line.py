"""The test of the line: reached is what the hub signed for, whatever else answers."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlite_utils import Database

from domain.errors import Unavailable
from hub.store import points
from hub.store.engine import write as hub_write
from sync import line
from sync.errors import ExchangeFailed
from sync.line import measure
from sync.transport import Http
from tests.pair import Pair, new_pair
from tests.test_sync_transport import Server, answer, server  # noqa: F401
from wire.header import FILLER, Problem, ProblemCode
from wire.keys import SigningKey


@pytest.fixture
def pair(tmp_path: Path) -> Pair:
    return new_pair(tmp_path)


def content(db: Database) -> dict[str, list[dict[str, object]]]:
    return {name: list(db[name].rows) for name in db.table_names()}


def failing(pair: Pair) -> str:
    with pytest.raises(Unavailable) as failed:
        measure(pair.db, pair.key, pair.here, pair.line)
    return failed.value.code


def test_a_signed_answer_is_reached_and_nothing_is_changed_by_it(pair: Pair):
    pair.submit(2)
    before = content(pair.db)
    assert measure(pair.db, pair.key, pair.here, pair.line).seconds > 0
    assert content(pair.db) == before
    assert pair.at_the_hub() == []


def test_it_tells_the_way_there_and_back_from_the_speed(pair: Pair, monkeypatch: pytest.MonkeyPatch):
    clock = iter([0, 9, 10, 10.5, 20, 22.5])
    monkeypatch.setattr("sync.line.time.monotonic", lambda: next(clock))
    reached = measure(pair.db, pair.key, pair.here, pair.line)
    assert (reached.seconds, reached.bytes_per_second) == (0.5, FILLER / 2)


def test_a_line_too_fast_to_measure_gets_no_made_up_speed(pair: Pair, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(line, "SMALLEST_DIFFERENCE", 3600)
    assert measure(pair.db, pair.key, pair.here, pair.line).bytes_per_second is None


@pytest.mark.parametrize("change", [lambda _: b"TSHEG1\n{}\n\n", lambda answer: answer[:-1], lambda answer: b""])
def test_what_the_hub_did_not_sign_is_not_reached(pair: Pair, change: Callable[[bytes], bytes]):
    pair.line.down = change
    assert failing(pair) == "sync.not_the_hub"


def test_an_answer_of_another_hub_or_of_yesterday_is_not_reached(pair: Pair):
    pair.line.down = pair.restated(SigningKey.generate())
    assert failing(pair) == "sync.not_the_hub"
    pair.line.down = pair.restated(nonce="yesterday")
    assert failing(pair) == "sync.not_the_hub"


def test_a_hub_that_refuses_is_quoted(pair: Pair):
    pair.line.down = pair.restated(problem=Problem(code=ProblemCode.CURSOR))
    assert failing(pair) == "sync.cursor"
    with hub_write(pair.hub.engine) as connection:
        points.revoke(connection, "JL")
    pair.line.down = lambda data: data
    assert failing(pair) == "sync.revoked"


@pytest.mark.parametrize(
    ("status", "body", "code"),
    [(200, b"<html>Wi-Fi", "sync.portal"), (302, b"", "sync.portal"), (503, b"", "sync.busy")],
)
def test_it_says_who_is_in_the_way(pair: Pair, server: Server, status: int, body: bytes, code: str):  # noqa: F811
    server.reply = answer(status, body, "text/html")
    with pytest.raises(ExchangeFailed) as failed:
        measure(pair.db, pair.key, pair.here, Http(server.url))
    assert failed.value.code == code
