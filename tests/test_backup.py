"""Backup and restore: whole or not at all, nothing lost, nothing doubled, and no key in it."""

import subprocess
from pathlib import Path

import pytest

from domain.errors import Unavailable
from store import contents, journal
from store.backup import back_up
from store.connection import connect
from store.migrations import migrate
from store.rehearsal import digests
from tests.pair import Pair, new_pair

KEY = "ab" * 32


@pytest.fixture
def pair(tmp_path: Path) -> Pair:
    return new_pair(tmp_path)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "backup.db"


def test_it_holds_every_row(pair: Pair, file: Path):
    pair.submit(3)
    pair.exchange()
    found = back_up(pair.db, file, "")
    assert (found.applications, found.entries) == (3, journal.size(pair.db))
    with contents.opened(file, "") as copy:
        assert digests(copy) == digests(pair.db)


def test_it_is_readable_by_its_owner_only_and_leaves_nothing_beside_it(pair: Pair, file: Path):
    back_up(pair.db, file, "")
    assert file.stat().st_mode & 0o777 == 0o600
    assert sorted(path.name for path in file.parent.glob("backup*")) == ["backup.db", "backup.db.sha256"]


def test_its_seal_is_what_sha256sum_reads(pair: Pair, file: Path):
    back_up(pair.db, file, "")
    subprocess.run(["sha256sum", "--check", "--strict", "backup.db.sha256"], cwd=file.parent, check=True)


def test_it_is_taken_while_a_clerk_submits(pair: Pair, file: Path):
    pair.submit(1)
    other = connect(pair.path)
    other.conn.execute("BEGIN IMMEDIATE")
    assert back_up(pair.db, file, "").applications == 1
    other.conn.close()


def test_it_holds_no_private_key(pair: Pair, file: Path):
    back_up(pair.db, file, "")
    assert pair.key.raw not in file.read_bytes()
    assert pair.key.raw.hex().encode() not in file.read_bytes().lower()


def test_it_stays_encrypted_when_the_database_is(tmp_path: Path, file: Path):
    db = connect(tmp_path / "sealed.db", KEY)
    migrate(db)
    back_up(db, file, KEY)
    assert not file.read_bytes().startswith(b"SQLite format 3")
    with pytest.raises(Unavailable):
        contents.examine(file, "cd" * 32)
    assert contents.examine(file, KEY).entries == 0


def test_a_new_backup_takes_the_place_of_the_old_one(pair: Pair, file: Path):
    back_up(pair.db, file, "")
    pair.submit(2)
    back_up(pair.db, file, "")
    assert contents.examine(file, "").applications == 2


def test_a_backup_that_fails_leaves_the_old_one(pair: Pair, file: Path):
    back_up(pair.db, file, "")
    before = file.read_bytes()
    _forge_a_body(pair)
    with pytest.raises(Unavailable):
        back_up(pair.db, file, "")
    assert file.read_bytes() == before
    assert contents.examine(file, "").applications == 0


def _forge_a_body(pair: Pair) -> None:
    pair.submit(1)
    pair.db.execute("DROP TRIGGER journal_is_never_changed")
    pair.db.execute("UPDATE journal SET body = CAST('{}' AS BLOB)")


def test_it_refuses_to_write_where_it_cannot(pair: Pair, tmp_path: Path):
    with pytest.raises(Unavailable):
        back_up(pair.db, tmp_path / "no such folder" / "backup.db", "")


def test_it_refuses_a_folder_that_is_none(pair: Pair, file: Path):
    file.write_text("")
    with pytest.raises(Unavailable):
        back_up(pair.db, file / "backup.db", "")
