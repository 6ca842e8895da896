"""Signatures (签字): whether the application form of a record was printed, and is back here signed."""

from sqlite_utils import Database

from domain.activity import Action
from domain.signing import Signature, signature
from store import attachments

FORM = "application"
# Before prints had entries of their own, an activity said that something of the record was printed, not what.
_PRINTED = """
SELECT 1 FROM print WHERE subject = :record AND paper = :paper AND revision = :revision
UNION ALL SELECT 1 FROM activity WHERE subject = :record AND action = :action AND :revision = 1 LIMIT 1
"""


def is_printed(db: Database, record_id: str, revision: int) -> bool:
    """Say whether the form of this revision was printed."""
    values = {"record": record_id, "paper": FORM, "revision": revision, "action": Action.PRINTED}
    return db.execute(_PRINTED, values).fetchone() is not None


def of(db: Database, record_id: str, revision: int) -> Signature:
    """Return where the signature under this revision of a record is."""
    pictures = [one.about for one in attachments.of(db, record_id)]
    return signature(revision, is_printed(db, record_id, revision), pictures)
