"""Erasing one application (删除) on the insurer's command: its content goes, its places in the chain stay."""

from sqlite_utils import Database

from store import attachments, pile, receipts
from store.projections import application, attachment, decision, print

_ENTRIES = """
record_id = :record AND kind = 'application' OR id IN (SELECT journal FROM decision WHERE application = :record)
OR id IN (SELECT journal FROM attachment WHERE application = :record)
OR id IN (SELECT journal FROM print WHERE subject = :record)
"""
_UNCONFIRMED = """
SELECT 1 FROM journal LEFT JOIN mark ON mark.producer = journal.producer AND mark.epoch = journal.epoch
WHERE (record_id = :record AND kind = 'application'
    OR journal.id IN (SELECT journal FROM attachment WHERE application = :record)
    OR journal.id IN (SELECT journal FROM print WHERE subject = :record))
AND journal.seq > coalesce(mark.acked, 0) AND (journal.producer, journal.epoch) IN (SELECT producer, epoch FROM epoch)
"""
_DRAFTS = """
id = :record
OR json_extract(answers, '$.copied_from') = (SELECT reference FROM application WHERE record_id = :record)
"""
_PICTURES = f"""
SELECT sha256 FROM attachment WHERE application = :record
UNION SELECT sha256 FROM draft_picture WHERE draft IN (SELECT id FROM draft WHERE {_DRAFTS})
"""


def holds(db: Database, record_id: str) -> bool:
    """Say whether an application of this id was ever taken here, erased or not."""
    query = "SELECT 1 FROM journal WHERE record_id = ? AND kind = 'application'"
    return db.execute(query, [record_id]).fetchone() is not None


def is_confirmed(db: Database, record_id: str) -> bool:
    """Say whether the insurer has signed for every revision: before that nothing may be taken from it."""
    return db.execute(_UNCONFIRMED, {"record": record_id}).fetchone() is None


def erase(db: Database, record_id: str) -> None:
    """Take body and salt from all entries of an application, its prints and decisions, in the caller's transaction.

    Its drafts, those copied from it, its pictures, receipt, papers to be printed, lines and search terms go too.
    Again, it changes nothing. The old bytes may be in the write-ahead log until ``connection.fold_log_in``.
    """
    record = {"record": record_id}
    pictures = [row[0] for row in db.execute(_PICTURES, record).fetchall()]
    db.execute(f"UPDATE journal SET body = x'', salt = zeroblob(16) WHERE body <> x'' AND ({_ENTRIES})", record)
    db.execute(f"DELETE FROM draft WHERE {_DRAFTS}", record)
    attachment.remove(db, record_id)
    attachments.sweep(db, pictures)
    decision.remove(db, record_id)
    print.remove(db, record_id)
    pile.remove(db, record_id)
    receipts.remove(db, record_id)
    application.remove(db, record_id)
