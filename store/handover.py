"""The end-of-day hand-over list (日终交接单), put together from the day's records, prints and signatures."""

from datetime import date

from sqlite_utils import Database

from domain.handover import Handover, Line, totals
from store import applications, blanks, signatures
from store.applications import Summary


def of_day(db: Database, day: date) -> Handover:
    """Return the list of what was taken on *day* (UTC+8), in the order it was taken."""
    lines = tuple(_line(db, one) for one in applications.taken_on(db, day))
    return Handover(day, lines, totals(lines), blanks.outstanding(db))


def _line(db: Database, one: Summary) -> Line:
    record = applications.read(db, one.record_id)
    signed = signatures.of(db, one.record_id, one.revision)
    return Line(
        record_id=one.record_id,
        reference=one.reference,
        revision=one.revision,
        policyholder=one.policyholder,
        buyer=one.buyer,
        buyers=one.buyers,
        amount_fen=one.amount_fen,
        insured_fen=record.quote.insured_fen if record.quote else 0,
        premium_fen=record.quote.premium_fen if record.quote else 0,
        payable_fen=one.payable_fen,
        printed=signatures.is_printed(db, one.record_id, one.revision),
        signing=signed.state,
        sync=one.sync,
        clerk=record.clerk,
    )
