"""PostgreSQL: many writers, one at a time for each point, every commit on disk before it returns."""

from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL, ExceptionContext

from domain.errors import Unavailable

READ = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
MUST_BE_ON = ("fsync", "full_page_writes")
DURABLE = ("on", "remote_apply")
CONNECTIONS, LONGEST_WAIT = 8, 10

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
        connect_args={"prepare_threshold": None, "connect_timeout": LONGEST_WAIT},
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


def _say_no_more(context: ExceptionContext) -> None:
    # What follows the first line quotes the row.
    for error in (context.original_exception, context.sqlalchemy_exception):
        if error is not None:
            error.args = (str(error.args[0]).split("\n", 1)[0] if error.args else "",)


def _write_text(connection: Any, _record: object) -> None:
    from psycopg.types.string import StrDumper  # here, so that a hub on SQLite does without the driver

    class WithoutNul(StrDumper):
        # The server's text has no NUL: who asks for such a text finds nothing.
        def dump(self, text: str) -> Any:
            return super().dump(text.replace("\0", "\N{REPLACEMENT CHARACTER}"))

    connection.adapters.register_dumper(str, WithoutNul)


def _require_durable(connection: Any, _record: object) -> None:
    for name in MUST_BE_ON:
        if connection.execute(f"SHOW {name}").fetchone()[0] != "on":
            connection.close()
            raise Unavailable("store.setting_refused", name=name)
    connection.rollback()
