"""What the counter hands back to a trader's phone (回执): signed receipt and way to the status, as one address."""

from typing import NamedTuple

from sqlite_utils import Database

from printing import qr
from store import installation, journal, receipts
from store.applications import Summary
from views import addresses
from views.apply.signing import receipt_of
from views.database import settings
from wire.status_code import grouped, status_code


class Handback(NamedTuple):
    """The code as a picture, and what people type where no camera is: the address and the status code."""

    picture: str
    address: str
    code: str


def handback(db: Database, line: Summary) -> Handback | None:
    """Return what belongs to this application, or None where phones cannot reach this point or nothing is left of it.

    Reference, status code and receipt stand behind the ``#``: no server ever sees them in a log.
    """
    origin = settings().public_url
    entry = journal.find(db, line.record_id, 1)
    if not origin or entry is None or entry.erased:
        return None
    signed = receipts.find(db, line.record_id) or receipt_of(entry, line.reference, "")
    code = status_code(entry)
    texts = signed.texts
    address = addresses.status(origin, installation.get(db).stamp.code)
    whole = f"{address}#{line.reference}.{code}.{texts['signed']}.{texts['signature']}"
    return Handback(qr.on_screen(whole), address, grouped(code))
