"""Two years of a busy point: applications day after day; all but the newest confirmed, decided and looked at."""

import sys
from collections.abc import Iterator
from datetime import timedelta
from itertools import islice

from sqlite_utils import Database

from bench.point import CLERK, PRODUCT, STAMP, completed, from_hub
from demo.applications import applications as sample
from domain.application import Application
from domain.canonical import canonical
from domain.decision import Decision
from domain.underwriting import grant
from domain.uuid7 import new_uuid7
from domain.words import Outcome
from store import applications
from store.clock import now, today
from store.connection import write

DAYS = 730
AT_ONCE = 1_000
UNDECIDED, UNSENT, UNSEEN = 60, 20, 10
OUTCOMES = (*[Outcome.ACCEPTED] * 17, Outcome.DECLINED, Outcome.DECLINED, Outcome.SUPPLEMENT)


def fill(db: Database, count: int) -> None:
    """Put *count* applications into an enrolled, empty point; says on standard error how far it is."""
    taken = enumerate(_over_the_years(count))
    while batch := list(islice(taken, AT_ONCE)):
        with write(db):
            for serial, application in batch:
                applications.append(db, application, CLERK)
                if serial < count - UNDECIDED:
                    from_hub(db, new_uuid7(), "decision", canonical(_decision(application, serial)))
        _say(f"\r{batch[-1][0] + 1:,} / {count:,}")
    _say("\n")
    with write(db):
        _catch_up(db)


def _over_the_years(count: int) -> Iterator[Application]:
    for serial, application in enumerate(sample(PRODUCT, today(), count)):
        yield completed(application, today() - timedelta(days=(count - 1 - serial) * DAYS // count))


def _decision(application: Application, serial: int) -> Decision:
    outcome, made = OUTCOMES[serial % len(OUTCOMES)], new_uuid7()
    return Decision(
        record_id=made,
        application=str(application.record_id),
        application_revision=1,
        reference=str(application.reference),
        outcome=outcome,
        decided_on=today(),
        decided_by="rules",
        reasons=() if outcome is Outcome.ACCEPTED else (PRODUCT.decline_reasons[0].text,),
        cover=grant(application, PRODUCT, f"SAMPLE-{serial:08}", today()) if outcome is Outcome.ACCEPTED else None,
    )


def _catch_up(db: Database) -> None:
    """Confirm all but the newest, which is offered or waits, and look at all decisions but the newest."""
    db.execute(
        "INSERT INTO mark (producer, epoch, sent, acked, hub_time)"
        " SELECT producer, epoch, max(seq) - ?, max(seq) - ?, ? FROM journal WHERE producer = ? GROUP BY 1, 2",
        [UNSENT, 2 * UNSENT, now(), STAMP.code],
    )
    db.execute(
        "INSERT INTO decision_seen (decision, seen_at)"
        " SELECT record_id, ? FROM decision WHERE journal <= (SELECT max(journal) FROM decision) - 2 * ?",
        [now(), UNSEEN],
    )
    db.execute("UPDATE decision SET seen = record_id IN (SELECT decision FROM decision_seen)")
    db.execute("UPDATE contact SET tried_at = ?, answered_at = ?", [now(), now()])


def _say(text: str) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(text)
