"""Carry one message to the hub and its answer back. Only bytes with our own magic count as an answer."""

import errno
import socket
import ssl
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar
from urllib.parse import urlsplit

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import ConnectTimeoutError, HTTPError, NameResolutionError, SSLError

from sync.errors import LONGEST_WAIT, ExchangeFailed, WeakLine
from sync.in_time import Watch
from wire.message import LIMITS, MAGIC
from wire.pin import pin_of_certificate

Kind = TypeVar("Kind", bound=HTTPConnection)

CONTENT_TYPE = "application/octet-stream"
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
CHUNK = 16 << 10
UNREACHABLE = {errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN}


class Transport(Protocol):
    """Something that brings a message to the hub and the answer back."""

    def send(self, message: bytes) -> bytes:
        """Return the answer to *message*; raise ExchangeFailed."""


def is_safe(url: str) -> bool:
    """Say whether records may go to *url*: HTTPS, or plain HTTP that never leaves this machine."""
    parts = urlsplit(url)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)


@dataclass(frozen=True)
class Http:
    """The hub's ``POST /exchange`` at *url*. Seconds to connect, between two bytes, and in all.

    With *pins* only a server that holds one of these keys is the hub; without, a certificate must prove it.
    """

    url: str
    pins: tuple[str, ...] = ()
    connect_seconds: float = 10
    read_seconds: float = 30
    total_seconds: float = 240
    watch: Watch = field(init=False, compare=False)
    pool: urllib3.PoolManager = field(init=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "watch", Watch(self.total_seconds))
        object.__setattr__(self, "pool", _connections(self.pins, self.watch))

    def send(self, message: bytes) -> bytes:
        """Post *message*; follow no redirect, try only once, read no more than a message may have."""
        if not is_safe(self.url):
            raise ExchangeFailed("sync.insecure")
        try:
            with self.watch:
                return self._exchange(message)
        except SSLError as error:
            raise (WeakLine() if self.watch.late else ExchangeFailed("sync.certificate")) from error
        except ConnectTimeoutError as error:
            raise ExchangeFailed("sync.no_network" if _is_offline(error) else "sync.no_link") from error
        except HTTPError as error:
            raise WeakLine from error

    def _exchange(self, message: bytes) -> bytes:
        response = self.pool.request(
            "POST",
            f"{self.url.rstrip('/')}/exchange",
            body=message,
            headers={"Content-Type": CONTENT_TYPE, "Accept": CONTENT_TYPE},
            timeout=urllib3.Timeout(connect=self.connect_seconds, read=self.read_seconds),
            redirect=False,
            preload_content=False,
        )
        try:
            return _answer(response, self._read(response))
        finally:
            response.close()

    def _read(self, response: urllib3.BaseHTTPResponse) -> bytes:
        data = b""
        for chunk in response.stream(CHUNK, decode_content=False):
            data += chunk
            if len(data) > LIMITS.message:
                raise ExchangeFailed("sync.too_large")
        if self.watch.late:
            raise WeakLine
        return data


def _is_offline(error: ConnectTimeoutError) -> bool:
    cause = error.__cause__
    return isinstance(error, NameResolutionError) or (isinstance(cause, OSError) and cause.errno in UNREACHABLE)


def _connections(pins: tuple[str, ...], watch: Watch) -> urllib3.PoolManager:
    class Plain(HTTPConnectionPool):
        ConnectionCls = _watched(HTTPConnection, watch)

    class Secret(HTTPSConnectionPool):
        ConnectionCls = _watched(pinned(pins) if pins else HTTPSConnection, watch)

    manager = urllib3.PoolManager(retries=False, ssl_context=_any_certificate() if pins else None)
    manager.pool_classes_by_scheme = {"http": Plain, "https": Secret}
    return manager


def _watched(kind: type[Kind], watch: Watch) -> type[Kind]:
    class Watched(kind):  # type: ignore[valid-type,misc]
        def _new_conn(self) -> socket.socket:
            line: socket.socket = super()._new_conn()
            watch.over(line)
            return line

        def request(self, *arguments: Any, **more: Any) -> None:
            if self.sock is not None:  # kept from the request before
                watch.over(self.sock)
            super().request(*arguments, **more)

    return Watched


def pinned(pins: tuple[str, ...]) -> type[HTTPSConnection]:
    """Return connections that end before their first byte unless the server has proved to hold a key of *pins*."""

    class Pinned(HTTPSConnection):
        def connect(self) -> None:
            super().connect()
            _require(self, pins)
            self.is_verified = True

    return Pinned


def _any_certificate() -> ssl.SSLContext:
    # The handshake still proves that the server holds the key in the certificate it shows.
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def _require(connection: HTTPSConnection, pins: tuple[str, ...]) -> None:
    certificate = connection.sock.getpeercert(binary_form=True) if isinstance(connection.sock, ssl.SSLSocket) else None
    if not certificate or _pin(certificate) not in pins:
        connection.close()
        raise ssl.SSLError("the server's key is not the one that was pinned")


def _pin(certificate: bytes) -> str:
    try:
        return pin_of_certificate(certificate)
    except ValueError:
        return ""


def _answer(response: urllib3.BaseHTTPResponse, data: bytes) -> bytes:
    is_message = response.headers.get("Content-Type", "").split(";")[0].strip() == CONTENT_TYPE
    if is_message and data.startswith(MAGIC):
        return data
    if response.status in (429, 503):
        raise ExchangeFailed("sync.busy", _seconds(response.headers.get("Retry-After", "")))
    raise ExchangeFailed("sync.portal" if response.status < 400 else "sync.hub_error")


def _seconds(text: str) -> float:
    return min(float(text), LONGEST_WAIT) if text.isascii() and text.isdigit() else 0
