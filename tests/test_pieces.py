"""Pictures on the line: after the records, in pieces that resume, whole by their hash, each once."""

import hashlib
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import select

from hub.store import tables
from hub.store.engine import read
from hub.store.files import of_application, picture
from store import attachments, deliveries
from store.connection import write
from sync.errors import WeakLine
from tests.killing import seeded
from tests.pair import Pair, new_pair, unchanged
from tests.photographs import announced
from wire.entry import Entry
from wire.header import Held, Piece
from wire.message import open_message, pack

LARGE = 150_000


@pytest.fixture
def pair(tmp_path: Path) -> Pair:
    return new_pair(tmp_path)


def some_bytes(size: int = LARGE, seed: int = 1) -> bytes:
    return Random(seed).randbytes(size)


def attach(pair: Pair, application: Entry, data: bytes) -> str:
    """Add a picture to a submitted application; return the record id of its entry."""
    attachments.add(pair.db, announced(data, application.record_id), data, "示例柜员")
    return attachments.of(pair.db, application.record_id)[-1].record_id


def at_the_hub(pair: Pair, application: Entry) -> list[bytes]:
    """Return the pictures that are whole at the hub."""
    with read(pair.hub.engine) as connection:
        shown = [one for one in of_application(connection, "JL", application.record_id) if one.file.complete]
        return [picture(connection, "JL", application.record_id, one.record_id)[1] for one in shown]


def states(pair: Pair, application: Entry) -> list[str]:
    return [one.sync for one in attachments.of(pair.db, application.record_id)]


def brought(pair: Pair) -> list[tuple[int, int]]:
    """Return offset and length of each piece that left."""
    messages = [open_message(message, pair.key.public) for message in pair.line.messages]
    return [(one.header.piece.offset, len(one.piece)) for one in messages if one.header.piece]


def test_a_picture_arrives_whole_and_only_then_it_counts_as_received(pair: Pair):
    (application,), data = pair.submit(), some_bytes()
    attach(pair, application, data)
    assert states(pair, application) == ["pending"]
    report = pair.exchange()
    assert (report.complete, report.files) == (True, 1)
    assert states(pair, application) == ["confirmed"]
    assert at_the_hub(pair, application) == [data]
    assert deliveries.load(pair.db) == deliveries.Load(total=1, received=1, bytes=0)
    proof = pair.db.execute("SELECT proof FROM delivery").fetchone()[0]
    assert hashlib.sha256(data).digest() in {
        file.digest for file in open_message(proof + b"\n", pair.hub.key.public).header.files
    }


def test_records_go_before_any_picture(pair: Pair):
    (application,) = pair.submit()
    attach(pair, application, some_bytes())
    pair.submit(3)
    pair.exchange()
    kinds = [
        "piece" if message.header.piece else "entries"
        for message in opened(pair)
        if message.header.piece or message.entries
    ]
    assert kinds == sorted(kinds)


def test_a_record_submitted_meanwhile_goes_before_the_next_piece(pair: Pair):
    (application,) = pair.submit()
    attach(pair, application, some_bytes())
    later: list[Entry] = []

    def submit_once(answer: bytes) -> bytes:
        if brought(pair) and not later:
            later.extend(pair.submit())
        return answer

    pair.line.down = submit_once
    assert pair.exchange().complete
    after = [message for message in opened(pair) if message.header.piece or message.entries]
    first = next(place for place, message in enumerate(after) if message.header.piece)
    assert after[first + 1].entries[0].record_id == later[0].record_id
    assert after[first + 2].header.piece


def opened(pair: Pair):
    return [open_message(message, pair.key.public) for message in pair.line.messages]


def test_the_same_picture_is_kept_and_sent_once(pair: Pair):
    one, other = pair.submit(2)
    data = some_bytes(1000)
    attach(pair, one, data)
    attach(pair, one, data)
    attach(pair, other, data)
    assert pair.db.execute("SELECT count(*) FROM picture").fetchone()[0] == 1
    pair.exchange()
    assert brought(pair) == [(0, 1000)]
    assert (at_the_hub(pair, one), at_the_hub(pair, other)) == ([data], [data])
    assert (states(pair, one), states(pair, other)) == (["confirmed"], ["confirmed"])


