"""The hub's settings: one frozen object, made once; nothing else in the hub reads the environment."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from wire.pin import is_pin

MOST = 10**9


class BadSetting(SystemExit):
    """A setting that cannot be used; names it and stops the start."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Where the hub keeps its data and how it behaves. Sizes are bytes, times as named, costs Argon2's own.

    Requests are counted in each worker by itself: those that prove themselves by point, the others by address.
    """

    data: Path
    server: URL | None = field(default=None, repr=False)
    port: int = 5001
    url: str = "http://127.0.0.1:5001"
    tls: tuple[str, ...] = ()
    idle_minutes: int = 15
    session_hours: int = 10
    secure_cookies: bool = False
    message_bytes: int = 1 << 20
    reply_bytes: int = 2 << 20
    reply_entries: int = 2000
    unproved_per_minute: int = 1200
    point_requests_per_minute: int = 600
    point_entries_per_hour: int = 50_000
    point_files_bytes: int = 20 << 30
    status_per_address: int = 30
    hash_memory_kib: int = 64 << 10
    hash_rounds: int = 3

    @property
    def database(self) -> Path:
        """The file of the embedded database."""
        return self.data / "hub.db"

    @property
    def database_url(self) -> URL:
        """The PostgreSQL server, where there is one, or the embedded database."""
        return self.server or URL.create("sqlite+pysqlite", database=str(self.database))

    @property
    def sticks(self) -> Path:
        """The folder of bundles that came on sticks, as they came: sealed."""
        return self.data / "sticks"

    @property
    def keys(self) -> Path:
        """The folder of secrets made at installation, readable by its owner only."""
        return self.data / "keys"

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> "Settings":
        """Read ``TSHEG_*`` and ``HUB_PORT``; raise BadSetting on a value that makes no sense."""
        root = Path(environ.get("TSHEG_DATA", "data")).absolute()
        port = _number(environ, "HUB_PORT", 5001, 1, 65535)
        return cls(
            data=Path(environ.get("TSHEG_HUB_DATA", root / "hub")).absolute(),
            server=_server(environ.get("TSHEG_HUB_DATABASE", "")),
            port=port,
            url=_url(environ, "TSHEG_HUB_URL", f"http://127.0.0.1:{port}"),
            tls=_pins(environ.get("TSHEG_HUB_TLS", "")),
            idle_minutes=_number(environ, "TSHEG_HUB_IDLE_MINUTES", 15, 1, 240),
            session_hours=_number(environ, "TSHEG_HUB_SESSION_HOURS", 10, 1, 24),
            secure_cookies=_number(environ, "TSHEG_SECURE_COOKIES", 0, 0, 1) == 1,
            unproved_per_minute=_number(environ, "TSHEG_HUB_UNPROVED_REQUESTS", 1200, 1, MOST),
            point_requests_per_minute=_number(environ, "TSHEG_HUB_POINT_REQUESTS", 600, 1, MOST),
            point_entries_per_hour=_number(environ, "TSHEG_HUB_POINT_ENTRIES", 50_000, 1, MOST),
            status_per_address=_number(environ, "TSHEG_STATUS_PER_ADDRESS", 30, 1, MOST),
            point_files_bytes=_number(environ, "TSHEG_HUB_FILES_GB", 20, 1, 100_000) << 30,
        )


def _number(environ: Mapping[str, str], name: str, default: int, low: int, high: int) -> int:
    text = environ.get(name, str(default))
    if not text.isascii() or not text.isdigit() or not low <= int(text) <= high:
        raise BadSetting(f"{name}={text!r}: 应为 {low}–{high} 的整数 / must be a whole number from {low} to {high}")
    return int(text)


def _server(text: str) -> URL | None:
    if not text:
        return None
    try:
        return server_url(text)
    except ValueError as error:
        raise BadSetting(f"TSHEG_HUB_DATABASE: {error}") from None


def server_url(text: str) -> URL:
    """Return the PostgreSQL server that *text* names; raise ValueError, which never shows a password."""
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        url = None
    if url is None or url.drivername != "postgresql+psycopg" or not url.database:
        raise ValueError("应为 postgresql+psycopg://…/数据库 / must be postgresql+psycopg://…/database")
    return url


def _pins(text: str) -> tuple[str, ...]:
    pins = tuple(text.split())
    if not all(map(is_pin, pins)):
        raise BadSetting(
            "TSHEG_HUB_TLS: 应为 flask --app hub tls-pin 的输出 / must be what flask --app hub tls-pin prints"
        )
    return pins


def _url(environ: Mapping[str, str], name: str, default: str) -> str:
    text = environ.get(name, default).rstrip("/")
    if not text.startswith(("http://", "https://")) or any(character.isspace() for character in text):
        raise BadSetting(f"{name}={text!r}: 应为 http:// 或 https:// 地址 / must be an http:// or https:// address")
    return text
