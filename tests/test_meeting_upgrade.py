"""A point of the version before, with a full queue and a stick under way, becomes one of this version."""

from pathlib import Path

import pytest

from store import journal, ledger, migrations
from store.connection import connect, write
from store.rehearsal import differing
from tests.courier import Carried, carried
from tests.pair import known
from tests.test_pieces import at_the_hub, attach, some_bytes, states
from tests.test_upgrade import older

# What no rebuild can make again.
KEPT = ("installation", "epoch", "journal", "mark", "contact", "bundled")


def put_back(pair: Carried, patch: pytest.MonkeyPatch) -> None:
    """Put what the point knows into a database of the version before."""
    path = pair.folder / "older.db"
    old = connect(path)
    older(old, pair.folder / "sql", patch)
    with write(old):
        for table in KEPT:
            columns = [name for name in old.table(table).columns_dict if name in pair.db.table(table).columns_dict]
            rows = pair.db.table(table).rows_where(select=", ".join(columns), order_by="1")
            old.table(table).insert_all(list(rows), replace=True)
    old.conn.close()
    pair.db.conn.close()
    pair.db = connect(path)


@pytest.mark.parametrize("way", ["line", "stick"])
def test_a_full_queue_and_a_stick_under_way_come_along(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str):
    pair = carried(tmp_path)
    sent = pair.submit(2)
    pair.exchange()
    sent += pair.submit(3)
    pair.out()
    pair.at_hub()
    pair.back()
    sent += pair.submit(2)
    put_back(pair, monkeypatch)
    migrations.migrate(pair.db)
    assert ledger.count(pair.db).total == 7
    if way == "line":
        assert pair.exchange().complete
    else:
        assert pair.home()[-1].confirmed == 3
        assert pair.round().confirmed == 2
    attach(pair, sent[0], some_bytes(1000))
    assert pair.exchange().complete
    assert pair.at_the_hub() == known(sent)
    assert ledger.count(pair.db).confirmed == 7
    assert (states(pair, sent[0]), at_the_hub(pair, sent[0])) == (["confirmed"], [some_bytes(1000)])
    assert (journal.verify(pair.db), differing(pair.db, tmp_path, "")) == ([], [])
