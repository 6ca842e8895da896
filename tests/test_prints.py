"""Prints in the journal: what they say, what a changed paper says, and what older journals said."""

import json
from datetime import date
from pathlib import Path

import msgspec
import pytest
from sqlite_utils import Database

from domain.activity import Action
from domain.print import Difference, Print, Reprint, differences
from domain.uuid7 import new_uuid7
from domain.words import Change, PaperSize, PrintReason, ScriptOrder
from hub.store import journal as hub_journal
from hub.store.engine import read
from hub.store.engine import write as write_hub
from store import activity, erasure, history, journal, pile, prints, signatures
from store.clock import now
from store.connection import write
from store.pile import Wanted
from store.rehearsal import differing, digests
from store.staff import Staff
from tests.desk import print_of, taken
from tests.enrolment import enrol
from tests.erasing import ordered_erasure, secret
from tests.erasing import taken as taken_by
from tests.pair import Pair, new_pair
from wire.entry import Revision

SUBJECT = "01936b2e-7c00-7000-8000-000000000001"
FIRST = print_of(SUBJECT)


def keep(db: Database, about: Print, by: str = "clerk") -> str:
    record_id = new_uuid7()
    with write(db):
        prints.append(db, record_id, about, by)
    return record_id


@pytest.mark.parametrize(
    ("changes", "what", "shown"),
    [
        ({"revision": 2}, Change.REVISION, "1 → 2"),
        ({"product": "sample/2"}, Change.PRODUCT, "sample/1 → sample/2"),
        ({"program": "0.2.0"}, Change.LAYOUT, "0.1.0 → 0.2.0"),
        ({"answer": new_uuid7()}, Change.ANSWER, ""),
        ({}, Change.SETTINGS, ""),
    ],
)
def test_it_names_what_can_make_two_prints_differ(changes: dict, what: Change, shown: str):
    since = {what: date(2026, 11, 21)}
    [found] = differences(FIRST, print_of(SUBJECT, **changes), since)
    assert (found.what, found.shown) == (what, shown)
    assert found.since == (None if what is Change.SETTINGS else date(2026, 11, 21))


def test_everything_that_changed_is_named_at_once():
    now = print_of(SUBJECT, revision=3, product="sample/2", program="0.2.0")
    assert [one.what for one in differences(FIRST, now, {})] == [Change.REVISION, Change.PRODUCT, Change.LAYOUT]


def test_a_reprint_says_when_the_first_was_in_the_time_of_the_place():
    assert Reprint(first_at="2026-11-20T16:05:59Z").first == "2026-11-21 00:05"


def test_it_is_kept_with_who_and_when_and_found_by_its_record(db: Database, clerk: Staff):
    enrol(db)
    about = print_of(SUBJECT, reason=PrintReason.OTHER, words="示例", reprint=Reprint(
        first_at="2026-11-20T16:05:59Z", reason=PrintReason.OTHER,
        differences=(Difference(what=Change.LAYOUT, before="1", now="2", since=date(2026, 11, 21)),),
    ))  # fmt: skip
    print_id = keep(db, about, clerk.id)
    keep(db, print_of(new_uuid7()))
    [kept] = prints.of(db, SUBJECT)
    assert (kept.record_id, kept.made_by, kept.about) == (print_id, clerk.id, about)
    assert prints.find(db, print_id) == kept
    assert journal.verify(db) == []


def test_the_same_print_again_changes_nothing(db: Database):
    enrol(db)
    print_id = keep(db, FIRST)
    with write(db):
        prints.append(db, print_id, FIRST, "clerk")
    assert len(prints.of(db, SUBJECT)) == 1


@pytest.mark.parametrize("changes", [
    {"order": ScriptOrder.BO}, {"size": PaperSize.A5}, {"revision": 2}, {"paper": "receipt"},
])  # fmt: skip
def test_another_look_has_a_first_of_its_own(db: Database, changes: dict):
    enrol(db)
    keep(db, FIRST)
    other = msgspec.structs.replace(FIRST, **changes)
    assert prints.first(prints.of(db, SUBJECT), other) is None
    first = keep(db, other)
    keep(db, other)
    found = prints.first(prints.of(db, SUBJECT), other)
    assert found and found.record_id == first


