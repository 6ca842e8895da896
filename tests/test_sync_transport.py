"""The line to the hub: what counts as an answer, and where nothing is sent at all."""

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ed25519
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from sync.errors import ExchangeFailed, WeakLine
from sync.transport import CONTENT_TYPE, Http, is_safe
from wire.message import LIMITS, MAGIC

ANSWER = MAGIC + b"{}\nsignature\n"
Reply = Callable[[BaseHTTPRequestHandler], None]


class Server(ThreadingHTTPServer):
    """A server on this machine that answers as a test wants and keeps what it was sent."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.reply: Reply = answer()
        self.requests: list[tuple[str, bytes]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Handler(BaseHTTPRequestHandler):
    server: Server

    def do_POST(self) -> None:
        self.server.requests.append((self.path, self.rfile.read(int(self.headers["Content-Length"]))))
        self.server.reply(self)

    def log_message(self, *_values: object) -> None:
        pass


def answer(status: int = 200, body: bytes = ANSWER, content_type: str = CONTENT_TYPE, **headers: str) -> Reply:
    def reply(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in {"Content-Type": content_type, "Content-Length": str(len(body)), **headers}.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return reply


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as server:
        threading.Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def tls_server(server: Server, tmp_path: Path) -> Server:
    key = ed25519.Ed25519PrivateKey.generate()
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), now, now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, None)
    )
    pem = tmp_path / "server.pem"
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    pem.write_bytes(private + certificate.public_bytes(Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    return server


def test_it_brings_a_message_and_its_answer(server: Server):
    assert Http(server.url).send(b"message") == ANSWER
    assert server.requests == [("/exchange", b"message")]


def test_it_takes_a_signed_refusal_as_an_answer(server: Server):
    server.reply = answer(409)
    assert Http(server.url).send(b"") == ANSWER


@pytest.mark.parametrize(
    ("reply", "code"),
    [
        (answer(200, b"<html>Wi-Fi</html>", "text/html"), "sync.portal"),
        (answer(200, b"<html>Wi-Fi</html>"), "sync.portal"),
        (answer(200, ANSWER, "text/html"), "sync.portal"),
        (answer(200, b""), "sync.portal"),
        (answer(302, b"", Location="http://login.example/"), "sync.portal"),
        (answer(404, b"not here", "text/plain"), "sync.hub_error"),
        (answer(500, b"broken", "text/html"), "sync.hub_error"),
        (answer(429, b"", Retry_After="7"), "sync.busy"),
        (answer(503, b"", Retry_After="tomorrow"), "sync.busy"),
        (answer(200, ANSWER + b"x" * LIMITS.message), "sync.too_large"),
    ],
)
def test_it_takes_nothing_else_for_an_answer(server: Server, reply: Reply, code: str):
    server.reply = reply
    with pytest.raises(ExchangeFailed) as failed:
        Http(server.url).send(b"message")
    assert failed.value.code == code


def test_it_does_not_follow_where_it_is_sent(server: Server):
    with Server() as elsewhere:
        server.reply = answer(307, b"", Location=f"{elsewhere.url}/exchange")
        threading.Thread(target=elsewhere.serve_forever, args=[0.01], daemon=True).start()
        with pytest.raises(ExchangeFailed):
            Http(server.url).send(b"message")
        elsewhere.shutdown()
        assert elsewhere.requests == []


def test_it_tries_only_once(server: Server):
    server.reply = answer(503, b"")
    with pytest.raises(ExchangeFailed):
        Http(server.url).send(b"message")
    assert len(server.requests) == 1


@pytest.mark.parametrize(("asked", "seconds"), [("7", 7), ("86400", 900), ("-1", 0), ("", 0), ("٣", 0)])
def test_it_waits_as_long_as_the_hub_asks_within_reason(server: Server, asked: str, seconds: float):
    server.reply = answer(429, b"", Retry_After=asked.encode().decode("latin-1"))
    with pytest.raises(ExchangeFailed) as failed:
        Http(server.url).send(b"message")
    assert failed.value.retry_after == seconds


def test_a_closed_port_is_no_link():
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        with pytest.raises(ExchangeFailed) as failed:
            Http(f"http://127.0.0.1:{closed.getsockname()[1]}").send(b"message")
    assert failed.value.code == "sync.no_link"


def test_a_machine_without_a_network_says_so():
    with pytest.raises(ExchangeFailed) as failed:
        Http("https://hub.invalid").send(b"message")
    assert failed.value.code == "sync.no_network"


def cut(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", CONTENT_TYPE)
    handler.send_header("Content-Length", str(len(ANSWER) + 100))
    handler.end_headers()
    handler.wfile.write(ANSWER)
    handler.close_connection = True


def silent(handler: BaseHTTPRequestHandler) -> None:
    time.sleep(1)


def dripping(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", CONTENT_TYPE)
    handler.end_headers()
    for _ in range(100):
        handler.wfile.write(b"x" * (16 << 10))
        time.sleep(0.05)


@pytest.mark.parametrize("reply", [cut, silent, dripping])
def test_a_line_that_breaks_stalls_or_drips_is_weak(server: Server, reply: Reply):
    server.reply = reply
    with pytest.raises(WeakLine):
        Http(server.url, read_seconds=0.2, total_seconds=0.2).send(b"message")


def test_it_sends_nothing_to_an_address_that_is_not_safe(server: Server):
    unsafe = server.url.replace("127.0.0.1", "127.0.0.2")
    with pytest.raises(ExchangeFailed) as failed:
        Http(unsafe).send(b"message")
    assert (failed.value.code, server.requests) == ("sync.insecure", [])


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://hub.example", True),
        ("http://127.0.0.1:5001", True),
        ("http://localhost:5001", True),
        ("http://[::1]:5001", True),
        ("http://hub.example", False),
        ("http://192.168.1.5", False),
        ("http://localhost.example", False),
        ("ftp://localhost", False),
        ("", False),
    ],
)
def test_only_https_or_this_machine_is_safe(url: str, safe: bool):
    assert is_safe(url) is safe


def test_a_certificate_nobody_vouches_for_is_refused(tls_server: Server):
    with pytest.raises(ExchangeFailed) as failed:
        Http(tls_server.url.replace("http:", "https:")).send(b"message")
    assert (failed.value.code, tls_server.requests) == ("sync.certificate", [])
