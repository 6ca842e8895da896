"""What runs on the two machines: the hub behind TLS, as an insurer would serve it, and the point that calls it."""

import asyncio
import dataclasses
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import waitress

import hub
from settings import Settings
from store import installation
from store.connection import connect
from sync.exchange import Report, exchange
from sync.once import point_key
from sync.transport import Http
from tests import insurer
from tests.faults.namespaces import FAR, enter

Tell = Callable[[object], None]
PORT, INSIDE = 8443, 8080
PIECE = 16 << 10
LONGEST = 600
URL = f"https://{FAR}:{PORT}"


@dataclass
class Counted:
    """A transport that counts the bytes of the messages it carries both ways."""

    http: Http
    carried: int = 0

    def send(self, message: bytes) -> bytes:
        """Carry *message*."""
        answer = self.http.send(message)
        self.carried += len(message) + len(answer)
        return answer


def serve(tell: Tell, namespace: str, data: Path, certificate: Path) -> None:
    """Serve the hub inside, and TLS in front of it."""
    enter(namespace)
    plenty = dataclasses.replace(insurer.settings(data), unproved_per_minute=10**9, point_requests_per_minute=10**9)
    server = waitress.create_server(hub.create_app(plenty), host="127.0.0.1", port=INSIDE, threads=2)
    threading.Thread(target=server.run, daemon=True).start()
    asyncio.run(_front(tell, certificate))


def call(tell: Tell, namespace: str, data: Path, certificate: Path) -> None:
    """Exchange until all is confirmed; tell the seconds it took, the bytes of all messages, and how often it failed."""
    enter(namespace)
    here = Settings(data=data)
    db = connect(here.database)
    http = Http(URL)
    http.pool.connection_pool_kw["ca_certs"] = str(certificate)
    line = Counted(http)
    began, failures = time.monotonic(), 0
    while time.monotonic() < began + LONGEST:
        report: Report = exchange(db, point_key(here.keys), installation.get(db), line)
        if report.complete:
            tell((time.monotonic() - began, line.carried, failures))
            return
        failures += 1
    tell(None)


async def _front(tell: Tell, certificate: Path) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server = await asyncio.start_server(_pass_on, FAR, PORT, ssl=context)
    tell("ready")
    await server.serve_forever()


async def _pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    inner_reader, inner_writer = await asyncio.open_connection("127.0.0.1", INSIDE)
    await asyncio.gather(_copy(reader, inner_writer), _copy(inner_reader, writer), return_exceptions=True)


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while data := await reader.read(PIECE):
            writer.write(data)
            await writer.drain()
    finally:
        writer.close()
