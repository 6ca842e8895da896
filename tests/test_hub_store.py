"""The hub's database: what it is created as, what can never change in it, and what can always be made again."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, create_engine, insert, inspect, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import DatabaseError, OperationalError

from domain.canonical import canonical
from domain.errors import Unavailable
from domain.uuid7 import new_uuid7
from hub.decisions import Subject, ask, decline
from hub.installation import Installation, open_installation
from hub.orders import unfreeze
from hub.store import journal, migrations, postgresql, projections, tables
from hub.store.engine import insert_all, open_engine, read, write
from hub.store.rebuilding import rebuild
from scripts import postgresql as private
from tests.desk import print_of
from tests.insurer import Counter, application, for_underwriter, lead, settings
from tests.photographs import announced
from tests.sample import PRODUCT, changed
from tests.tampering import run, tamper

PROJECTED = [table for kind in projections.KINDS.values() for table in kind.TABLES]


@pytest.fixture
def busy(counter: Counter) -> Counter:
    """A point of which everything that can happen has happened."""
    asked, declined = for_underwriter(counter.stamp), for_underwriter(counter.stamp)
    for record in (application(counter.stamp), asked, declined, for_underwriter(counter.stamp), lead(counter.stamp)):
        counter.write(record)
    counter.append(new_uuid7(), b"{}")
    counter.append(new_uuid7(), b"{}", kind="lead")
    counter.append(new_uuid7(), b"{}", kind="claim")
    counter.append(new_uuid7(), b"{}", kind="carried_out")
    counter.append(new_uuid7(), b"{}", kind="attachment")
    counter.append(new_uuid7(), canonical(announced(b"picture", str(asked.record_id))), kind="attachment")
    counter.append(new_uuid7(), b"{}", kind="print")
    counter.append(new_uuid7(), canonical(print_of(str(asked.record_id))), kind="print")
    counter.send()
    with write(counter.hub.engine) as connection:
        ask(connection, Subject("JL", str(asked.record_id), 1, ""), (PRODUCT.documents[0].id,), "示例")
        decline(connection, Subject("JL", str(declined.record_id), 1, ""), (PRODUCT.decline_reasons[0].text,), "示例")
    unfreeze(counter.hub, "JL", "示例")
    counter.write(changed(asked, clerk="示例"), revision=2)
    counter.write(changed(declined, clerk="示例"), revision=2)
    counter.send()
    return counter


def projected(connection: Connection) -> dict[str, list[tuple[object, ...]]]:
    return {table.name: sorted(map(tuple, connection.execute(table.select())), key=repr) for table in PROJECTED}


def test_what_people_search_can_be_made_again_from_the_journal(busy: Counter):
    with write(busy.hub.engine) as connection:
        before = projected(connection)
        assert all(before.values())
        assert rebuild(connection) == journal.size(connection)
        assert projected(connection) == before


def test_a_rebuild_repairs_what_was_damaged(busy: Counter):
    with write(busy.hub.engine) as connection:
        before = projected(connection)
        connection.execute(text("UPDATE application SET state = 'waiting', outcome = NULL"))
        connection.execute(text("DELETE FROM policy"))
        rebuild(connection)
        assert projected(connection) == before


@pytest.mark.parametrize("statement", ["UPDATE entry SET body = x'00'", "DELETE FROM entry WHERE seq = 1"])
def test_the_journal_cannot_be_changed(busy: Counter, statement: str):
    with pytest.raises(DatabaseError, match="append-only"), write(busy.hub.engine) as connection:
        run(connection, statement)


def test_every_chain_verifies(busy: Counter):
    with read(busy.hub.engine) as connection:
        assert journal.verify(connection) is None


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE entry SET body = x'7b7d' WHERE producer = 'JL' AND seq = 2",
        "UPDATE entry SET made_by = 'x' WHERE producer = 'hub/JL' AND seq = 1",
        "UPDATE entry SET salt = zeroblob(16) WHERE producer = 'JL' AND seq = 2",
        "DELETE FROM entry WHERE producer = 'JL' AND seq = 2",
        "DELETE FROM entry WHERE producer = 'JL' AND seq = 15",
        "UPDATE stream SET hash = zeroblob(32) WHERE producer = 'JL'",
    ],
)
def test_verify_finds_the_first_break(busy: Counter, damage: str):
    with write(busy.hub.engine) as connection:
        tamper(connection, damage)
        found = journal.verify(connection)
    assert found
    head, seq = found
    assert head.producer in damage
    assert seq in (1, 2, 3, 15)


def test_the_tables_are_what_the_queries_believe(hub: Installation):
    found = inspect(hub.engine)
    assert whole(found.get_table_names()) == set(tables.metadata.tables)
    for name, table in tables.metadata.tables.items():
        real = {column["name"]: type(column["type"]).__name__ for column in found.get_columns(name)}
        believed = {column.name: str(column.type) for column in table.columns}
        kinds = {"LargeBinary": "BLOB"} | ({"BIGINT": "INTEGER"} if hub.settings.server is None else {"BLOB": "BYTEA"})
        assert {column: kinds.get(kind, kind) for column, kind in believed.items()} == real


def whole(names: list[str]) -> set[str]:
    """Return the tables that are not a part of another."""
    return {name for name in names if not re.fullmatch("(entry|piece)_[0-9]+", name)}


def test_every_table_of_a_point_has_the_point_first_in_its_key(hub: Installation):
    found = inspect(hub.engine)
    keys = {name: found.get_pk_constraint(name)["constrained_columns"] for name in whole(found.get_table_names())}
    with_point = [name for name in keys if any(column["name"] == "point" for column in found.get_columns(name))]
    assert len(with_point) >= 9
    assert {keys[name][0] for name in with_point} == {"point"}


def test_no_table_numbers_its_rows_itself(hub: Installation):
    assert all(inspect(hub.engine).get_pk_constraint(name)["constrained_columns"] for name in tables.metadata.tables)


@contextmanager
def nowhere(kind: str, folder: Path) -> Iterator[URL]:
    """A database without a single table."""
    if kind == "sqlite":
        yield settings(folder).database_url
        return
    with private.database() as url:
        yield url


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_two_processes_may_start_at_once(kind: str, tmp_path: Path):
    with nowhere(kind, tmp_path) as url:
        engines = [open_engine(url) for _ in range(4)]
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(migrations.migrate, engines))
        with read(engines[0]) as connection:
            applied = connection.execute(tables.migration.select()).all()
        for engine in engines:
            engine.dispose()
    assert sorted(row.name for row in applied) == names(kind)


def test_both_databases_know_the_same_migrations():
    assert names("sqlite") == names("postgresql") != []


def names(kind: str) -> list[str]:
    return sorted(path.stem for path in (migrations.FOLDER / kind).glob("*.sql"))


def test_it_refuses_a_database_that_is_newer_than_the_program(hub: Installation):
    with write(hub.engine) as connection:
        connection.execute(insert(tables.migration).values(name="9999_future", applied_at=""))
    with pytest.raises(Unavailable) as refused:
        open_installation(hub.settings)
    assert refused.value.values["names"] == "9999_future"


def test_it_refuses_a_file_that_is_no_database(tmp_path: Path):
    (tmp_path / "hub").mkdir()
    settings(tmp_path / "hub").database.write_text("no database at all, whatever its name says")
    with pytest.raises(Unavailable) as refused:
        open_installation(settings(tmp_path / "hub"))
    assert refused.value.code == "store.cannot_open"


@pytest.mark.parametrize(
    ("name", "value"),
    [("journal_mode", "wal"), ("synchronous", 3), ("foreign_keys", 1), ("busy_timeout", 10_000), ("trusted_schema", 0)],
)
def test_every_connection_is_durable(tmp_path: Path, name: str, value: object):
    engine = open_engine(settings(tmp_path).database_url)
    with read(engine) as connection:
        assert connection.scalar(text(f"PRAGMA {name}")) == value
    engine.dispose()


def test_every_commit_waits_for_the_disk_whatever_the_server_prefers(on_server: Engine):
    careless = create_engine(on_server.url.update_query_dict({"options": "-c synchronous_commit=off"}))
    with write(careless) as connection:
        assert connection.scalar(text("SHOW synchronous_commit")) == "on"
    with write(careless, "JL") as connection:
        assert connection.scalar(text("SHOW synchronous_commit")) == "on"
    careless.dispose()


def test_a_stricter_server_stays_as_strict_as_it_is(on_server: Engine):
    strict = create_engine(on_server.url.update_query_dict({"options": "-c synchronous_commit=remote_apply"}))
    with write(strict, "JL") as connection:
        assert connection.scalar(text("SHOW synchronous_commit")) == "remote_apply"
    strict.dispose()


def test_it_refuses_a_server_that_does_not_write_through(on_server: Engine, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(postgresql, "MUST_BE_ON", ("fsync", "log_checkpoints", "data_checksums"))
    engine = open_engine(on_server.url)
    with pytest.raises(Unavailable) as refused, read(engine):
        pass
    assert refused.value.values["name"] == "data_checksums"


def test_two_points_write_at_once_and_one_point_one_after_the_other(on_server: Engine):
    with write(on_server, "JL"):
        with write(on_server, "ZM"):
            pass
        with pytest.raises(OperationalError), short_of_patience(on_server) as impatient, write(impatient, "JL"):
            pass
        with pytest.raises(OperationalError), short_of_patience(on_server) as impatient, write(impatient):
            pass


@contextmanager
def short_of_patience(engine: Engine) -> Iterator[Engine]:
    """The same server, where nobody waits longer than this."""
    impatient = create_engine(engine.url.update_query_dict({"options": "-c statement_timeout=200"}))
    try:
        yield impatient
    finally:
        impatient.dispose()


def test_a_database_error_shows_nobodys_data(hub: Installation):
    twice = [{"name": "示例·次仁", "passphrase_hash": "x", "added_at": ""}] * 2
    with pytest.raises(DatabaseError) as refused, write(hub.engine) as connection:
        connection.execute(insert(tables.staff), twice)
    assert "次仁" not in str(refused.value)


def test_many_rows_at_once_show_nobodys_data_either(hub: Installation):
    twice = [{"name": "示例·次仁", "passphrase_hash": "x", "added_at": ""}] * 2
    with pytest.raises(DatabaseError) as refused, write(hub.engine) as connection:
        insert_all(connection, tables.staff, twice)
    assert "次仁" not in str(refused.value)


def test_a_connection_that_breaks_under_many_rows_is_a_database_that_does_not_answer(on_server: Engine):
    row = {"name": "示例", "passphrase_hash": "x", "added_at": ""}
    with pytest.raises(OperationalError), write(on_server) as connection:
        with read(on_server) as other:
            other.execute(text("SELECT pg_terminate_backend(:pid, 10000)"), {"pid": pid(connection)})
        insert_all(connection, tables.staff, [row])
    with read(on_server) as connection:
        assert connection.execute(tables.staff.select()).all() == []


def pid(connection: Connection) -> int:
    return connection.scalar(text("SELECT pg_backend_pid()")) or 0
