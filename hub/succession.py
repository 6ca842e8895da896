"""Keys that follow one another (换密钥): what a message says of its sender's next key, what a replaced key may."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import Connection

from hub import intake
from hub.store import points
from hub.store.points import NEXT, REPLACED, REVOKED, PointKey
from wire.entry import Entry
from wire.header import Cursor, Header, Problem, ProblemCode
from wire.keys import PublicKey
from wire.message import Message
from wire.succession import is_proved


@dataclass(frozen=True)
class Signed(Message):
    """A proved message, and the key that proved it as it stood then."""

    key: PointKey = field(kw_only=True)

    @property
    def is_late(self) -> bool:
        """Whether another key has taken the place of the one that signed this."""
        return self.key.state == REPLACED

    @property
    def changes_keys(self) -> bool:
        """Whether it moves the point from one key to the next."""
        return self.key.state == NEXT or (self.key.active and self.header.next_key is not None)

    @property
    def is_allowed(self) -> bool:
        """Whether it is not late, or brings entries that lie before the switch and nothing else."""
        lies_before = (_lies_before(entry, self.key.until) for entry in self.entries)
        return not self.is_late or (bool(self.entries) and all(lies_before))


def settle(connection: Connection, message: Signed) -> Problem | None:
    """Bring the point's keys to where *message* says, in the transaction that takes its entries.

    The first message of a new key ends the one before. Doing it again changes nothing. Returns why the
    entries must not be taken: with a replaced key nobody freezes a stream.
    """
    header = message.header
    # Since it was opened it may have waited for the lock that whoever gave the machine up was holding.
    message = _as_it_stands(connection, message)
    if message.key.state == REVOKED or not message.is_allowed:
        return Problem(code=ProblemCode.REVOKED)
    if message.is_late:
        agrees = intake.agrees(connection, header.sender, message.entries)
        return None if agrees else Problem(code=ProblemCode.REVOKED)
    if message.key.state == NEXT:
        points.promote(connection, header.sender, header.key_id)
    if header.next_key and is_proved(header.next_key, header.key_id, header.sender, header.receiver):
        heads = header.holds.streams if header.holds else ()
        points.announce(connection, header.sender, header.key_id, PublicKey(header.next_key.key), heads)
    return None


def is_known(connection: Connection, header: Header) -> bool:
    """Say whether the key that *header* announces may sign from now on."""
    if header.next_key is None:
        return False
    found = points.find_key(connection, header.sender, PublicKey(header.next_key.key).key_id)
    return found is not None and (found.active or found.state == NEXT)


def _as_it_stands(connection: Connection, message: Signed) -> Signed:
    key = points.find_key(connection, message.header.sender, message.header.key_id)
    return replace(message, key=key) if key else message


def _lies_before(entry: Entry, until: Sequence[Cursor]) -> bool:
    for head in until:
        if head.epoch == entry.epoch:
            return entry.seq < head.seq or (entry.seq == head.seq and entry.hash == head.hash)
    return False
