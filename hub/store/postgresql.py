"""PostgreSQL: many writers, one at a time for each point, every commit on disk before it returns."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import BigInteger, Connection, Engine, LargeBinary, Table, Text, create_engine, event, text
from sqlalchemy.engine import URL, ExceptionContext
from sqlalchemy.exc import DBAPIError

from domain.errors import Unavailable

READ = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
MUST_BE_ON = ("fsync", "full_page_writes")
DURABLE = ("on", "remote_apply")
CONNECTIONS, LONGEST_WAIT = 8, 10
# Of several hosts the one that takes writes: a standby would answer reads with what was true a moment ago.
CONNECT = {"prepare_threshold": None, "connect_timeout": LONGEST_WAIT, "target_session_attrs": "read-write"}
TYPES = {Text: "text", BigInteger: "int8", LargeBinary: "bytea"}

# Set for this transaction alone, in the same round trip as the lock: a connection pool between us and the
# server would let a setting of the session slip into somebody else's.
SETTINGS = """set_config('lock_timeout', '10s', true), set_config('synchronous_commit',
    CASE current_setting('synchronous_commit') WHEN 'remote_apply' THEN 'remote_apply' ELSE 'on' END, true)"""
LOCK_ALL = text(f"SELECT {SETTINGS}, pg_advisory_xact_lock(20738, 0)")
LOCK_ONE = text(
    f"SELECT {SETTINGS}, pg_advisory_xact_lock_shared(20738, 0), pg_advisory_xact_lock(hashtextextended(:only, 0))"
)


def open_engine(url: URL) -> Engine:
    """Return an engine on a server; every new connection raises Unavailable where a power cut would lose commits."""
    engine = create_engine(
        url,
        pool_size=CONNECTIONS,
        max_overflow=0,
        pool_timeout=LONGEST_WAIT,
        pool_pre_ping=True,  # after a fail-over the next request finds the new primary
        hide_parameters=True,
        connect_args=CONNECT,
    )
    event.listen(engine, "connect", _require_durable)
    event.listen(engine, "connect", _write_text)
    event.listen(engine, "handle_error", _say_no_more)
    return engine


def lock(connection: Connection, only: str) -> None:
    """Begin a durable transaction: wait until nobody else writes *only* the same, or, where it is empty, anything.

    Raises Unavailable when the server does not take the durability setting; a wait ends after ten seconds.
    """
    held = connection.execute(LOCK_ONE, {"only": only}) if only else connection.execute(LOCK_ALL)
    if held.one()[1] not in DURABLE:
        raise Unavailable("store.setting_refused", name="synchronous_commit")


def run(connection: Connection, script: str) -> None:
    """Run a script of many statements, exactly as it is written."""
    connection.connection.cursor().execute(script)


def copy(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Insert *rows* by COPY, binary: half the time of as many INSERTs, and nothing is left in the session."""
    columns = [table.c[name] for name in rows[0]]
    names = ", ".join(column.name for column in columns)
    # Asked of the connection: a hub on SQLite does without the 20 MB of the driver.
    refused = connection.dialect.loaded_dbapi.Error
    try:
        with connection.connection.cursor().copy(f"COPY {table.name} ({names}) FROM STDIN (FORMAT BINARY)") as stream:
            stream.set_types([TYPES[type(column.type)] for column in columns])
            for row in rows:
                stream.write_row(tuple(row.values()))
    except refused as error:
        _shorten(error)
        raise DBAPIError.instance("COPY", None, error, refused, hide_parameters=True) from None


def _say_no_more(context: ExceptionContext) -> None:
    for error in (context.original_exception, context.sqlalchemy_exception):
        if error is not None:
            _shorten(error)


def _shorten(error: BaseException) -> None:
    # What follows the first line quotes the row.
    error.args = (str(error.args[0]).split("\n", 1)[0] if error.args else "",)


def _write_text(connection: Any, _record: object) -> None:
    # The driver is there only where there is a server.
    from hub.store.nul import DUMPERS

    for dumper in DUMPERS:
        connection.adapters.register_dumper(str, dumper)


def _require_durable(connection: Any, _record: object) -> None:
    for name in MUST_BE_ON:
        if connection.execute(f"SHOW {name}").fetchone()[0] != "on":
            connection.close()
            raise Unavailable("store.setting_refused", name=name)
    connection.rollback()
