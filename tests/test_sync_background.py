"""The thread that keeps at it: when it tries again, and that nothing stops it."""

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from domain.errors import NotFound
from store import ledger
from store.connection import connect
from sync import background
from sync.background import LONGEST_PAUSE, Background, pause
from sync.errors import ExchangeFailed
from sync.exchange import Report, exchange
from sync.lock import only_one
from tests.pair import Pair, new_pair

QUIET = Report(confirmed=0, received=0, waiting=0, problem="")
SOON = 10


@pytest.fixture
def pair(tmp_path: Path) -> Pair:
    return new_pair(tmp_path)


class Tries:
    """Counts the tries of a background thread and lets a test wait for the next one."""

    def __init__(self, run: Callable[[], Report]) -> None:
        self.run = run
        self.done = threading.Semaphore(0)

    def __call__(self, *_database: object) -> Report:
        try:
            return self.run()
        finally:
            self.done.release()


@pytest.fixture
def keep_at(pair: Pair) -> Iterator[Callable[..., Tries]]:
    started: list[Background] = []

    def keep_at(run: Callable[[], Report], seconds: float = 3600) -> Tries:
        tries = Tries(run)
        started.append(Background(lambda: connect(pair.path), tries, seconds))
        started[-1].start()
        return tries

    yield keep_at
    for thread in started:
        thread.stop()


def test_it_exchanges_at_the_start_and_when_something_was_submitted(pair: Pair):
    pair.exchange()  # what came down at enrolment would make the first exchange of the thread a longer one
    thread = Background(lambda: connect(pair.path), lambda db: exchange(db, pair.key, pair.here, pair.line), 3600)
    arrived = threading.Semaphore(0)

    def tell(answer: bytes) -> bytes:
        arrived.release()
        return answer

    pair.line.down = tell
    thread.start()
    assert arrived.acquire(timeout=SOON)
    sent = pair.submit(2)
    background.wake()
    assert arrived.acquire(timeout=SOON)
    thread.stop()
    assert pair.at_the_hub() == [(entry.record_id, 1) for entry in sent]


def test_it_tries_again_by_itself(keep_at: Callable[..., Tries]):
    tries = keep_at(lambda: QUIET, seconds=0.01)
    assert all(tries.done.acquire(timeout=SOON) for _ in range(3))


@pytest.mark.parametrize("error", [NotFound("installation.not_enrolled"), ExchangeFailed("sync.running"), OSError("x")])
def test_nothing_stops_it(keep_at: Callable[..., Tries], error: Exception):
    def fail() -> Report:
        raise error

    tries = keep_at(fail, seconds=0.01)
    assert all(tries.done.acquire(timeout=SOON) for _ in range(3))


def test_it_does_not_ask_again_before_the_hub_wishes(keep_at: Callable[..., Tries]):
    busy = Report(confirmed=0, received=0, waiting=1, problem="sync.busy", retry_after=3600)
    tries = keep_at(lambda: busy, seconds=0.01)
    assert tries.done.acquire(timeout=SOON)
    background.wake()
    assert not tries.done.acquire(timeout=0.2)


def test_a_try_that_got_something_through_does_not_lengthen_the_pause(keep_at: Callable[..., Tries]):
    broken = Report(confirmed=1, received=0, waiting=9, problem="sync.weak_line")
    tries = keep_at(lambda: broken, seconds=0.01)
    assert all(tries.done.acquire(timeout=SOON) for _ in range(15))


def test_it_announces_when_it_tries_again(pair: Pair, keep_at: Callable[..., Tries]):
    tries = keep_at(lambda: QUIET, seconds=100)
    assert tries.done.acquire(timeout=SOON)
    until = time.monotonic() + SOON
    while not ledger.contact(pair.db).seconds_left and time.monotonic() < until:
        time.sleep(0.01)
    assert 70 < ledger.contact(pair.db).seconds_left <= 120


def test_its_log_holds_no_values(keep_at: Callable[..., Tries], caplog: pytest.LogCaptureFixture):
    def fail() -> Report:
        raise ValueError("540000199001010000")

    tries = keep_at(fail, seconds=0.01)
    assert all(tries.done.acquire(timeout=SOON) for _ in range(2))
    assert "ValueError" in caplog.text
    assert "540000199001010000" not in caplog.text


def test_each_failure_doubles_the_pause_up_to_a_quarter_of_an_hour():
    for failures in range(40):
        expected = min(30 * 2**failures, LONGEST_PAUSE)
        assert all(0.8 * expected <= pause(30, failures) <= 1.2 * expected for _ in range(20))


@pytest.mark.parametrize("failures", [0, 5, 40])
def test_pauses_differ_so_that_not_all_call_at_once(failures: int):
    assert len({pause(30, failures) for _ in range(20)}) > 10


def test_only_one_exchange_at_a_time(tmp_path: Path):
    with only_one(tmp_path / "lock"), pytest.raises(ExchangeFailed), only_one(tmp_path / "lock"):
        pass
    with only_one(tmp_path / "lock"):
        pass


def test_it_waits_for_another_exchange_to_end(tmp_path: Path):
    held, released = threading.Event(), threading.Event()

    def hold() -> None:
        with only_one(tmp_path / "lock"):
            held.set()
            released.wait(SOON)

    other = threading.Thread(target=hold)
    other.start()
    held.wait(SOON)
    threading.Timer(0.1, released.set).start()
    with only_one(tmp_path / "lock", SOON):
        assert released.is_set()
    other.join()
