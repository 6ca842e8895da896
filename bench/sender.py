"""Points in memory that speak to a hub as real ones do: each its stream, the applications it sends, what came down."""

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice, product
from string import ascii_uppercase

from bench.point import CLERK, PRODUCT, STAMP, completed
from demo.applications import applications
from domain.application import Application, PointStamp
from domain.canonical import canonical
from domain.words import PointKind
from hub.catalogue import hand_out_current
from hub.clock import now, today
from hub.installation import Installation
from hub.store import points, streams
from hub.store.engine import write
from hub.store.points import Point
from wire.entry import GENESIS, SALT_BYTES, Entry, Revision, place
from wire.header import CODECS, Cursor
from wire.keys import PublicKey, SigningKey
from wire.message import Message, open_reply, pack

COUNTY, NONCE = "540234", "n"


@dataclass
class Sender:
    """A point: its stamp and key, the last entry it wrote, the last that came down to it."""

    stamp: PointStamp = STAMP
    key: SigningKey = field(default_factory=SigningKey.generate)
    epoch: str = "0" * 16
    seq: int = 0
    hash: bytes = GENESIS
    cursor: Cursor | None = None

    def write(self, count: int, seed: int = 1) -> list[Entry]:
        """Take *count* applications at the counter, as *seed* makes them."""
        return list(self._placed(applications(PRODUCT, today(), count, seed)))

    def _placed(self, typed: Iterable[Application]) -> Iterator[Entry]:
        for one in typed:
            record = completed(one, today(), self.stamp)
            revision = Revision(
                record_id=str(record.record_id), kind="application", revision=1, form_version=1,
                made_at=now(), made_by=CLERK, body=canonical(record),
            )  # fmt: skip
            self.seq += 1
            entry = place(
                revision, producer=self.stamp.code, epoch=self.epoch, seq=self.seq, prev_hash=self.hash,
                salt=os.urandom(SALT_BYTES),
            )  # fmt: skip
            self.hash = entry.hash
            yield entry

    def message(self, hub: str, entries: Sequence[Entry]) -> bytes:
        """Pack *entries* for the hub of that name."""
        return pack(
            self.key, sender=self.stamp.code, receiver=hub, nonce=NONCE, entries=entries, cursor=self.cursor,
            accept=CODECS,
        )  # fmt: skip

    def open(self, answer: bytes, hub: str, hub_key: PublicKey) -> Message:
        """Prove the hub's answer and remember what came down."""
        message = open_reply(answer, hub_key, sender=hub, receiver=self.stamp.code, nonce=NONCE)
        if message.entries:
            last = message.entries[-1]
            self.cursor = Cursor(epoch=last.epoch, seq=last.seq, hash=last.hash)
        return message


def senders(count: int) -> list[Sender]:
    """Return *count* points that have one key, which saves making as many."""
    key = SigningKey.generate()
    codes = ("".join(letters) for letters in product(ascii_uppercase, repeat=3))
    stamps = (PointStamp(code=code, name="示例服务点", kind=PointKind.COOPERATIVE) for code in codes)
    return [Sender(stamp, key) for stamp in islice(stamps, count)]


def enrol(here: Installation, new: Sequence[Sender]) -> None:
    """Enrol all of them in one transaction, as ``hub.enrolment`` does one by one, and let them hold the product."""
    with write(here.engine) as connection:
        for one in new:
            code = one.stamp.code
            points.enrol(connection, Point(one.stamp, COUNTY, ""), one.key.public)
            streams.begin_down(connection, code)
            hand_out_current(connection, code)
            if head := streams.newest(connection, code, streams.down(code)):
                one.cursor = Cursor(epoch=head.epoch, seq=head.seq, hash=head.hash)
