"""Anything at all may come in: it is refused in an orderly way, in bounded memory, and leaves nothing half done."""

import base64
import hashlib
import json
import logging
import tracemalloc
from collections.abc import Sequence
from contextlib import suppress
from typing import Any
from urllib.parse import quote

import msgspec
import pytest
from flask import Flask
from hypothesis import example, given, settings
from hypothesis import strategies as st

from domain.errors import FieldError
from domain.uuid7 import new_uuid7
from hub.installation import Installation
from sync.enrolment import read_document
from tests.browser import Browser
from tests.faults.tampering import Parts
from tests.insurer import Counter, lead
from tests.killing import often
from tests.test_columns import sample
from tests.test_hub_exchange import held
from wire.codec import compress
from wire.columns.entries import read_entries, write_entries
from wire.errors import MessageError
from wire.header import CODECS, Codec
from wire.keys import SigningKey
from wire.message import MAGIC, open_message

ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30) | st.sampled_from(
    ["", "\0", "JL\n", "x" * 9999]
)
NUMBERS = st.integers(-(2**70), 2**70) | st.floats(allow_nan=False) | st.sampled_from([0, 1, 2**31, 2**53, 2**64])
DIGEST = "A" * 43 + "="
LEAVES = st.none() | st.booleans() | NUMBERS | ANY_TEXT | st.just(DIGEST)
JSON = st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(ANY_TEXT, inner, max_size=4))
FIELDS = (
    "v", "suite", "sender", "receiver", "key_id", "nonce", "codec", "body_len", "body_sha256", "stream", "cursor",
    "ack", "problem", "accept", "room", "seal_to", "caught_up", "holds", "next_key", "piece", "files",
)  # fmt: skip
OF_STREAM = ("producer", "epoch", "from_seq", "to_seq", "prev_hash", "last_hash", "count")
CURSORS = st.fixed_dictionaries({"epoch": ANY_TEXT, "seq": st.integers(0, 2**53), "hash": st.just(DIGEST)})
ENROLMENT = ("stamp", "county", "licence", "hub", "hub_url", "hub_key", "hub_seal")
CODEC = st.sampled_from([*CODECS, "identity"])
SMALL, PEAK = 64 << 10, 4 << 20


def changes(names: Sequence[str], most: int = 2) -> st.SearchStrategy[dict[str, Any]]:
    """Draw new values for a few of the fields *names*."""
    return st.dictionaries(st.sampled_from(names), JSON, max_size=most)


def signed(key: SigningKey, honest: bytes, said: dict[str, Any], stream: dict[str, Any] | None = None) -> bytes:
    """Change the header of an *honest* message and sign it again, as only its sender could."""
    parts = Parts.of(honest)
    header = msgspec.json.decode(parts.header)
    if "stream" in header:
        header["stream"] |= stream or {}
    parts.header = json.dumps(header | said, ensure_ascii=False).encode()
    parts.signature = base64.b64encode(key.sign(MAGIC + parts.header))
    return parts.written()


def with_body(key: SigningKey, honest: bytes, codec: str, body: bytes) -> bytes:
    """Put another *body* into an *honest* message and sign it again."""
    parts = Parts.of(honest)
    parts.body = body
    digest = base64.b64encode(hashlib.sha256(body).digest()).decode()
    return signed(key, parts.written(), {"codec": codec, "body_len": len(body), "body_sha256": digest})


class Exchange:
    """The hub's ``POST /exchange`` and a point that may sign anything; what the hub throws comes out here."""

    def __init__(self, hub: Installation, line: Browser, point: Counter) -> None:
        self.hub, self.line, self.point = hub, line, point
        object.__setattr__(line.application.config["INSTALLATION"].settings, "requests_per_minute", 10**9)
        self.honest = point.message([point.write(lead(point.stamp)), point.append(new_uuid7(), b"{}")])

    def post(self, data: bytes) -> None:
        """Post *data*: the answer is in order and signed; all of it is stored, or nothing."""
        before = held(self.hub, "lead"), held(self.hub, "application")
        answer = self.line.post("/exchange", data=data)
        assert answer.status_code < 500
        said = open_message(answer.data, self.hub.key.public).header
        stored = held(self.hub, "lead") - before[0], held(self.hub, "application") - before[1]
        # A lead, and what calls itself an application and is none.
        assert stored == (0, 0) or (stored == (1, 1) and said.ack)


@pytest.fixture
def exchange(hub: Installation, hub_app: Flask, counter: Counter, caplog: pytest.LogCaptureFixture) -> Exchange:
    caplog.set_level(logging.CRITICAL)
    return Exchange(hub, Browser(hub_app), counter)


@settings(max_examples=often(100))
@given(said=changes(FIELDS), stream=changes(OF_STREAM), cursor=st.none() | CURSORS)
def test_the_hub_answers_any_header_that_a_point_signs(exchange: Exchange, said, stream, cursor):
    exchange.post(signed(exchange.point.key, exchange.honest, {"cursor": cursor} | said, stream))


@settings(max_examples=often(60))
@given(codec=CODEC, body=st.binary(max_size=300), packed=st.booleans())
def test_the_hub_answers_any_body_that_a_point_signs(exchange: Exchange, codec: Codec, body: bytes, packed: bool):
    exchange.post(with_body(exchange.point.key, exchange.honest, codec, compress(body, codec) if packed else body))


@settings(max_examples=often(60))
@given(data=st.binary(max_size=200), magic=st.booleans())
def test_the_hub_answers_any_bytes(exchange: Exchange, data: bytes, magic: bool):
    exchange.post(MAGIC * magic + data)


@settings(max_examples=often(300))
@given(said=changes(ENROLMENT), more=JSON)
def test_an_enrolment_document_is_read_or_refused(said: dict[str, Any], more: object):
    honest = {"county": "540234", "licence": "", "hub": "h", "hub_url": "https://h", "hub_key": DIGEST, "hub_seal": ""}
    stamp = {"code": "JL", "name": "示例", "kind": "cooperative"}
    for document in (honest | {"stamp": stamp} | said, more):
        with suppress(FieldError):
            assert read_document(json.dumps(document, ensure_ascii=False).encode()).hub_url.startswith("http")


@pytest.fixture(scope="module")
def columns() -> bytes:
    """Ten applications in columns."""
    return write_entries(sample(10))


@settings(max_examples=often(400))
@given(st.data())
def test_columns_are_read_or_refused_in_little_memory(columns: bytes, data: st.DataObject):
    changed = bytearray(columns[: SMALL // 2])
    for _ in range(data.draw(st.integers(1, 4))):
        changed[data.draw(st.integers(0, len(changed) - 1))] = data.draw(st.integers(0, 255))
    tracemalloc.start()
    try:
        with suppress(MessageError):
            read_entries(bytes(changed), data.draw(st.sampled_from([1, 10, 2000])), SMALL)
        assert tracemalloc.get_traced_memory()[1] < PEAK
    finally:
        tracemalloc.stop()


ADDRESSES = st.text(st.sampled_from("JL0-/%\0\n.\u0f40\U0010ffff"), max_size=12)


@settings(max_examples=often(100))
@example(point="JL", record="\0", page="\0")
@given(point=ADDRESSES, record=ADDRESSES, page=NUMBERS | ADDRESSES)
def test_no_address_breaks_the_desk(desk: Browser, point: str, record: str, page: object):
    for path in (f"/applications/{quote(point)}/{quote(record, safe='')}", f"/applications/{quote(point)}"):
        assert desk.get(path, query_string={"page": str(page)}).status_code < 500
