"""Files at the hub, on both databases: taken piece by piece as announced, and shown at the desk."""

import hashlib
import json
from random import Random

import pytest
from sqlalchemy import Connection

from domain.canonical import canonical
from domain.uuid7 import new_uuid7
from hub.exchange import exchange
from hub.store import files
from hub.store.engine import read, write
from tests.browser import Browser
from tests.insurer import Counter, application, for_underwriter
from tests.photographs import announced
from wire.header import Held, Piece

DATA = Random(1).randbytes(5000)
DIGEST = hashlib.sha256(DATA).digest()


@pytest.fixture
def record(counter: Counter) -> str:
    """An application with two pictures that were announced."""
    record = for_underwriter(counter.stamp)
    counter.write(record)
    announce(counter, str(record.record_id), DATA)
    announce(counter, str(record.record_id), b"another", "signed-form")
    counter.send()
    return str(record.record_id)


def announce(counter: Counter, application: str, data: bytes, document: str = "invoice") -> None:
    counter.append(new_uuid7(), canonical(announced(data, application, document)), kind="attachment")


def send(counter: Counter, offset: int, data: bytes, digest: bytes = DIGEST, size: int = len(DATA)) -> Held:
    message = counter.message([], piece=Piece(digest=digest, size=size, offset=offset), data=data)
    return counter.open(exchange(counter.hub, message).body).header.files[0]


def both(connection: Connection, record: str) -> list[files.Announced]:
    """Return the pictures, the invoice first."""
    return sorted(files.of_application(connection, "JL", record), key=lambda one: one.document)


def test_pieces_become_the_file(counter: Counter, record: str):
    held = [send(counter, start, DATA[start : start + 1999]).held for start in range(0, 5000, 1999)]
    assert held == [1999, 3998, 5000]
    with read(counter.hub.engine) as connection:
        first, second = both(connection, record)
        assert (first.file.complete, second.file.held) == (True, 0)
        assert files.picture(connection, "JL", record, first.record_id) == ("image/webp", DATA)


def test_pieces_that_overlap_or_come_again_add_nothing(counter: Counter, record: str):
    assert send(counter, 0, DATA[:3000]).held == 3000
    assert send(counter, 1000, DATA[1000:2000]).held == 3000
    assert send(counter, 2500, DATA[2500:]).held == 5000
    assert send(counter, 0, DATA).held == 5000
    assert send(counter, 0, b"x" * 5000).held == 5000


def test_the_answer_to_a_question_names_every_file(counter: Counter, record: str):
    send(counter, 0, DATA[:100])
    other = hashlib.sha256(b"another").digest()
    asked = [Held(digest=digest) for digest in (DIGEST, other, bytes(32))]
    said = counter.open(exchange(counter.hub, counter.message([], files=asked)).body).header.files
    assert [(one.held, one.problem) for one in said] == [(100, ""), (0, ""), (0, "unannounced")]


def test_another_point_cannot_bring_or_ask_for_it(counter: Counter, record: str):
    send(counter, 0, DATA)
    other = Counter(counter.hub, "ZM").enrolled()
    assert send(other, 0, DATA).problem == "unannounced"


def test_what_no_reader_understands_announces_nothing(counter: Counter):
    for change in ({"media_type": "image/svg+xml"}, {"size": 2 << 20}, {"sha256": "0"}):
        body = json.loads(canonical(announced(DATA, new_uuid7()))) | change
        counter.append(new_uuid7(), canonical(body), kind="attachment")
    assert counter.send().header.ack
    assert send(counter, 0, DATA).problem == "unannounced"


def test_a_quota_counts_whole_files_before_their_first_byte(counter: Counter, record: str):
    object.__setattr__(counter.hub.settings, "point_files_bytes", 5006)
    assert send(counter, 0, DATA[:1]).held == 1
    other = hashlib.sha256(b"another").digest()
    assert send(counter, 0, b"a", other, 7).problem == "over_quota"
    assert send(counter, 1, DATA[1:]).held == 5000


def test_the_desk_shows_what_is_here_and_what_is_on_its_way(counter: Counter, record: str, desk: Browser):
    send(counter, 0, DATA[:2500])
    page = desk.get(f"/applications/JL/{record}").text
    assert "2张，已收到0张" in page
    assert "已收到50%" in page
    send(counter, 2500, DATA[2500:])
    page = desk.get(f"/applications/JL/{record}").text
    assert "2张，已收到1张" in page
    assert "签字盖章后的投保申请表" in page


def test_a_picture_is_served_as_nothing_else_and_only_to_who_is_signed_in(counter: Counter, record: str, desk: Browser):
    with read(counter.hub.engine) as connection:
        first, second = both(connection, record)
    url = f"/applications/JL/{record}/pictures/"
    assert desk.get(url + first.record_id).status_code == 404
    send(counter, 0, DATA)
    shown = desk.get(url + first.record_id)
    assert (shown.data, shown.mimetype) == (DATA, "image/webp")
    assert shown.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert (shown.headers["Cache-Control"], shown.headers["X-Content-Type-Options"]) == ("no-store", "nosniff")
    assert desk.get(url + second.record_id).status_code == 404
    elsewhere = application(counter.stamp)
    counter.write(elsewhere)
    counter.send()
    assert desk.get(f"/applications/JL/{elsewhere.record_id}/pictures/{first.record_id}").status_code == 404
    assert Browser(desk.application).get(url + first.record_id).status_code == 303


def test_wrong_bytes_are_thrown_away(counter: Counter, record: str):
    send(counter, 0, b"x" * 4000)
    assert send(counter, 4000, DATA[4000:]).held == 0
    assert send(counter, 0, DATA).held == 5000
    with write(counter.hub.engine) as connection:
        assert files.room_taken(connection, "JL") == 5000
