"""A point far away: its own database, real applications, the real exchange over real HTTP, and what must hold of it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from sqlalchemy import select
from sqlite_utils import Database

from hub.installation import Installation
from hub.store import tables
from hub.store.engine import read
from store import applications, installation, journal
from store.connection import write
from sync.exchange import Report, exchange
from sync.transport import Http
from tests.courier import carried_at
from tests.faults.line import FASTER
from tests.insurer import application
from wire.keys import SigningKey

Exchange = Callable[["Outpost", str], Report]
MOST_TRIES = 20
Places = list[tuple[str, str, int, bytes]]


@dataclass
class Outpost:
    """A point, and the record ids of what was taken at its counter."""

    code: str
    hub: Installation
    db: Database
    key: SigningKey
    taken: list[str] = field(default_factory=list)

    def take(self, count: int) -> None:
        """Take *count* applications."""
        stamp = installation.get(self.db).stamp
        for _ in range(count):
            with write(self.db):
                self.taken.append(applications.append(self.db, application(stamp), "示例柜员").record_id)

    def session(self, chance: Random, url: str, talk: Exchange) -> None:
        """Take up to three applications and exchange over the line at *url*; then nothing may be shown in vain."""
        self.take(chance.randint(0, 3))
        talk(self, url)
        assert not self.is_confirmed_in_vain(), f"{self.code}: confirmed, but not with the insurer"

    def heal(self, url: str) -> None:
        """Exchange over a good line until all is confirmed."""
        for _ in range(MOST_TRIES):
            report = over(self, Http(url))
            if report.complete:
                return
        raise AssertionError(report)

    def is_confirmed_in_vain(self) -> bool:
        """Say whether this point shows "confirmed" up to an entry that the hub does not hold."""
        marks = self.db.execute("SELECT epoch, acked, acked_hash FROM mark WHERE acked > 0").fetchall()
        return any(digest != _hash_at_the_hub(self.hub, self.code, epoch, seq) for epoch, seq, digest in marks)

    def journal(self) -> Places:
        """Return the place and hash of every entry here, of both directions."""
        return sorted(tuple(row) for row in self.db.execute("SELECT producer, epoch, seq, hash FROM journal"))

    def answered(self) -> list[tuple[str, int]]:
        """Return each application here with how many decisions it has."""
        rows = self.db.execute(
            "SELECT application.record_id, count(decision.record_id) FROM application"
            " LEFT JOIN decision ON decision.application = application.record_id GROUP BY application.record_id"
        )
        return [(row[0], row[1]) for row in rows]

    def problems(self) -> Iterator[str]:
        """Say what is lost, doubled or broken; only after healing."""
        if self.journal() != journal_at_the_hub(self.hub, self.code):
            yield f"{self.code}: the two journals differ"
        if sorted(applications_at_the_hub(self.hub, self.code)) != sorted(self.taken):
            yield f"{self.code}: the hub has other applications than were taken"
        if sorted(self.answered()) != sorted((record_id, 1) for record_id in self.taken):
            yield f"{self.code}: an application was not answered once"
        if journal.verify(self.db):
            yield f"{self.code}: broken chain"


def outposts(hub: Installation, folder: Path, count: int) -> list[Outpost]:
    """Enrol *count* points, each with a database of its own in *folder*."""
    made = []
    for code in [f"Q{chr(65 + place // 26)}{chr(65 + place % 26)}" for place in range(count)]:
        pair = carried_at(hub, folder / code, code)
        made.append(Outpost(code, hub, pair.db, pair.key))
    return made


def honestly(point: Outpost, url: str) -> Report:
    """Exchange as in the field, as much faster as the line is."""
    return over(point, Http(url, connect_seconds=10 / FASTER, read_seconds=30 / FASTER, total_seconds=240 / FASTER))


def over(point: Outpost, http: Http) -> Report:
    """Exchange by *http*."""
    try:
        return exchange(point.db, point.key, installation.get(point.db), http)
    finally:
        http.pool.clear()


def journal_at_the_hub(hub: Installation, code: str) -> Places:
    """Return the place and hash of every entry that the hub holds of this point, of both directions."""
    columns = [tables.entry.c[name] for name in ("producer", "epoch", "seq", "hash")]
    with read(hub.engine) as connection:
        return sorted(tuple(row) for row in connection.execute(select(*columns).where(tables.entry.c.point == code)))


def applications_at_the_hub(hub: Installation, code: str) -> list[str]:
    """Return the record ids of the applications that the hub's desk shows of this point."""
    shown = tables.application.c
    with read(hub.engine) as connection:
        return list(connection.scalars(select(shown.record_id).where(shown.point == code)))


def _hash_at_the_hub(hub: Installation, code: str, epoch: str, seq: int) -> bytes | None:
    entry = tables.entry.c
    query = select(entry.hash).where(entry.point == code, entry.producer == code, entry.epoch == epoch)
    with read(hub.engine) as connection:
        found: bytes | None = connection.scalar(query.where(entry.seq == seq))
        return found
