"""Bugs of the protocol, to be planted one at a time: the simulation must find each of them."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import count
from typing import Any

import pytest
from msgspec import structs
from sqlalchemy import Connection
from sqlite_utils import Database

from hub import downward, intake, judgement, set_back, taking
from hub.store import journal, streams
from hub.store.engine import write as hub_write
from store import exchange as marks
from store import inbox, installation
from store import journal as point_journal
from store.streams import ours
from wire.entry import Entry
from wire.header import Ack, Cursor

Plant = Callable[[pytest.MonkeyPatch], None]


def the_point_counts_what_it_sent_as_confirmed(patch: pytest.MonkeyPatch) -> None:
    def confirm(db: Database, entry: Entry) -> None:
        ack = Ack(producer=entry.producer, epoch=entry.epoch, seq=entry.seq, hash=entry.hash, hub_time="")
        marks.record_ack(db, ack, b"")

    patch.setattr(marks, "mark_sent", confirm)


def the_point_goes_on_after_what_it_sent(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(marks, "ours", lambda db: [structs.replace(one, acked=one.sent) for one in ours(db)])


def the_point_ignores_a_gap(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(marks, "rewind", lambda *_: False)


def the_point_ignores_a_fork(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(marks, "freeze", lambda *_: None)


def the_point_sends_only_its_newest_stream(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(marks, "ours", lambda db: ours(db)[-1:])


def the_point_goes_on_in_its_old_stream_after_a_restore(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(installation, "begin_epoch", lambda *_: "")


def the_points_cursor_runs_ahead(patch: pytest.MonkeyPatch) -> None:
    true = inbox.cursor

    def ahead(db: Database, producer: str) -> Cursor | None:
        cursor = true(db, producer)
        return cursor and Cursor(epoch=cursor.epoch, seq=cursor.seq + 1, hash=cursor.hash)

    patch.setattr(inbox, "cursor", ahead)


def the_point_drops_what_comes_down_in_a_bundle(patch: pytest.MonkeyPatch) -> None:
    true = point_journal.receive
    patch.setattr(point_journal, "receive", lambda db, entries: true(db, entries[:1]) and 0)


def the_hub_signs_before_it_stores(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(intake, "take", lambda *_: None)


def the_hub_sometimes_loses_a_commit(patch: pytest.MonkeyPatch) -> None:
    number = count()
    for module in (taking, downward):
        patch.setattr(module, "write", lambda *given: undone(next(number) % 2, *given))


def the_hub_takes_what_follows_a_gap(patch: pytest.MonkeyPatch) -> None:
    true = intake.take

    def take(connection: Connection, point: str, entries: Sequence[Entry]) -> Any:
        first = entries[0]
        known = streams.find(connection, point, first.producer, first.epoch)
        head = known or streams.begin(connection, point, first.producer, first.epoch)
        if first.seq > head.seq + 1:
            before = structs.replace(first, seq=first.seq - 1, hash=first.prev_hash)
            streams.advance(connection, point, before)
            patch.setattr(intake, "_fork", lambda *_: None)
        return true(connection, point, entries)

    patch.setattr(intake, "take", take)


def the_hub_does_not_compare_histories(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(intake, "_fork", lambda *_: None)


def the_hub_stores_again_what_it_holds(patch: pytest.MonkeyPatch) -> None:
    true, again = intake.take, count()

    def take(connection: Connection, point: str, entries: Sequence[Entry]) -> Any:
        head = streams.find(connection, point, entries[0].producer, entries[0].epoch)
        if head and entries[0].seq <= head.seq:
            other = streams.begin(connection, point, head.producer, f"again-{next(again)}")
            journal.record(connection, point, [structs.replace(entry, epoch=other.epoch) for entry in entries])
        return true(connection, point, entries)

    patch.setattr(intake, "take", take)


def the_hub_believes_every_cursor(patch: pytest.MonkeyPatch) -> None:
    true = set_back.is_behind

    def is_behind(connection: Connection, head: streams.Head, cursor: Cursor) -> bool:
        return cursor.epoch != head.epoch and true(connection, head, cursor)

    patch.setattr(set_back, "is_behind", is_behind)


def the_hub_skips_an_entry_on_the_way_down(patch: pytest.MonkeyPatch) -> None:
    true = journal.after
    patch.setattr(journal, "after", lambda connection, head, seq, *limits: true(connection, head, seq + 1, *limits))


def the_hub_judges_again_what_comes_again(patch: pytest.MonkeyPatch) -> None:
    true = intake.take

    def take(connection: Connection, point: str, entries: Sequence[Entry]) -> Any:
        problem = true(connection, point, entries)
        if problem is None:
            judgement.judge(connection, point, entries, ())
        return problem

    patch.setattr(intake, "take", take)


def the_hub_forgets_that_it_saw_a_fork(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(streams, "freeze", lambda *_: None)


def an_old_acknowledgement_takes_the_mark_back(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(marks, "_ACKNOWLEDGE", marks._ACKNOWLEDGE.replace("WHERE excluded.acked > mark.acked", ""))


class Undo(Exception):
    """Nothing of this transaction stays."""


@contextmanager
def undone(undo: object, *given: Any) -> Iterator[Connection]:
    with suppress(Undo), hub_write(*given) as connection:
        yield connection
        if undo:
            raise Undo


BUGS: tuple[Plant, ...] = (
    the_point_counts_what_it_sent_as_confirmed,
    the_point_goes_on_after_what_it_sent,
    the_point_ignores_a_gap,
    the_point_ignores_a_fork,
    the_point_sends_only_its_newest_stream,
    the_point_goes_on_in_its_old_stream_after_a_restore,
    the_points_cursor_runs_ahead,
    the_point_drops_what_comes_down_in_a_bundle,
    the_hub_signs_before_it_stores,
    the_hub_sometimes_loses_a_commit,
    the_hub_takes_what_follows_a_gap,
    the_hub_does_not_compare_histories,
    the_hub_stores_again_what_it_holds,
    the_hub_believes_every_cursor,
    the_hub_skips_an_entry_on_the_way_down,
    the_hub_judges_again_what_comes_again,
    the_hub_forgets_that_it_saw_a_fork,
    an_old_acknowledgement_takes_the_mark_back,
)
