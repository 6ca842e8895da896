"""Several workers, real processes on one PostgreSQL: whoever gets a message, it is taken and judged once, in order."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from itertools import product
from pathlib import Path
from random import Random
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from sqlalchemy import Engine, func, select

from bench.server import HUB, serving
from hub import backlog
from hub.installation import Installation, open_installation
from hub.store import journal, tables
from hub.store.engine import read
from settings import Settings
from tests.insurer import Counter, application, settings, with_product
from tests.tampering import empty

CODES = ("JL", "ZM", "YD", "PL")
FEW, MANY = 3, backlog.AT_ONCE + 2
PATIENCE_SECONDS = 60


@pytest.fixture
def hub(tmp_path: Path, on_server: Engine) -> Iterator[Installation]:
    """A hub on PostgreSQL with the sample product."""
    empty(on_server)
    hub = with_product(open_installation(settings(tmp_path / "hub", on_server.url)))
    yield hub
    hub.engine.dispose()


@pytest.fixture
def workers(hub: Installation) -> Iterator[list[str]]:
    """Two processes of that hub, as production runs them."""
    point = Settings(data=hub.settings.data.with_name("point"))
    assert hub.settings.server
    server = hub.settings.server.render_as_string(hide_password=False)
    with ExitStack() as stack:
        started = [stack.enter_context(serving(point, HUB, TSHEG_HUB_DATABASE=server)) for _ in range(2)]
        yield [f"http://127.0.0.1:{worker.port}/exchange" for worker in started]


def post(url: str, message: bytes) -> int:
    try:
        with urlopen(Request(url, message), timeout=PATIENCE_SECONDS) as answer:  # noqa: S310
            return int(answer.status)
    except HTTPError as error:
        return error.code


def count(hub: Installation, table: str) -> int:
    with read(hub.engine) as connection:
        return connection.scalar(select(func.count()).select_from(tables.metadata.tables[table])) or 0


def test_the_same_and_different_points_at_once(hub: Installation, workers: list[str]):
    counters = [Counter(hub, code).enrolled() for code in CODES]
    messages = []
    for counter in counters:
        for size in (FEW, MANY):
            messages.append(counter.message([counter.write(application(counter.stamp)) for _ in range(size)]))
    # Each message to both workers at once, and again; what follows may come before what it follows.
    posts = [*product(workers, messages)] * 2
    Random(1).shuffle(posts)
    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(post, *zip(*posts, strict=True))) <= {200, 409}
        assert list(pool.map(post, [workers[0]] * len(messages), messages)) == [200] * len(messages)
    deadline = time.monotonic() + PATIENCE_SECONDS
    while backlog.points(hub) and time.monotonic() < deadline:
        time.sleep(0.05)
    sent = len(CODES) * (FEW + MANY)
    assert [count(hub, table) for table in ("application", "decision", "policy")] == [sent] * 3
    with read(hub.engine) as connection:
        assert journal.verify(connection) is None
        assert journal.size(connection) == len(CODES) + 2 * sent
