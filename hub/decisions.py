"""Our answers to an application: written into what the hub sends to its point, and nowhere else."""

from collections.abc import Sequence
from dataclasses import dataclass

from msgspec.structs import replace
from sqlalchemy import Connection

from domain.application import FORM_VERSION, Application
from domain.canonical import canonical
from domain.command import Verb
from domain.decision import Decision
from domain.errors import Conflict, Problem
from domain.product import Product, Text
from domain.underwriting import grant
from domain.uuid7 import new_uuid7
from domain.words import Language, Outcome
from hub.clock import now, today
from hub.policy_number import draw, policy_number
from hub.store import applications, commands, journal
from i18n import say
from wire.entry import Revision

RULES = "rules"
NOTE_LENGTH = 500


@dataclass(frozen=True)
class Subject:
    """The revision of an application that is decided on."""

    point: str
    record_id: str
    revision: int
    reference: str


def accept(
    connection: Connection, subject: Subject, application: Application, product: Product, by: str, note: str = ""
) -> Decision:
    """Grant cover under a new policy number."""
    [number] = policy_numbers(connection, 1)
    return _hand_down(connection, subject, accepted(subject, application, product, number, by, note))


def accepted(
    subject: Subject, application: Application, product: Product, number: str, by: str, note: str = ""
) -> Decision:
    """Return the decision that grants cover under policy *number*; nothing is written yet."""
    return replace(_decision(subject, Outcome.ACCEPTED, by, note), cover=grant(application, product, number, today()))


def decline(connection: Connection, subject: Subject, reasons: tuple[Text, ...], by: str, note: str = "") -> Decision:
    """Decline, with at least one reason in both languages (Insurance Law art. 24)."""
    return _hand_down(connection, subject, replace(_decision(subject, Outcome.DECLINED, by, note), reasons=reasons))


def ask(connection: Connection, subject: Subject, missing: tuple[str, ...], by: str, note: str = "") -> Decision:
    """Ask for all that is *missing*, by document id; raise Conflict the second time (Insurance Law art. 22)."""
    if has_asked(connection, subject.point, subject.record_id):
        raise Conflict("hub.asked_before")
    return _hand_down(connection, subject, replace(_decision(subject, Outcome.SUPPLEMENT, by, note), missing=missing))


def quarantined(subject: Subject, problems: list[Problem]) -> Decision:
    """Return the decision that sets a record aside, saying why; ``note`` has the places and codes. Writes nothing."""
    # A problem's path and code name fields, never what was written in them.
    note = "; ".join(f"{problem.path or '.'}: {problem.code}" for problem in problems)[:NOTE_LENGTH]
    reasons = tuple(Text(zh=say(problem, Language.CHINESE), bo=say(problem, Language.TIBETAN)) for problem in problems)
    return replace(_decision(subject, Outcome.QUARANTINED, RULES, note), reasons=reasons)


def hand_down(connection: Connection, point: str, made: Sequence[Decision]) -> None:
    """Write decisions into what the hub sends to *point*."""
    if made:
        journal.append(connection, point, [_revision(decision) for decision in made])


def policy_numbers(connection: Connection, count: int) -> set[str]:
    """Draw *count* policy numbers that nobody has."""
    free: set[str] = set()
    while len(free) < count:
        drawn = {policy_number(today().year, draw()) for _ in range(count - len(free))}
        free |= drawn - applications.policies_among(connection, drawn)
    return free


def has_asked(connection: Connection, point: str, record_id: str) -> bool:
    """Say whether the applicant was asked for papers before, at any revision."""
    made = applications.decisions(connection, point, record_id)
    return any(decision.outcome is Outcome.SUPPLEMENT for decision in made)


def still_waiting(connection: Connection, point: str, record_id: str, revision: int) -> Subject:
    """Return the subject if this revision still waits for an underwriter; raise Conflict or NotFound."""
    shown = applications.find(connection, point, record_id)
    if shown.revision != revision or shown.state != "waiting":
        raise Conflict("hub.moved_on")
    if commands.is_open(connection, point, Verb.ERASE, record_id):
        raise Conflict("command.to_be_erased")
    return Subject(point, record_id, revision, shown.reference)


def _decision(subject: Subject, outcome: Outcome, by: str, note: str) -> Decision:
    return Decision(
        record_id=new_uuid7(),
        application=subject.record_id,
        application_revision=subject.revision,
        reference=subject.reference,
        outcome=outcome,
        decided_on=today(),
        decided_by=by,
        note=note,
    )


def _hand_down(connection: Connection, subject: Subject, decision: Decision) -> Decision:
    hand_down(connection, subject.point, [decision])
    return decision


def _revision(decision: Decision) -> Revision:
    return Revision(
        record_id=decision.record_id,
        kind="decision",
        revision=1,
        form_version=FORM_VERSION,
        made_at=now(),
        made_by=decision.decided_by,
        body=canonical(decision),
    )