def test_what_a_newer_point_adds_is_ignored(db: Database):
    body = json.dumps(msgspec.to_builtins(FIRST) | {"copies": 3}).encode()
    assert msgspec.json.decode(body, type=Print) == FIRST


def test_a_journal_from_before_prints_had_entries_still_says_that_something_was_printed(db: Database, clerk: Staff):
    enrol(db)
    record = taken(db)
    activity.note(db, clerk.id, Action.PRINTED, str(record.record_id))
    [event] = [one for one in history.of(db, str(record.record_id)) if one.what == "printed"]
    assert (event.detail, event.who) == ("", clerk.id)
    assert signatures.is_printed(db, str(record.record_id), 1)
    with write(db):
        before = digests(db)
        journal.rebuild(db)
        assert digests(db) == before


def test_a_rebuild_gives_the_same(db: Database, tmp_path: Path):
    enrol(db)
    record = taken(db)
    for revision in (1, 2):
        keep(db, print_of(str(record.record_id), revision=revision))
    assert differing(db, tmp_path, "") == []
    with write(db):
        db.execute("DELETE FROM print")
        journal.rebuild(db)
    assert len(prints.of(db, str(record.record_id))) == 2


@pytest.fixture
def pair(tmp_path: Path) -> Pair:
    pair = new_pair(tmp_path)
    assert pair.exchange().complete
    return pair


def test_an_erased_record_takes_its_prints_along_at_the_point_and_at_the_hub(pair: Pair, tmp_path: Path):
    record, other = taken_by(pair, secret()), pair.submit()[0]
    mine, theirs = str(record.record_id), other.record_id
    for subject in (mine, theirs):
        keep(pair.db, print_of(subject, reason=PrintReason.OTHER, words="绝密示例"))
        pile.put(pair.db, Wanted(subject, "receipt", ScriptOrder.BO), "clerk")
    pair.exchange()
    ordered_erasure(pair, record)
    pair.exchange()
    assert prints.of(pair.db, mine) == [] and len(prints.of(pair.db, theirs)) == 1
    assert [one.wanted.application for one in pile.everything(pair.db)] == [theirs]
    bodies = [row[0] for row in pair.db.execute("SELECT body FROM journal WHERE kind = 'print'")]
    with read(pair.hub.engine) as connection:
        bodies += [one.entry.body for one in hub_journal.everything(connection) if one.entry.kind == "print"]
    assert sorted(mine.encode() in body for body in bodies) == [False] * 4
    assert sum(b"" == bytes(body) for body in bodies) == 2
    assert journal.verify(pair.db) == []
    assert differing(pair.db, tmp_path, "") == []


def test_a_print_the_hub_has_not_signed_for_holds_the_erasure_up(pair: Pair):
    record = taken_by(pair, secret())
    pair.exchange()
    keep(pair.db, print_of(str(record.record_id)))
    assert not erasure.is_confirmed(pair.db, str(record.record_id))
    pair.exchange()
    assert erasure.is_confirmed(pair.db, str(record.record_id))


def test_the_hub_keeps_a_print_in_words_it_does_not_know(pair: Pair):
    body = json.dumps(msgspec.to_builtins(FIRST) | {"reason": "flood", "form_version": 9}).encode()
    with write(pair.db):
        journal.append(pair.db, Revision(
            record_id=new_uuid7(), kind="print", revision=1, form_version=9, made_at=now(), made_by="x", body=body,
        ))  # fmt: skip
    assert pair.exchange().complete
    with write_hub(pair.hub.engine) as connection:
        assert connection.exec_driver_sql("SELECT application, paper FROM print").all() == [(SUBJECT, "application")]
