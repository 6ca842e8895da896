"""The message: what is proved before anything is believed."""

import base64
import gzip
import hashlib
from itertools import pairwise
from random import Random
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wire import opening
from wire.entry import GENESIS, SALT_BYTES, Entry, Revision, first_break, place
from wire.errors import BadSignature, Foreign, Malformed, MessageError, TooLarge, Unsupported
from wire.header import Ack, Cursor, Header, Problem, ProblemCode
from wire.keys import PublicKey, SigningKey
from wire.lines import write_lines
from wire.message import LIMITS, MAGIC, Limits, open_message, open_reply, pack, read_claim

KEY = SigningKey(bytes(range(32)))
OTHER = SigningKey(bytes(range(1, 33)))


def entry(seq: int, previous: Entry | None = None, body: bytes = b'{"name":"\xe6\x89\x8e\xe8\xa5\xbf"}') -> Entry:
    revision = Revision(
        record_id=f"record-{seq}",
        kind="application",
        revision=1,
        form_version=1,
        made_at="2026-11-20T09:00:00+08:00",
        made_by="示例 柜员",
        body=body,
    )
    prev_hash = previous.hash if previous else GENESIS
    return place(revision, producer="NLZX", epoch="e1", seq=seq, prev_hash=prev_hash, salt=bytes([seq]) * SALT_BYTES)


def chain(length: int) -> list[Entry]:
    entries: list[Entry] = []
    for seq in range(1, length + 1):
        entries.append(entry(seq, entries[-1] if entries else None))
    return entries


def packed(entries: list[Entry], **changes: object) -> bytes:
    settings = {"sender": "NLZX", "receiver": "hub-1", "nonce": "n-1"} | changes
    return pack(KEY, entries=entries, **settings)  # type: ignore[arg-type]


def forged(key: SigningKey = KEY, body: bytes = b"", **changes: Any) -> bytes:
    """Sign a header of our own making over *body*, as a careless or hostile producer could."""
    honest = msgspec.json.decode(packed(chain(2), codecs=("gzip",)).split(b"\n")[1])
    header = honest | {"body_len": len(body), "body_sha256": base64.b64encode(hashlib.sha256(body).digest()).decode()}
    signed = MAGIC + msgspec.json.encode(header | changes)
    return b"\n".join((signed, base64.b64encode(key.sign(signed)), body))


def test_it_returns_what_was_packed():
    entries = chain(3)
    cursor = Cursor(epoch="d1", seq=7, hash=b"\1" * 32)
    opened = open_message(packed(entries, cursor=cursor), KEY.public)
    assert list(opened.entries) == entries
    assert opened.header.cursor == cursor
    assert first_break(opened.entries) is None


def test_it_carries_an_acknowledgement_and_a_problem_without_entries():
    ack = Ack(producer="NLZX", epoch="e1", seq=3, hash=b"\2" * 32, hub_time="2026-11-20T01:00:00Z")
    problem = Problem(code=ProblemCode.GAP, seq=3, hash=b"\2" * 32)
    opened = open_message(packed([], ack=ack, problem=problem), KEY.public)
    assert (opened.header.ack, opened.header.problem, opened.entries) == (ack, problem, ())


def test_it_makes_the_same_bytes_of_the_same_content():
    assert packed(chain(2)) == packed(chain(2))


def test_it_continues_a_stream_in_the_middle():
    entries = chain(5)
    assert list(open_message(packed(entries[2:]), KEY.public).entries) == entries[2:]


def test_it_sends_no_hash_that_the_other_side_can_compute():
    assert entry(1).hash.hex().encode() not in write_lines([entry(1)])
    assert b"body_hash" not in write_lines([entry(1)])


def test_it_reads_the_claim_without_a_key():
    claim = read_claim(packed([]))
    assert (claim.sender, claim.key_id, claim.nonce) == ("NLZX", KEY.public.key_id, "n-1")


def test_it_refuses_every_changed_byte():
    data = packed(chain(2))
    chance = Random(7)
    for position in range(len(data)):
        changed = bytearray(data)
        changed[position] ^= 1 << chance.randrange(8)
        with pytest.raises(MessageError):
            open_message(bytes(changed), KEY.public)


def test_it_refuses_every_shorter_and_longer_message():
    data = packed(chain(2))
    for wrong in (data + b"\n", data + b"\0", *(data[:length] for length in range(len(data)))):
        with pytest.raises(MessageError):
            open_message(wrong, KEY.public)


def test_it_refuses_another_key():
    with pytest.raises(BadSignature):
        open_message(packed(chain(1)), OTHER.public)


def test_it_refuses_a_signature_by_another_key_under_the_right_key_id():
    with pytest.raises(BadSignature):
        open_message(forged(OTHER), KEY.public)


def test_it_proves_the_signature_before_it_expands_the_body(monkeypatch):
    monkeypatch.setattr(opening, "read_body", lambda *_: pytest.fail("expanded before the signature was proved"))
    with pytest.raises(BadSignature):
        open_message(packed(chain(1)), OTHER.public)


