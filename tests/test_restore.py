"""Restore: every row is back, a new epoch begins, nothing damaged gets in, nothing at the hub is lost or doubled."""

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from domain.errors import Conflict, Unavailable
from store import contents, disk, installation
from store.backup import back_up, restore
from store.connection import connect, write
from store.rehearsal import digests
from tests.pair import Pair, known, new_pair


@pytest.fixture
def pair(tmp_path: Path) -> Pair:
    return new_pair(tmp_path)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "backup.db"


def restored(pair: Pair, file: Path) -> Pair:
    """Restore *file* where the point's database is, which is moved aside, and open it."""
    pair.db.conn.close()
    restore(file, pair.path, "", pair.folder / "aside.db")
    pair.db = connect(pair.path)
    return pair


def epochs(pair: Pair) -> list[tuple[str, ...]]:
    return [tuple(row) for row in pair.db.execute("SELECT reason FROM epoch ORDER BY ordinal").fetchall()]


def test_a_restore_gives_back_every_row_and_begins_a_new_epoch(pair: Pair, file: Path):
    pair.submit(3)
    back_up(pair.db, file, "")
    before = digests(pair.db)
    restored(pair, file)
    assert digests(pair.db) == before
    assert epochs(pair) == [("installed",), ("restored",)]
    assert (pair.folder / "aside.db").exists()


def test_a_restore_ends_every_session(pair: Pair, file: Path):
    with write(pair.db):
        pair.db.execute("INSERT INTO staff VALUES ('1', '示例', 'clerk', 'x', 1, '2026')")
        pair.db.execute("INSERT INTO session VALUES ('token', '1', 0, 0)")
    back_up(pair.db, file, "")
    assert restored(pair, file).db.execute("SELECT count(*) FROM session").fetchone()[0] == 0


def test_it_refuses_to_restore_over_records_without_being_told_where_they_go(pair: Pair, file: Path):
    pair.submit(1)
    back_up(pair.db, file, "")
    pair.submit(1)
    before = digests(pair.db)
    with pytest.raises(Conflict):
        restore(file, pair.path, "", None)
    assert digests(pair.db) == before


def test_it_refuses_to_restore_while_the_service_has_the_database_open(pair: Pair, file: Path):
    pair.submit(1)
    back_up(pair.db, file, "")
    with pytest.raises(Unavailable):
        restore(file, pair.path, "", pair.folder / "aside.db")
    assert pair.submit(1)


def test_it_restores_on_a_new_machine(pair: Pair, file: Path, tmp_path: Path):
    pair.submit(2)
    back_up(pair.db, file, "")
    path = tmp_path / "new" / "point.db"
    path.parent.mkdir()
    assert restore(file, path, "", None).aside is None
    with contents.opened(path, "") as db:
        assert installation.get(db) == pair.here
        assert digests(db) == digests(pair.db)


def changed_bits(data: bytes, seed: int, count: int) -> Iterator[bytes]:
    chance = Random(seed)
    for _ in range(count):
        changed = bytearray(data)
        changed[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        yield bytes(changed)


def test_it_refuses_every_changed_bit(pair: Pair, file: Path):
    pair.submit(2)
    back_up(pair.db, file, "")
    for changed in (*changed_bits(file.read_bytes(), 11, 50), file.read_bytes()[:-4096]):
        file.write_bytes(changed)
        assert _refused(file, pair.folder / "trial.db")


def test_without_its_seal_no_changed_record_passes(pair: Pair, file: Path):
    pair.submit(2)
    back_up(pair.db, file, "")
    disk.seal(file).unlink()
    rows = digests(pair.db)
    for changed in changed_bits(file.read_bytes(), 12, 50):
        file.write_bytes(changed)
        assert _refused(file, pair.folder / "trial.db") or _rows(pair.folder / "trial.db") == rows


def _refused(file: Path, target: Path) -> bool:
    target.unlink(missing_ok=True)
    try:
        restore(file, target, "", None)
    except Unavailable:
        return True
    return False


def _rows(path: Path) -> dict[str, str]:
    with contents.opened(path, "") as db:
        return digests(db)


def test_a_damaged_backup_leaves_what_is_here(pair: Pair, file: Path):
    pair.submit(1)
    back_up(pair.db, file, "")
    before = digests(pair.db)
    file.write_bytes(file.read_bytes()[:5000])
    with pytest.raises(Unavailable):
        restored(pair, file)
    pair.reopen()
    assert digests(pair.db) == before


def test_the_backup_file_itself_is_not_touched_by_a_restore(pair: Pair, file: Path):
    pair.submit(1)
    back_up(pair.db, file, "")
    before = file.read_bytes()
    restored(pair, file)
    assert file.read_bytes() == before


def test_what_came_after_the_backup_is_neither_lost_at_the_hub_nor_doubled(pair: Pair, file: Path):
    sent = pair.submit(2)
    pair.exchange()
    sent += pair.submit(2)
    back_up(pair.db, file, "")
    sent += pair.submit(2)
    assert pair.exchange().complete
    restored(pair, file)
    sent += pair.submit(2)
    report = pair.exchange()
    assert (report.complete, report.problem) == (True, "")
    assert pair.at_the_hub() == known(sent)


def test_what_waited_in_the_backup_reaches_the_hub_after_the_restore(pair: Pair, file: Path):
    sent = pair.submit(2)
    back_up(pair.db, file, "")
    restored(pair, file)
    sent += pair.submit(1)
    assert pair.exchange().complete
    assert pair.at_the_hub() == known(sent)


def test_it_may_be_restored_twice(pair: Pair, file: Path):
    sent = pair.submit(1)
    back_up(pair.db, file, "")
    restored(pair, file)
    sent += pair.submit(1)
    pair.exchange()
    (pair.folder / "aside.db").unlink()
    restored(pair, file)
    sent += pair.submit(1)
    assert pair.exchange().complete
    assert pair.at_the_hub() == known(sent)
    assert len(set(epochs(pair))) == 2
