"""Bugs planted on purpose: points that believe too much, a line that signs. Whoever counts must find each of them."""

import msgspec
import pytest
from sqlite_utils import Database

from domain.application import Application
from domain.reference import reference_for
from domain.uuid7 import new_uuid7
from hub.installation import Installation
from store import applications
from store import exchange as marks
from store.connection import write
from sync import signed
from sync.exchange import Report
from tests.faults.call import Call
from tests.faults.kinds import MESSAGE, Fault, http
from tests.faults.outpost import Outpost, honestly
from wire.entry import Entry
from wire.header import Ack, Header, Stream
from wire.keys import PublicKey
from wire.message import Message, open_message, pack


def believing_any_page(point: Outpost, url: str) -> Report:
    """Take any page that is no error for an acknowledgement of what was offered."""
    report = honestly(point, url)
    if report.problem == "sync.portal":
        with write(point.db):
            for entry in marks.next_batch(point.db, 1 << 20, 1000):
                marks.record_ack(point.db, _ack(entry), b"")
    return report


def typing_it_again(point: Outpost, url: str) -> Report:
    """Enter the newest application once more, as a new one, when the exchange failed."""
    report = honestly(point, url)
    if report.problem and point.taken:
        body = point.db.execute("SELECT body FROM journal WHERE record_id = ?", [point.taken[-1]]).fetchone()[0]
        anew = new_uuid7()
        application = msgspec.structs.replace(
            msgspec.json.decode(body, type=Application), record_id=anew, reference=reference_for(anew, point.code, 2026)
        )
        with write(point.db):
            applications.append(point.db, application, "示例柜员")
    return report


def believing_any_acknowledgement(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look neither at the nonce of an answer nor at what it acknowledges: all that was offered is confirmed."""

    def opened(data: bytes, public_key: PublicKey, **_expected: str) -> Message:
        return open_message(data, public_key)

    def confirm(db: Database, _said: Ack, proof: bytes) -> bool:
        return all(record_ack(db, _ack(entry), proof) for entry in marks.next_batch(db, 1 << 20, 1000))

    record_ack = marks.record_ack
    monkeypatch.setattr(signed, "open_reply", opened)
    monkeypatch.setattr(marks, "record_ack", confirm)


def signing_for_what_never_arrives(hub: Installation) -> Fault:
    """Return the fault of a line that has the hub's own key and acknowledges without bringing anything there."""

    async def sign(call: Call) -> None:
        message = (await call.request()).partition(b"\r\n\r\n")[2]
        asked = msgspec.json.decode(message.split(b"\n")[1], type=Header)
        ack = _ack_of_stream(asked.stream) if asked.stream else None
        answer = pack(hub.key, sender=hub.name, receiver=asked.sender, nonce=asked.nonce, ack=ack)
        await call.say(http(b"200 OK", answer, MESSAGE))

    return sign


def _ack(entry: Entry) -> Ack:
    return Ack(producer=entry.producer, epoch=entry.epoch, seq=entry.seq, hash=entry.hash, hub_time="")


def _ack_of_stream(stream: Stream) -> Ack:
    return Ack(producer=stream.producer, epoch=stream.epoch, seq=stream.to_seq, hash=stream.last_hash, hub_time="")
