"""Who may ask how an application stands (进度查询): whoever knows its reference and its status code.

Nobody, a wrong code and an erased record cost the same: two look-ups, one hash, one comparison.
"""

import hmac

from sqlalchemy import Connection, select

from hub.store.tables import application, entry
from wire.entry import NO_SALT
from wire.status_code import code_of

_NOBODY = ("", "00000000-0000-0000-0000-000000000000")


def record_of(connection: Connection, reference: str, code: str) -> tuple[str, str] | None:
    """Return (point, record id) of the application with this reference and status code, or None."""
    query = select(application.c.point, application.c.record_id).where(application.c.reference == reference)
    named = connection.execute(query.order_by(application.c.point)).all()
    places = [(row.point, row.record_id) for row in named] or [_NOBODY]
    return next((place for place in places if _opens(connection, *place, code)), None)


def _opens(connection: Connection, point: str, record_id: str, code: str) -> bool:
    query = select(entry.c.salt).where(entry.c.point == point, entry.c.record_id == record_id, entry.c.revision == 1)
    salt = bytes(connection.scalar(query) or NO_SALT)
    return hmac.compare_digest(code_of(salt, record_id), code) and salt != NO_SALT