def test_it_refuses_a_decompression_bomb_without_expanding_it():
    bomb = gzip.compress(b"\0" * (LIMITS.body * 12), mtime=0)
    assert len(bomb) < LIMITS.message
    with pytest.raises(TooLarge):
        open_message(forged(body=bomb), KEY.public)


@pytest.mark.parametrize("limits", [Limits(message=200), Limits(body=50), Limits(entries=2)])
def test_it_refuses_what_is_over_a_limit(limits: Limits):
    with pytest.raises(TooLarge):
        open_message(packed(chain(3)), KEY.public, limits)


@pytest.mark.parametrize("change", [{"v": 2}, {"suite": "sm2/sm3"}, {"codec": "zstd"}])
def test_it_refuses_an_unknown_version_suite_or_codec(change: dict[str, Any]):
    with pytest.raises(Unsupported):
        open_message(forged(**change), KEY.public)


@pytest.mark.parametrize(
    "body",
    [
        gzip.compress(write_lines(chain(3))),
        gzip.compress(write_lines(chain(1))),
        gzip.compress(write_lines(reversed(chain(2)))),
        gzip.compress(write_lines(chain(2))) + b"more",
        gzip.compress(write_lines(chain(1)) + b"{}\n"),
        gzip.compress(write_lines(chain(1)) + b"[" * 100_000 + b"\n"),
        gzip.compress(write_lines(chain(1)) + b"\xff\n"),
        gzip.compress(write_lines(chain(2)))[:-4],
        b"not gzip",
    ],
)
def test_it_refuses_a_signed_body_that_contradicts_its_stream(body: bytes):
    with pytest.raises(Malformed):
        open_message(forged(body=body), KEY.public)


def test_it_refuses_a_body_without_a_stream():
    with pytest.raises(Malformed):
        open_message(forged(body=gzip.compress(write_lines(chain(2))), stream=None), KEY.public)


def test_it_keeps_a_header_field_it_does_not_know_out_of_the_way():
    body = gzip.compress(write_lines(chain(2)), mtime=0)
    assert len(open_message(forged(body=body, later={"x": 1}), KEY.public).entries) == 2


@pytest.mark.parametrize("wrong", [{"sender": "hub-2"}, {"receiver": "RKZX"}, {"nonce": "n-0"}])
def test_it_refuses_an_old_or_foreign_answer(wrong: dict[str, str]):
    reply = pack(KEY, sender="hub-1", receiver="NLZX", nonce="n-1")
    expected: dict[str, Any] = {"sender": "hub-1", "receiver": "NLZX", "nonce": "n-1"}
    assert isinstance(open_reply(reply, KEY.public, **expected).header, Header)
    with pytest.raises(Foreign):
        open_reply(reply, KEY.public, **(expected | wrong))


@given(st.binary(max_size=400))
def test_it_refuses_any_noise(noise: bytes):
    for data in (noise, MAGIC + noise):
        with pytest.raises(MessageError):
            open_message(data, KEY.public)


BODIES = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


@given(
    st.lists(BODIES, min_size=1, max_size=5),
    st.integers(1, 10**6),
    st.sampled_from(["columns/br", "columns/deflate-1", "gzip", "identity"]),
)
def test_it_round_trips_any_text(bodies: list[str], first: int, codec: str):
    entries: list[Entry] = []
    for seq, body in enumerate(bodies, start=first):
        revision = Revision(
            record_id="r", kind="k", revision=1, form_version=1, made_at="t", made_by="示例", body=body.encode()
        )
        prev_hash = entries[-1].hash if entries else b"\3" * 32
        entries.append(place(revision, producer="P", epoch="e", seq=seq, prev_hash=prev_hash, salt=b"\4" * SALT_BYTES))
    opened = open_message(packed(entries, codecs=(codec,)), KEY.public)
    assert list(opened.entries) == entries
    assert all(later.prev_hash == earlier.hash for earlier, later in pairwise(opened.entries))


def test_a_key_survives_being_written_down():
    assert PublicKey.from_hex(KEY.public.hex) == KEY.public
    assert SigningKey(KEY.raw).public == KEY.public


def test_a_key_id_is_the_start_of_its_sha256():
    assert KEY.public.key_id == hashlib.sha256(KEY.public.raw).hexdigest()[:16]


@pytest.mark.parametrize("text", ["", "zz", "00" * 31, "00" * 33])
def test_it_refuses_a_public_key_of_another_length(text: str):
    with pytest.raises(ValueError):
        PublicKey.from_hex(text)


def test_a_private_key_never_shows_itself():
    assert KEY.raw.hex() not in repr(KEY)
    assert str(KEY.raw) not in repr(KEY)


def test_two_new_keys_differ():
    assert SigningKey.generate().raw != SigningKey.generate().raw
