"""The commands that keep and move the point's data, as an administrator and the launcher use them."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlite_utils import Database

from app import create_app
from settings import Settings
from store import ledger
from store.connection import connect, write
from store.rehearsal import digests
from sync.enrolment import read_document, take
from tests.online import Hub, hub_for, submit

Run = Callable[..., Result]


@pytest.fixture
def run(app: Flask) -> Run:
    """Run one of the point's commands."""
    return lambda *arguments, given=None: app.test_cli_runner().invoke(args=arguments, input=given)


@pytest.fixture
def gone(settings: Settings, db: Database, tmp_path: Path) -> None:
    """A hub that was there once."""
    with hub_for(settings, tmp_path / "hub") as hub, write(db):
        take(db, read_document(hub.document))


@pytest.fixture
def hub(app: Flask, settings: Settings, db: Database, tmp_path: Path) -> Iterator[Hub]:
    with hub_for(settings, tmp_path / "hub") as hub:
        with write(db):
            take(db, read_document(hub.document))
        yield hub


def test_sync_ends_with_0_when_all_is_acknowledged(run: Run, hub: Hub, db: Database):
    submit(db, 2)
    done = run("sync")
    assert (done.exit_code, ledger.count(db).confirmed) == (0, 2)
    assert "保险公司已确认 2 条，收到 3 条，待传 0 条" in done.output


def test_sync_ends_with_1_and_the_reason_otherwise(
    run: Run, app: Flask, settings: Settings, db: Database, tmp_path: Path
):
    with hub_for(settings, tmp_path / "hub") as hub, write(db):
        take(db, read_document(hub.document))
    submit(db, 2)
    done = run("sync")
    assert done.exit_code == 1
    assert "待传 2 条" in done.stdout
    assert "连不上保险公司平台" in done.stderr


def test_sync_says_when_the_point_is_not_enrolled(run: Run):
    done = run("sync")
    assert (done.exit_code, "还没有在保险公司平台登记" in done.stderr) == (1, True)


def test_verify_finds_a_whole_journal(run: Run, hub: Hub, db: Database):
    submit(db, 3)
    done = run("journal", "verify")
    assert (done.exit_code, done.stdout) == (0, "日志完好，共3条，查询表与日志一致\n")


@pytest.mark.parametrize("column", ["body = CAST('{}' AS BLOB)", "made_by = 'x'", "hash = zeroblob(32)", "seq = 9"])
def test_verify_names_the_first_break(run: Run, hub: Hub, db: Database, column: str):
    entry = submit(db, 3)[1]
    db.execute("DROP TRIGGER journal_is_never_changed")
    db.execute(f"UPDATE journal SET {column} WHERE seq = 2")  # noqa: S608
    done = run("journal", "verify")
    broken = 3 if column == "seq = 9" else 2
    assert (done.exit_code, f"日志 JL/{entry.epoch} 在第{broken}条断开" in done.stderr) == (1, True)


@pytest.mark.parametrize(
    ("change", "table"),
    [
        ("UPDATE application SET amount_fen = 1 WHERE id = 1", "application"),
        ("DELETE FROM application WHERE id = 1", "application"),
        ("DELETE FROM application_search WHERE rowid = 1", "application_search"),
        ("UPDATE tally SET value = value + 1", "tally"),
    ],
)
def test_verify_finds_tables_that_do_not_follow_and_rebuild_puts_them_right(
    run: Run, hub: Hub, db: Database, change: str, table: str
):
    submit(db, 2)
    right = digests(db)
    db.execute(change)
    done = run("journal", "verify")
    assert (done.exit_code, table in done.stderr) == (1, True)
    assert run("journal", "rebuild").exit_code == 0
    assert digests(db) == right
    assert run("journal", "verify").exit_code == 0


def test_rebuild_changes_nothing_in_what_was_right(run: Run, hub: Hub, db: Database):
    submit(db, 5)
    run("sync")
    before = digests(db)
    assert run("journal", "rebuild").stdout == "已从日志重建，共11条\n"
    assert digests(db) == before


def test_a_backup_and_its_restore_on_a_new_machine(run: Run, hub: Hub, db: Database, tmp_path: Path):
    submit(db, 2)
    file = tmp_path / "backup.db"
    done = run("backup", str(file))
    assert (done.exit_code, done.stdout) == (0, "备份完好 · 申请 2 份，日志 2 条\n")
    new = Settings(data=tmp_path / "new")
    done = create_app(new).test_cli_runner().invoke(args=["restore", str(file)])
    assert (done.exit_code, "point enrol" in done.stdout) == (0, True)
    there = connect(new.database)
    assert digests(there) == digests(db)
    there.conn.close()


def test_a_restore_replaces_records_only_when_told(
    run: Run, hub: Hub, db: Database, settings: Settings, tmp_path: Path
):
    submit(db, 2)
    run("backup", str(tmp_path / "backup.db"))
    submit(db, 1)
    db.conn.close()
    refused = run("restore", str(tmp_path / "backup.db"))
    assert (refused.exit_code, "--replace" in refused.stderr) == (1, True)
    done = run("restore", "--replace", str(tmp_path / "backup.db"))
    assert (done.exit_code, "已恢复 · 申请 2 份" in done.stdout) == (0, True)
    assert len(list(settings.data.glob("tsheg.before-*.db"))) == 1


def test_request_gives_the_same_public_key_every_time(run: Run, settings: Settings):
    first, second = run("point", "request"), run("point", "request")
    assert first.stdout == second.stdout
    assert len(bytes.fromhex(json.loads(first.stdout)["public_key"])) == 32
    key = settings.keys / "point.key"
    assert key.stat().st_mode & 0o777 == 0o600
    assert key.read_bytes().hex() not in first.stdout


def test_a_point_is_enrolled_by_its_document_and_may_be_again(run: Run, app: Flask, settings: Settings, tmp_path: Path):
    with hub_for(settings, tmp_path / "hub") as hub:
        for _ in range(2):
            assert run("point", "enrol", "-", given=hub.document).exit_code == 0
        assert run("sync").exit_code == 0
    shown = run("point", "show")
    assert (shown.exit_code, "JL  示例服务点" in shown.stdout) == (0, True)
    assert json.loads(run("point", "request").stdout)["code"] == "JL"


def test_a_point_does_not_become_another(run: Run, hub: Hub):
    other = json.loads(hub.document)
    other["stamp"]["code"] = "RK"
    done = run("point", "enrol", "-", given=json.dumps(other).encode())
    assert (done.exit_code, "服务点JL" in done.stderr) == (1, True)


@pytest.mark.parametrize("change", [{"hub_url": "http://hub.example"}, {"hub_key": "AAAA"}, {"stamp": {}}, {"hub": 1}])
def test_it_refuses_a_document_it_cannot_trust(run: Run, settings: Settings, tmp_path: Path, change: dict[str, object]):
    with hub_for(settings, tmp_path / "hub") as hub:
        document = json.dumps(json.loads(hub.document) | change).encode()
    assert run("point", "enrol", "-", given=document).exit_code == 1
    assert run("point", "show").exit_code == 1


def test_it_starts_nowhere_but_in_a_folder_and_says_so(tmp_path: Path):
    (tmp_path / "file").write_text("")
    with pytest.raises(SystemExit, match="写不了文件"):
        create_app(Settings(data=tmp_path / "file" / "point"))


def test_nobody_else_on_this_machine_reads_the_records(app: Flask, settings: Settings):
    for folder in (settings.data, settings.keys):
        assert folder.stat().st_mode & 0o777 == 0o700
