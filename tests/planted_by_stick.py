"""Bugs of what goes by stick, to be planted one at a time."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from msgspec import structs
from sqlite_utils import Database

import hub.downward
import hub.exchange
import hub.kept
import hub.stick
import hub.stick_back
import hub.taking
import sync.stick_back
from stick import Name
from store import bundles
from store import exchange as marks
from store.streams import ours
from sync.answer import believe
from tests.planted import Plant, undone
from wire.entry import Entry
from wire.header import Ack


def what_is_on_the_stick_counts_as_confirmed(patch: pytest.MonkeyPatch) -> None:
    def carry(db: Database, last: Entry) -> None:
        ack = Ack(producer=last.producer, epoch=last.epoch, seq=last.seq, hash=last.hash, hub_time="")
        marks.record_ack(db, ack, b"")

    patch.setattr(bundles, "carry", carry)


def what_is_on_a_stick_is_not_written_again(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(bundles, "ours", lambda db: [structs.replace(one, acked=one.carried) for one in ours(db)])


def the_point_does_not_remember_what_it_asked_by_stick(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(bundles, "remember", lambda *_: None)


def every_gap_on_a_stick_is_heeded(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(
        sync.stick_back, "_believe", lambda db, here, asked, *said: believe(db, here, bundles.entries(db, asked), *said)
    )


def the_point_takes_the_acknowledgements_of_a_stick_and_not_what_comes_down(patch: pytest.MonkeyPatch) -> None:
    def deaf(db: Database, here: Any, batch: Sequence[Entry], reply: Any, proof: bytes) -> Any:
        return believe(db, here, batch, replace(reply, entries=()), proof)

    patch.setattr(sync.stick_back, "believe", deaf)


def the_hub_keeps_the_older_of_two_bundles(patch: pytest.MonkeyPatch) -> None:
    true = hub.kept.keep

    def keep(here: Any, new: Name, data: bytes) -> None:
        kept = here.settings.sticks
        names = [Name.read(file.name) for file in kept.iterdir()] if kept.is_dir() else []
        if not any(name and name.epoch == new.epoch for name in names):
            true(here, new, data)

    patch.setattr(hub.kept, "keep", keep)


def the_hub_answers_a_bundle_without_taking_it(patch: pytest.MonkeyPatch) -> None:
    def answers(*given: Any) -> list[Any]:
        with pytest.MonkeyPatch.context() as inner:
            for module in (hub.taking, hub.downward):
                inner.setattr(module, "write", lambda *given: undone(True, *given))
            return list(hub.exchange.answers(*given))

    for room in (hub.stick, hub.stick_back):
        patch.setattr(room, "exchange", lambda *given: answers(*given)[0])
    patch.setattr(hub.stick_back, "answers", answers)


BUGS: tuple[Plant, ...] = (
    what_is_on_the_stick_counts_as_confirmed,
    what_is_on_a_stick_is_not_written_again,
    the_point_does_not_remember_what_it_asked_by_stick,
    every_gap_on_a_stick_is_heeded,
    the_point_takes_the_acknowledgements_of_a_stick_and_not_what_comes_down,
    the_hub_keeps_the_older_of_two_bundles,
    the_hub_answers_a_bundle_without_taking_it,
)
