"""PostgreSQL for tests and figures: the server that ``TSHEG_TEST_POSTGRES`` names, or a private one of this session.

The private one listens on a socket in a folder of its own, is started by whoever needs it first, and is
stopped and removed when the session ends. Everybody gets a database to himself.
"""

import fcntl
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex

from sqlalchemy import create_engine, text
from sqlalchemy.engine import URL, make_url

SERVER, FOLDER = "TSHEG_TEST_POSTGRES", "TSHEG_TEST_POSTGRES_FOLDER"
SMALL = """
listen_addresses = ''
shared_buffers = 16MB
max_connections = 100
max_wal_size = 256MB
autovacuum = off
"""


def reserve() -> None:
    """Choose the folder that all processes of this session share; nothing is started yet."""
    if not os.environ.get(SERVER) and FOLDER not in os.environ:
        os.environ[FOLDER] = tempfile.mkdtemp(prefix="tsheg-postgresql-")


def remove() -> None:
    """Stop the private server, if anybody started it."""
    folder = os.environ.pop(FOLDER, "")
    if folder:
        if Path(folder, "data/postmaster.pid").exists():
            run(Path(folder), "pg_ctl", "stop", "--mode=immediate", f"--pgdata={folder}/data")
        shutil.rmtree(folder)


@contextmanager
def private() -> Iterator[None]:
    """Hold the session's own server, where none was given."""
    reserve()
    try:
        yield
    finally:
        remove()


@contextmanager
def database() -> Iterator[URL]:
    """Make a database of one's own and drop it in the end."""
    url, name = server(), f"tsheg_{token_hex(6)}"
    execute(url, f"CREATE DATABASE {name} TEMPLATE template0")
    try:
        yield url.set(database=name)
    finally:
        execute(url, f"DROP DATABASE {name} WITH (FORCE)")


def server() -> URL:
    """Return the server's own database, the private server started if need be."""
    if given := os.environ.get(SERVER):
        return make_url(given)
    folder = Path(os.environ[FOLDER])
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "data/postmaster.pid").exists():
            _start(folder)
    return URL.create("postgresql+psycopg", owner(), database="postgres", query={"host": str(folder)})


def execute(url: URL, statement: str) -> None:
    """Run one statement outside any transaction."""
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()


def _start(folder: Path) -> None:
    shutil.chown(folder, owner())
    run(folder, "initdb", "--no-sync", "--auth=trust", "--locale=C.UTF-8", f"--pgdata={folder}/data")
    with (folder / "data/postgresql.conf").open("a") as settings:
        settings.write(f"{SMALL}unix_socket_directories = '{folder}'\n")
    run(folder, "pg_ctl", "start", "--wait", f"--pgdata={folder}/data", f"--log={folder}/log")


def run(folder: Path, program: str, *arguments: str) -> None:
    """Run one of the server's own programs as the user it may run as."""
    command, nothing = [_program(program), *arguments], subprocess.DEVNULL
    subprocess.run(command, check=True, user=owner(), cwd=folder, stdin=nothing, stdout=nothing)  # noqa: S603


def owner() -> str:
    """Return who may run the server."""
    # The server refuses to be root; Debian's package brings a user for it.
    return "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name


def _program(name: str) -> str:
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: float(path.parts[4]))
    return str(found[-1]) if found else shutil.which(name) or name
