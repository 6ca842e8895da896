"""A record comes back from paper (恢复): once, as it was, and only what this point itself had taken."""

from enum import StrEnum

import msgspec
from sqlite_utils import Database

from domain.activity import Action
from domain.application import Application
from domain.errors import Conflict, Refused
from domain.reference import reference_for
from store import activity, installation, journal
from store.connection import write
from wire.entry import Revision

KIND = "application"
_decoder = msgspec.json.Decoder(Application)


class Outcome(StrEnum):
    """What became of it; the words are codes of ``domain.problems.imprint``."""

    RESTORED = "imprint.restored"
    HERE = "imprint.here"
    NEWER_HERE = "imprint.newer_here"


def put_back(db: Database, revision: Revision, salt: bytes, by: str) -> tuple[Outcome, str]:
    """Append *revision* with the *salt* it had, unless it or a newer one is here; return that, and its reference.

    The journal remembers that *by* did it. Raises Refused for another point's record, one that was erased, or one that
    only a newer program reads, Conflict where the same revision is here with other content, NotFound before enrolment.
    """
    reference = _require_ours(db, revision)
    with write(db):
        newest = journal.find(db, revision.record_id)
        if newest and newest.erased:
            raise Refused("imprint.erased")
        if known := journal.find(db, revision.record_id, revision.revision):
            _require_same(known, revision, reference)
            return Outcome.HERE, reference
        if newest and newest.revision > revision.revision:
            return Outcome.NEWER_HERE, reference
        journal.append(db, revision, salt)
        activity.append(db, by, Action.RESTORED, revision.record_id)
    return Outcome.RESTORED, reference


def _require_ours(db: Database, revision: Revision) -> str:
    here = installation.get(db).stamp.code
    try:
        record = _decoder.decode(revision.body)
    except msgspec.ValidationError:
        raise Refused("imprint.newer") from None
    if revision.kind != KIND:
        raise Refused("imprint.newer")
    if record.point is None or record.applied_on is None or record.record_id != revision.record_id:
        raise Refused("imprint.contradictory")
    if record.point.code != here:
        raise Refused("imprint.other_point", point=record.point.code)
    reference = record.reference or ""
    if not reference or reference != _named(revision.record_id, here, reference):
        raise Refused("imprint.contradictory")
    return reference


def _named(record_id: str, point: str, reference: str) -> str:
    # The year is the one in which the number was given: a form may have lain in a drawer over New Year.
    year = reference.removeprefix(f"{point}-")[:2]
    return reference_for(record_id, point, int(year)) if year.isdecimal() else ""


def _require_same(known: Revision, revision: Revision, reference: str) -> None:
    if (known.kind, known.body) != (revision.kind, revision.body):
        raise Conflict("imprint.other_content", reference=reference, revision=str(revision.revision))
