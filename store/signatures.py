"""Signatures (签字): whether the application form of a record was printed, and is back here signed."""

from sqlite_utils import Database

from domain.activity import Action
from domain.signing import Signature, signature
from store import attachments

FORM = "application"
# Before prints had entries of their own, an activity said that something of the record was printed, not what.
_PRINTED = """
SELECT 1 FROM print WHERE subject = :record AND paper = :paper AND revision = :revision
UNION ALL SELECT 1 FROM activity WHERE subject = :record AND action = :printed AND :revision = 1
"""
# What came back from paper had been printed, by a machine that is lost.
_ON_PAPER = """
SELECT 1 FROM activity JOIN journal ON journal.id = (
  SELECT max(id) FROM journal WHERE record_id = :record AND id < activity.journal
) WHERE activity.subject = :record AND activity.action = :restored AND journal.revision = :revision
"""


def is_printed(db: Database, record_id: str, revision: int) -> bool:
    """Say whether the form of this revision was printed, here or before it came back from paper."""
    values = {"record": record_id, "revision": revision}
    return bool(
        db.execute(_PRINTED, values | {"paper": FORM, "printed": Action.PRINTED}).fetchone()
        or db.execute(_ON_PAPER, values | {"restored": Action.RESTORED}).fetchone()
    )


def of(db: Database, record_id: str, revision: int) -> Signature:
    """Return where the signature under this revision of a record is."""
    pictures = [one.about for one in attachments.of(db, record_id)]
    return signature(revision, is_printed(db, record_id, revision), pictures)
