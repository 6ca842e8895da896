"""What a full, busy or broken disk means: SQLite's name for it, said as an error of the program's own."""

from domain.errors import Unavailable
from store.connection import StoreError

CODES = {
    "FULL": "store.full",
    "BUSY": "store.busy",
    "LOCKED": "store.busy",
    "READONLY": "store.read_only",
    "IOERR": "store.disk",
    "CANTOPEN": "store.disk",
    "CORRUPT": "store.damaged",
    "NOTADB": "store.damaged",
}


def understood(error: StoreError) -> Unavailable | None:
    """Return what to tell people, or None when the statement itself was wrong and the mistake is ours."""
    name = getattr(error, "sqlite_errorname", "") or ""
    code = CODES.get(name.removeprefix("SQLITE_").split("_")[0])
    return Unavailable(code) if code else None
