"""Numbered blank forms (编号空白表): numbers handed out, looked up when a form is keyed in, and spoiled."""

import msgspec
from sqlite_utils import Database

from domain.blank import MOST_AT_ONCE, Blank
from domain.canonical import canonical
from domain.errors import FieldError, NotFound, Refused
from domain.reference import number_of, reference_for
from domain.uuid7 import new_uuid7
from domain.words import BlankState
from store import drafts, installation, journal
from store.clock import now, today
from store.connection import write
from wire.entry import Revision

PAGE = 50
_COLUMNS = """blank.id, blank.record_id, blank.application, blank.reference, blank.series, blank.revision, blank.state,
    (SELECT journal.made_at FROM journal WHERE journal.record_id = blank.record_id AND journal.revision = 1 LIMIT 1)"""
_TAKEN = "SELECT 1 FROM blank WHERE reference = :it UNION ALL SELECT 1 FROM application WHERE reference = :it"


class Number(msgspec.Struct, frozen=True):
    """One number: the record of the blank form, the application it becomes, where it is, and when it was handed out."""

    id: int
    record_id: str
    application: str
    reference: str
    series: str
    revision: int
    state: BlankState
    made_at: str


def reserve(db: Database, series: str, count: int, made_by: str) -> list[Number]:
    """Hand out *count* numbers of this point and year, durably; the same *series* again returns what it has.

    Numbers come from fresh random ids, so that no restored backup can hand out one a second time.
    Raises FieldError for a count that is none, NotFound before enrolment.
    """
    if not 1 <= count <= MOST_AT_ONCE:
        raise FieldError("blank.count", most=str(MOST_AT_ONCE))
    point = installation.get(db).stamp.code
    with write(db):
        for _ in range(0 if of_series(db, series) else count):
            _keep(db, new_uuid7(), 1, _fresh(db, point, series), made_by)
        return of_series(db, series)


def find(db: Database, reference: str) -> Number:
    """Return the number *reference*; raise FieldError where it was never handed out here, or is another point's."""
    row = db.execute(f"SELECT {_COLUMNS} FROM blank WHERE reference = ?", [reference]).fetchone()
    if row is None:
        point = installation.get(db).stamp.code
        if number_of(reference)[0] != point:
            raise FieldError("blank.foreign", point=number_of(reference)[0])
        raise FieldError("blank.unknown")
    return _number(row)


def usable(db: Database, reference: str) -> Number:
    """Return a number that may be keyed in now; raise FieldError, like ``find``, and for one used or spoiled."""
    number = find(db, reference)
    if number.state is not BlankState.OUT:
        raise FieldError("blank.used" if number.state is BlankState.USED else "blank.spoiled", reference=reference)
    return number


def reference_of(db: Database, application: str) -> str:
    """Return the number of the blank form that an application was keyed in from, or an empty text."""
    row = db.execute("SELECT reference FROM blank WHERE application = ?", [application]).fetchone()
    return row[0] if row else ""


def of_series(db: Database, series: str) -> list[Number]:
    """Return the numbers that were handed out together, in their order."""
    rows = db.execute(f"SELECT {_COLUMNS} FROM blank WHERE series = ? ORDER BY id", [series]).fetchall()
    return [_number(row) for row in rows]


def page(db: Database, state: BlankState, before: int | None = None, limit: int = PAGE) -> list[Number]:
    """Return up to *limit* numbers in *state*, the newest first, older than row *before*."""
    older, values = ("AND id < ?", [before]) if before is not None else ("", [])
    rows = db.execute(
        f"SELECT {_COLUMNS} FROM blank WHERE state = ? {older} ORDER BY id DESC LIMIT ?", [state, *values, limit]
    )
    return [_number(row) for row in rows.fetchall()]


def outstanding(db: Database) -> int:
    """Count the numbers that are out."""
    return int(db.execute("SELECT count(*) FROM blank WHERE state = ?", [BlankState.OUT]).fetchone()[0])


def spoil(db: Database, reference: str, reason: str, made_by: str) -> None:
    """Take a number out of use, for ever. Raises FieldError like ``usable``, Refused while somebody keys it in."""
    with write(db):
        number = usable(db, reference)
        if drafts.holder(db, number.application):
            raise Refused("blank.being_keyed_in")
        spoiled = Blank(
            application=number.application,
            reference=reference,
            series=number.series,
            state=BlankState.SPOILED,
            reason=reason,
        )
        _keep(db, number.record_id, number.revision + 1, spoiled, made_by)


def reason(db: Database, number: Number) -> str:
    """Return why a number was spoiled, or an empty text."""
    entry = journal.find(db, number.record_id)
    if entry is None:
        raise NotFound("journal.no_entry")
    return msgspec.json.decode(entry.body, type=Blank).reason


def _fresh(db: Database, point: str, series: str) -> Blank:
    while True:
        application = new_uuid7()
        reference = reference_for(application, point, today().year)
        if not db.execute(_TAKEN, {"it": reference}).fetchone():
            return Blank(application=application, reference=reference, series=series)


def _keep(db: Database, record_id: str, revision: int, blank: Blank, made_by: str) -> None:
    journal.append(
        db,
        Revision(
            record_id=record_id,
            kind="blank",
            revision=revision,
            form_version=blank.form_version,
            made_at=now(),
            made_by=made_by,
            body=canonical(blank),
        ),
    )


def _number(row: tuple[int, str, str, str, str, int, str, str]) -> Number:
    number, record_id, application, reference, series, revision, state, made_at = row
    return Number(number, record_id, application, reference, series, revision, BlankState(state), made_at)
