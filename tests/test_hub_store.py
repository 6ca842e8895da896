"""The hub's database: what it is created as, what can never change in it, and what can always be made again."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Connection, insert, inspect, text
from sqlalchemy.exc import DatabaseError

from domain.errors import Unavailable
from domain.uuid7 import new_uuid7
from hub.decisions import Subject, ask, decline
from hub.installation import Installation, open_installation
from hub.store import journal, migrations, projections, tables
from hub.store.engine import open_engine, read, write
from tests.insurer import Counter, application, for_underwriter, lead, settings
from tests.sample import PRODUCT, changed

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
    counter.send()
    with write(counter.hub.engine) as connection:
        ask(connection, Subject("JL", str(asked.record_id), 1, ""), (PRODUCT.documents[0].id,), "示例")
        decline(connection, Subject("JL", str(declined.record_id), 1, ""), (PRODUCT.decline_reasons[0].text,), "示例")
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
        assert journal.rebuild(connection) == journal.size(connection)
        assert projected(connection) == before


def test_a_rebuild_repairs_what_was_damaged(busy: Counter):
    with write(busy.hub.engine) as connection:
        before = projected(connection)
        connection.execute(text("UPDATE application SET state = 'waiting', outcome = NULL"))
        connection.execute(text("DELETE FROM policy"))
        journal.rebuild(connection)
        assert projected(connection) == before


@pytest.mark.parametrize("statement", ["UPDATE entry SET body = x'00'", "DELETE FROM entry WHERE seq = 1"])
def test_the_journal_cannot_be_changed(busy: Counter, statement: str):
    with pytest.raises(DatabaseError, match="append-only"), write(busy.hub.engine) as connection:
        connection.execute(text(statement))


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
        "DELETE FROM entry WHERE producer = 'JL' AND seq = 10",
        "UPDATE stream SET hash = zeroblob(32) WHERE producer = 'JL'",
    ],
)
def test_verify_finds_the_first_break(busy: Counter, damage: str):
    with write(busy.hub.engine) as connection:
        connection.execute(text("DROP TRIGGER entry_is_never_changed"))
        connection.execute(text("DROP TRIGGER entry_is_never_deleted"))
        connection.execute(text(damage))
        found = journal.verify(connection)
    assert found
    head, seq = found
    assert head.producer in damage
    assert seq in (1, 2, 3, 10)


def test_the_tables_are_what_the_queries_believe(hub: Installation):
    found = inspect(hub.engine)
    assert set(found.get_table_names()) == set(tables.metadata.tables)
    for name, table in tables.metadata.tables.items():
        real = {column["name"]: type(column["type"]).__name__ for column in found.get_columns(name)}
        believed = {column.name: str(column.type) for column in table.columns}
        assert {column: kind.replace("LargeBinary", "BLOB") for column, kind in believed.items()} == real


def test_every_table_of_a_point_has_the_point_first_in_its_key(hub: Installation):
    found = inspect(hub.engine)
    keys = {name: found.get_pk_constraint(name)["constrained_columns"] for name in found.get_table_names()}
    with_point = [name for name in keys if any(column["name"] == "point" for column in found.get_columns(name))]
    assert len(with_point) == 8
    assert {keys[name][0] for name in with_point} == {"point"}


def test_no_table_numbers_its_rows_itself(hub: Installation):
    assert all(inspect(hub.engine).get_pk_constraint(name)["constrained_columns"] for name in tables.metadata.tables)


def test_two_processes_may_start_at_once(tmp_path: Path):
    engines = [open_engine(tmp_path / "hub.db") for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(migrations.migrate, engines))
    with read(engines[0]) as connection:
        applied = connection.execute(tables.migration.select()).all()
    assert sorted(row.name for row in applied) == sorted(path.stem for path in migrations.FOLDER.glob("*.sql"))


def test_it_refuses_a_database_that_is_newer_than_the_program(tmp_path: Path, hub: Installation):
    with write(hub.engine) as connection:
        connection.execute(insert(tables.migration).values(name="9999_future", applied_at=""))
    with pytest.raises(Unavailable) as refused:
        open_installation(settings(tmp_path / "hub"))
    assert refused.value.values["names"] == "9999_future"


@pytest.mark.parametrize(
    ("name", "value"),
    [("journal_mode", "wal"), ("synchronous", 3), ("foreign_keys", 1), ("busy_timeout", 10_000), ("trusted_schema", 0)],
)
def test_every_connection_is_durable(hub: Installation, name: str, value: object):
    with read(hub.engine) as connection:
        assert connection.scalar(text(f"PRAGMA {name}")) == value


def test_a_database_error_shows_nobodys_data(hub: Installation):
    twice = [{"name": "示例·次仁", "passphrase_hash": "x", "added_at": ""}] * 2
    with pytest.raises(DatabaseError) as refused, write(hub.engine) as connection:
        connection.execute(insert(tables.staff), twice)
    assert "次仁" not in str(refused.value)
