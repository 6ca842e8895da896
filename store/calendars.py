"""The calendars at hand (放假调休): by which working days are counted here."""

import msgspec
from sqlite_utils import Database

from domain.calendar import Calendar
from store import installation, journal

_decoder = msgspec.json.Decoder(Calendar)
_HERE = "SELECT year, journal FROM calendar WHERE area IN ('', ?) ORDER BY area"


def here(db: Database) -> dict[int, Calendar]:
    """Return year → calendar for this point: its prefecture's own, else the one for all."""
    found = installation.find(db)
    area = f"{found.county[:4]}00" if found else ""
    rows = db.execute(_HERE, [area]).fetchall()
    return {year: _decoder.decode(journal.at(db, place).body) for year, place in rows}
