"""Our own streams (本点日志流), and how far each has come: offered, on a stick, signed for by the hub."""

import msgspec
from sqlite_utils import Database

_OURS = """
SELECT epoch.producer, epoch.epoch, coalesce(mark.sent, 0), coalesce(mark.carried, 0), coalesce(mark.acked, 0),
    coalesce(mark.frozen, 0) FROM epoch
LEFT JOIN mark ON mark.producer = epoch.producer AND mark.epoch = epoch.epoch ORDER BY epoch.ordinal
"""


class Stream(msgspec.Struct, frozen=True):
    """One incarnation of our journal; the seqs up to which it was *sent*, *carried* and *acked*, 0 for none."""

    producer: str
    epoch: str
    sent: int
    carried: int
    acked: int
    frozen: bool


def ours(db: Database) -> list[Stream]:
    """Return every stream of ours, oldest first."""
    return [Stream(*row) for row in db.execute(_OURS).fetchall()]
