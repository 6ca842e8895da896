"""Who may ask how an application stands (进度查询): whoever knows its reference and its status code.

Nobody, a wrong code and an erased record cost the same: two look-ups, one hash, one comparison.
"""

import hmac

from sqlite_utils import Database

from wire.entry import NO_SALT
from wire.status_code import code_of

_NAMED = "SELECT record_id FROM application WHERE reference = ?"
_SALT = "SELECT salt FROM journal WHERE record_id = ? AND revision = 1"
_NOBODY = "00000000-0000-0000-0000-000000000000"


def record_of(db: Database, reference: str, code: str) -> str | None:
    """Return the id of the application with this reference and status code, or None."""
    named = db.execute(_NAMED, [reference]).fetchone()
    record_id = named[0] if named else _NOBODY
    first = db.execute(_SALT, [record_id]).fetchone()
    salt = first[0] if first else NO_SALT
    right = hmac.compare_digest(code_of(salt, record_id), code)
    return record_id if right and salt != NO_SALT else None