def test_nothing_is_sent_again_when_all_is_there_and_only_the_newest_is_asked_for(pair: Pair):
    (application,) = pair.submit()
    for number in range(3):
        attach(pair, application, some_bytes(1000, number))
    pair.exchange()
    pair.line.messages.clear()
    pair.exchange()
    assert len(pair.line.messages) == 1
    assert [file.digest for file in opened(pair)[0].header.files] == [hashlib.sha256(some_bytes(1000, 2)).digest()]


def test_after_a_broken_line_it_goes_on_where_the_hub_is(pair: Pair):
    (application,), data = pair.submit(), some_bytes(600_000)
    attach(pair, application, data)

    def break_after_two(answer: bytes) -> bytes:
        if len(brought(pair)) >= 2:
            raise WeakLine
        return answer

    pair.line.down = break_after_two
    assert pair.exchange().problem == "sync.weak_line"
    assert states(pair, application) == ["sent"]
    taken = sum(length for offset, length in brought(pair)[:2])
    pair.line.messages.clear()
    pair.line.down = unchanged
    assert pair.exchange().complete
    assert brought(pair)[0][0] >= taken
    assert at_the_hub(pair, application) == [data]


@pytest.mark.parametrize("run", range(4))
def test_a_line_that_breaks_anywhere_loses_and_doubles_nothing(pair: Pair, run: int):
    chance = seeded()
    applications = pair.submit(2)
    pictures = {
        one.record_id: [some_bytes(chance.randint(1, 90_000), chance.getrandbits(32)) for _ in range(2)]
        for one in applications
    }
    for one in applications:
        for data in pictures[one.record_id]:
            attach(pair, one, data)

    def trouble(data: bytes) -> bytes:
        match chance.randrange(5):
            case 0:
                raise WeakLine
            case 1:
                return data[: chance.randrange(len(data))]
            case 2 if pair.line.answers:
                return chance.choice([*pair.line.answers, *pair.line.messages])
        return data

    for _ in range(8):
        pair.line.up = pair.line.down = trouble
        pair.exchange()
        claimed = {
            one.about.digest
            for app in applications
            for one in attachments.of(pair.db, app.record_id)
            if one.sync == "confirmed"
        }
        there = {hashlib.sha256(data).digest() for app in applications for data in at_the_hub(pair, app)}
        assert claimed <= there
    pair.line.up = pair.line.down = unchanged
    assert pair.exchange().complete
    assert {one.record_id: sorted(at_the_hub(pair, one)) for one in applications} == {
        record: sorted(data) for record, data in pictures.items()
    }


def test_replaying_every_message_changes_nothing(pair: Pair):
    (application,), data = pair.submit(), some_bytes()
    attach(pair, application, data)
    pair.exchange()
    before = rows(pair)
    for message in [*pair.line.messages, *reversed(pair.line.messages)]:
        pair.line.send(message)
    assert rows(pair) == before


def rows(pair: Pair) -> list[tuple]:
    with read(pair.hub.engine) as connection:
        return [
            tuple(row)
            for table in (tables.file, tables.piece, tables.entry)
            for row in connection.execute(select(table))
        ]


def say(pair: Pair, piece: Piece, data: bytes) -> Held:
    message = pack(pair.key, sender="JL", receiver=pair.here.hub, nonce="n", piece=piece, data=data)
    return open_message(pair.line.send(message), pair.hub.key.public).header.files[0]


def test_only_what_an_accepted_entry_announced_is_stored(pair: Pair):
    data = some_bytes(100)
    piece = Piece(digest=hashlib.sha256(data).digest(), size=len(data), offset=0)
    assert say(pair, piece, data).problem == "unannounced"
    (application,) = pair.submit()
    attach(pair, application, data)
    assert say(pair, piece, data).problem == "unannounced"
    with read(pair.hub.engine) as connection:
        assert connection.execute(select(tables.file)).all() == []


