"""The line to the hub: what counts as an answer, and where nothing is sent at all."""

import base64
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from sync.errors import ExchangeFailed, WeakLine
from sync.transport import CONTENT_TYPE, Http, is_safe
from tests.certificates import Key, certificate, new_key, pin_of, with_key
from wire.message import LIMITS, MAGIC
from wire.pin import pin_of_file

ANSWER = MAGIC + b"{}\nsignature\n"
DRIPS = 100
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
def key() -> Key:
    return new_key()


@pytest.fixture
def serve_tls(server: Server, tmp_path: Path) -> Callable[[Key, bytes], str]:
    """Let the server show a certificate; return its address."""

    def serve_tls(key: Key, shown: bytes) -> str:
        pem = tmp_path / "server.pem"
        pem.write_bytes(with_key(key, shown))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(pem)
        server.socket = context.wrap_socket(server.socket, server_side=True)
        return server.url.replace("http:", "https:")

    return serve_tls


@pytest.fixture
def tls_server(server: Server, key: Key, serve_tls: Callable[[Key, bytes], str]) -> Server:
    serve_tls(key, certificate(key))
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


def dripping(piece: bytes, *, headers: bool = False) -> Reply:
    def reply(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.0 200 OK\r\n")
        if not headers:
            handler.wfile.write(f"Content-Type: {CONTENT_TYPE}\r\n\r\n".encode())
        with suppress(ConnectionError):
            for _ in range(DRIPS):
                handler.wfile.write(piece)
                time.sleep(0.05)
            handler.wfile.write(b"\r\n" * headers)

    return reply


@pytest.mark.parametrize(
    "reply",
    [cut, silent, dripping(b"x" * (16 << 10)), dripping(b"x"), dripping(b"X-More: x\r\n", headers=True)],
    ids=["breaks", "stalls", "drips in pieces", "drips by bytes", "drips headers"],
)  # fmt: skip
def test_a_line_that_breaks_stalls_or_drips_is_weak(server: Server, reply: Reply):
    server.reply, began = reply, time.monotonic()
    with pytest.raises(WeakLine):
        Http(server.url, read_seconds=0.4, total_seconds=0.4).send(b"message")
    assert time.monotonic() - began < DRIPS * 0.05


def test_a_handshake_that_drips_is_weak():
    def drip() -> None:
        line, _ = listening.accept()
        with suppress(OSError), line:
            line.sendall(b"\x16\x03\x03\x40\x00\x02\x00\x3f\xfc")
            for _ in range(DRIPS):
                line.sendall(b"x")
                time.sleep(0.05)

    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=drip, daemon=True).start()
        began = time.monotonic()
        with pytest.raises(WeakLine):
            Http(f"https://127.0.0.1:{listening.getsockname()[1]}", total_seconds=0.4).send(b"message")
        assert time.monotonic() - began < DRIPS * 0.05


def test_a_kept_connection_outlives_the_time_of_one_request(server: Server, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(_Handler, "protocol_version", "HTTP/1.1")
    line = Http(server.url, total_seconds=0.4)
    assert line.send(b"one") == ANSWER
    time.sleep(0.6)
    assert line.send(b"two") == ANSWER
    server.reply = dripping(b"x")
    with pytest.raises(WeakLine):
        line.send(b"three")


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


def test_a_certificate_nobody_vouches_for_is_enough_where_its_key_is_pinned(
    server: Server, key: Key, serve_tls: Callable[[Key, bytes], str]
):
    url = serve_tls(key, certificate(key))
    line = Http(url, (pin_of_file(certificate(key)),))
    assert [line.send(b"message"), line.send(b"again")] == [ANSWER, ANSWER]


def test_one_of_two_pins_is_enough(server: Server, key: Key, serve_tls: Callable[[Key, bytes], str]):
    url = serve_tls(key, certificate(key))
    reserve = pin_of_file(certificate(new_key()))
    assert Http(url, (reserve, pin_of_file(certificate(key)))).send(b"message") == ANSWER


def test_the_date_of_a_certificate_does_not_matter_where_its_key_is_pinned(
    server: Server, key: Key, serve_tls: Callable[[Key, bytes], str]
):
    expired = certificate(key, until=-timedelta(days=1))
    assert Http(serve_tls(key, expired), (pin_of_file(expired),)).send(b"message") == ANSWER


def test_another_key_is_not_the_hub_whoever_vouches_for_it(
    server: Server, key: Key, serve_tls: Callable[[Key, bytes], str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    authority = new_key()
    (tmp_path / "authority.pem").write_bytes(certificate(authority))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    url = serve_tls(key, certificate(key, authority))
    assert Http(url).send(b"trusted") == ANSWER
    with pytest.raises(ExchangeFailed) as failed:
        Http(url, (pin_of_file(certificate(authority)),)).send(b"secret")
    assert failed.value.code == "sync.certificate"
    assert [body for _, body in server.requests] == [b"trusted"]


def test_a_pin_lets_nobody_without_the_private_key_in(server: Server, key: Key, serve_tls: Callable[[Key, bytes], str]):
    thief = new_key()
    url = serve_tls(thief, certificate(thief))
    with pytest.raises(ExchangeFailed):
        Http(url, (pin_of_file(certificate(key)),)).send(b"message")
    assert server.requests == []


def test_a_pin_is_what_openssl_makes_of_the_same_key(key: Key, tmp_path: Path):
    (tmp_path / "hub.pem").write_bytes(certificate(key))
    made = "openssl x509 -in hub.pem -pubkey -noout | openssl pkey -pubin -outform der | openssl dgst -sha256 -binary"
    digest = subprocess.run(["sh", "-c", made], cwd=tmp_path, capture_output=True, check=True).stdout
    assert pin_of(key) == pin_of_file(certificate(key)) == base64.b64encode(digest).decode()


def test_plain_http_on_this_machine_has_no_key_to_pin(server: Server):
    assert Http(server.url, ("A" * 43 + "=",)).send(b"message") == ANSWER
