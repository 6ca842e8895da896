"""Another suite is a line in a table; who lacks it says what it speaks. And so with versions of the message."""

import base64
from dataclasses import dataclass
from typing import ClassVar

import msgspec
import pytest
from cryptography.hazmat.primitives import hashes

from domain.errors import FieldError
from hub.enrolment import enrol
from hub.exchange import exchange
from hub.installation import Installation
from hub.store.points import Point
from sync.enrolment import read_document
from tests.insurer import Counter, lead
from wire.errors import BadSignature, Unsupported
from wire.header import VERSION, VERSIONS, ProblemCode, Speaks
from wire.keys import SUITE, PublicKey, SigningKey
from wire.message import MAGIC, open_message, pack
from wire.suites import SUITES, Suite

SYNTHETIC = "ed25519/sm3"
SPEAKS = Speaks(versions=tuple(VERSIONS), suites=(SUITE,))


@dataclass(frozen=True)
class OtherPublicKey(PublicKey):
    """The public half of a key of the synthetic suite."""

    suite: ClassVar[str] = SYNTHETIC


class OtherKey(SigningKey):
    """A key of a suite that no program speaks by itself."""

    @property
    def public(self) -> OtherPublicKey:
        """The half to hand out."""
        return OtherPublicKey(super().public.raw)


def sm3(data: bytes) -> bytes:
    digest = hashes.Hash(hashes.SM3())
    digest.update(data)
    return digest.finalize()


@pytest.fixture
def spoken(monkeypatch) -> None:
    """Let this program speak the synthetic suite."""
    monkeypatch.setitem(SUITES, SYNTHETIC, Suite(OtherPublicKey, sm3))


@pytest.fixture
def other(hub: Installation, spoken) -> Counter:
    """A point with a key of that suite."""
    return Counter(hub, key=OtherKey.generate()).enrolled()


def header(message: bytes) -> dict[str, object]:
    return dict(msgspec.json.decode(message.split(b"\n")[1]))


def changed(key: SigningKey, message: bytes, **fields: object) -> bytes:
    """Sign *message* again with other fields in its header."""
    _, said, _, body = message.split(b"\n", 3)
    signed = MAGIC + msgspec.json.encode(msgspec.json.decode(said) | fields)
    return b"\n".join((signed, base64.b64encode(key.sign(signed)), body))


def test_a_point_of_another_suite_is_served_and_the_digest_is_the_suites(other: Counter):
    other.write(lead(other.stamp))
    message = other.message(other.entries)
    body = message.split(b"\n", 3)[3]
    assert header(message)["suite"] == SYNTHETIC
    assert header(message)["body_sha256"] == base64.b64encode(sm3(body)).decode()
    assert other.send().header.ack


def test_whoever_lacks_the_suite_says_what_it_speaks(hub: Installation, other: Counter, monkeypatch):
    message = other.message([other.write(lead(other.stamp))])
    monkeypatch.delitem(SUITES, SYNTHETIC)
    answer = exchange(hub, message)
    said = open_message(answer.body, hub.key.public).header
    assert (answer.status, said.problem and said.problem.code) == (400, ProblemCode.UNSUPPORTED)
    assert said.speaks == SPEAKS


@pytest.mark.parametrize("version", [VERSION - 1, VERSION + 1])
def test_a_version_it_does_not_know_is_refused_by_naming_those_it_knows(counter: Counter, version: int):
    message = changed(counter.key, counter.message([counter.write(lead(counter.stamp))]), v=version)
    said = open_message(exchange(counter.hub, message).body, counter.hub.key.public).header
    assert said.problem
    assert (said.problem.code, said.speaks) == (ProblemCode.UNSUPPORTED, SPEAKS)
    assert counter.send().header.ack


def test_only_who_is_not_understood_is_told_what_is_spoken(counter: Counter):
    assert counter.send([]).header.speaks is None


def test_a_key_is_of_one_suite(spoken):
    key = SigningKey.generate()
    message = pack(key, sender="JL", receiver="hub", nonce="n")
    with pytest.raises(BadSignature):
        open_message(message, OtherPublicKey(key.public.raw))


def test_a_point_refuses_a_hub_of_a_suite_it_does_not_know(hub: Installation):
    document = msgspec.json.encode(enrol(hub, Point(Counter(hub).stamp, "540234", ""), SigningKey.generate().public))
    assert read_document(document).hub_public == hub.key.public
    with pytest.raises(FieldError, match="unreadable"):
        read_document(document.replace(SUITE.encode(), b"sm2/sm3"))


def test_a_document_of_before_the_suites_means_the_first(hub: Installation):
    document = enrol(hub, Point(Counter(hub).stamp, "540234", ""), SigningKey.generate().public)
    old = {name: value for name, value in msgspec.to_builtins(document).items() if name != "hub_suite"}
    assert read_document(msgspec.json.encode(old)).hub_public == hub.key.public


def test_an_unknown_suite_is_not_opened():
    key = SigningKey.generate()
    message = changed(key, pack(key, sender="JL", receiver="hub", nonce="n"), suite="sm2/sm3")
    with pytest.raises(Unsupported):
        open_message(message, key.public)


def test_a_reason_of_a_newer_hub_is_still_a_refusal():
    assert msgspec.json.decode(b'"later"', type=ProblemCode) is ProblemCode.OTHER