def test_another_size_than_announced_is_not_stored(pair: Pair):
    (application,), data = pair.submit(), some_bytes(100)
    attach(pair, application, data)
    pair.line.up = only_records(pair)
    pair.exchange()
    pair.line.up = unchanged
    assert say(pair, Piece(digest=hashlib.sha256(data).digest(), size=101, offset=0), data).problem == "unannounced"


def only_records(pair: Pair):
    def change(message: bytes) -> bytes:
        if open_message(message, pair.key.public).header.piece:
            raise WeakLine
        return message

    return change


def test_wrong_bytes_are_thrown_away_at_the_end_and_it_begins_again(pair: Pair):
    (application,), data = pair.submit(), some_bytes(100)
    attach(pair, application, data)
    pair.line.up = only_records(pair)
    pair.exchange()
    pair.line.up = unchanged
    whole = Piece(digest=hashlib.sha256(data).digest(), size=100, offset=0)
    assert say(pair, whole, b"x" * 40).held == 40
    assert say(pair, whole, data).held == 0
    assert at_the_hub(pair, application) == []
    assert pair.exchange().complete
    assert at_the_hub(pair, application) == [data]


def test_a_piece_that_would_leave_a_hole_is_not_taken(pair: Pair):
    (application,), data = pair.submit(), some_bytes(100)
    attach(pair, application, data)
    pair.line.up = only_records(pair)
    pair.exchange()
    pair.line.up = unchanged
    piece = Piece(digest=hashlib.sha256(data).digest(), size=100, offset=50)
    assert say(pair, piece, data[50:]).held == 0


def test_a_point_over_its_quota_is_told_and_its_records_still_go(pair: Pair, monkeypatch: pytest.MonkeyPatch):
    (application,) = pair.submit()
    attach(pair, application, some_bytes(1000))
    object.__setattr__(pair.hub.settings, "point_files_bytes", 999)
    assert pair.exchange().problem == "sync.files_over_quota"
    assert pair.mark()[1] == 2
    assert states(pair, application) == ["pending"]


def test_a_hub_that_knows_no_files_gets_none_and_nothing_is_called_received(pair: Pair):
    (application,) = pair.submit()
    attach(pair, application, some_bytes(1000))
    pair.line.down = pair.restated()
    assert pair.exchange().problem == ""
    assert (brought(pair), states(pair, application)) == ([], ["pending"])


def test_a_forged_or_mistaken_word_makes_nothing_received(pair: Pair):
    (application,), data = pair.submit(), some_bytes(1000)
    attach(pair, application, data)
    digest = hashlib.sha256(data).digest()
    for held in (999, 1001, 2**40):
        pair.line.down = pair.restated(files=[Held(digest=digest, held=held)])
        pair.exchange()
        assert states(pair, application) != ["confirmed"]


def test_a_hub_that_lost_its_tail_is_asked_for_every_picture_again(pair: Pair):
    (application,), data = pair.submit(), some_bytes(1000)
    attach(pair, application, data)
    pair.exchange()
    with write(pair.db):
        deliveries.forget(pair.db)
    assert states(pair, application) == ["sent"]
    pair.line.messages.clear()
    assert pair.exchange().complete
    assert (brought(pair), states(pair, application)) == ([], ["confirmed"])


def test_a_picture_that_is_damaged_here_does_not_leave(pair: Pair):
    (application,) = pair.submit()
    attach(pair, application, some_bytes(1000))
    pair.db.execute("UPDATE picture SET data = zeroblob(1000)")
    assert pair.exchange().problem == "picture.damaged"
    assert brought(pair) == []


def test_what_travels_is_at_most_three_percent_more_than_the_picture(pair: Pair):
    (application,), data = pair.submit(), some_bytes(180_000)
    pair.exchange()
    attach(pair, application, data)
    pair.line.messages.clear()
    pair.line.answers.clear()
    pair.exchange()
    extra = sum(map(len, [*pair.line.messages, *pair.line.answers])) - len(data)
    assert extra <= 0.03 * len(data)
