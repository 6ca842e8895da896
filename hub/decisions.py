"""Our answers to an application: written into what the hub sends to its point, and nowhere else."""

from dataclasses import dataclass

from msgspec.structs import replace
from sqlalchemy import Connection

from domain.application import FORM_VERSION, Application
from domain.canonical import canonical
from domain.decision import Decision
from domain.errors import Conflict, Problem
from domain.product import Product, Text
from domain.underwriting import grant
from domain.uuid7 import new_uuid7
from domain.words import Language, Outcome
from hub.clock import now, today
from hub.policy_number import draw, policy_number
from hub.store import applications, journal
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
    cover = grant(application, product, _new_policy_number(connection), today())
    return _hand_down(connection, subject, replace(_decision(subject, Outcome.ACCEPTED, by, note), cover=cover))


def decline(connection: Connection, subject: Subject, reasons: tuple[Text, ...], by: str, note: str = "") -> Decision:
    """Decline, with at least one reason in both languages (Insurance Law art. 24)."""
    return _hand_down(connection, subject, replace(_decision(subject, Outcome.DECLINED, by, note), reasons=reasons))


def ask(connection: Connection, subject: Subject, missing: tuple[str, ...], by: str, note: str = "") -> Decision:
    """Ask for all that is *missing*, by document id; raise Conflict the second time (Insurance Law art. 22)."""
    if has_asked(connection, subject.point, subject.record_id):
        raise Conflict("hub.asked_before")
    return _hand_down(connection, subject, replace(_decision(subject, Outcome.SUPPLEMENT, by, note), missing=missing))


def quarantine(connection: Connection, subject: Subject, problems: list[Problem]) -> Decision:
    """Set a record aside that cannot be taken as it is, saying why. ``note`` has the places and codes."""
    # A problem's path and code name fields, never what was written in them.
    note = "; ".join(f"{problem.path or '.'}: {problem.code}" for problem in problems)[:NOTE_LENGTH]
    reasons = tuple(Text(zh=say(problem, Language.CHINESE), bo=say(problem, Language.TIBETAN)) for problem in problems)
    made = _decision(subject, Outcome.QUARANTINED, RULES, note)
    return _hand_down(connection, subject, replace(made, reasons=reasons))


def has_asked(connection: Connection, point: str, record_id: str) -> bool:
    """Say whether the applicant was asked for papers before, at any revision."""
    made = applications.decisions(connection, point, record_id)
    return any(decision.outcome is Outcome.SUPPLEMENT for decision in made)


def still_waiting(connection: Connection, point: str, record_id: str, revision: int) -> Subject:
    """Return the subject if this revision still waits for an underwriter; raise Conflict or NotFound."""
    shown = applications.find(connection, point, record_id)
    if shown.revision != revision or shown.state != "waiting":
        raise Conflict("hub.moved_on")
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
    revision = Revision(
        record_id=decision.record_id,
        kind="decision",
        revision=1,
        form_version=FORM_VERSION,
        made_at=now(),
        made_by=decision.decided_by,
        body=canonical(decision),
    )
    journal.append(connection, subject.point, revision)
    return decision


def _new_policy_number(connection: Connection) -> str:
    number = policy_number(today().year, draw())
    while applications.policy_exists(connection, number):
        number = policy_number(today().year, draw())
    return number
