"""A service point in memory that talks to a real hub, and what it sends. All of it is synthetic."""

import secrets
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import replace
from sqlalchemy.engine import URL

from domain.application import Application, CreditGrade, PointStamp
from domain.canonical import canonical
from domain.complete import complete
from domain.decision import Decision
from domain.lead import Lead
from domain.reference import reference_for
from domain.uuid7 import new_uuid7
from domain.words import ApplicantKind, PointKind, Standing, TradeMode
from hub.catalogue import load
from hub.clock import now, today
from hub.enrolment import enrol
from hub.exchange import exchange
from hub.installation import Installation
from hub.settings import Settings
from hub.store.points import Point
from tests.sample import APPLICATION, BUYER, PRODUCT, TODAY
from wire.entry import GENESIS, SALT_BYTES, Entry, Revision, place
from wire.header import Cursor
from wire.keys import SigningKey
from wire.message import Message, open_reply, pack

UNDERWRITER = "示例·核保"
PASSPHRASE = "four plain words here"


def settings(folder: Path, server: URL | None = None) -> Settings:
    """Settings of a hub in *folder*, its database on *server*; no quota, and passphrases that are cheap to hash."""
    return Settings(
        data=folder, server=server, hash_memory_kib=64, hash_rounds=1,
        point_requests_per_minute=10**9, point_entries_per_hour=10**9,
    )  # fmt: skip


@dataclass
class Counter:
    """A point: its key, its stream, and what came down. ``code`` names it."""

    hub: Installation
    code: str = "JL"
    key: SigningKey = field(default_factory=SigningKey.generate)
    epoch: str = "epoch-1"
    entries: list[Entry] = field(default_factory=list)
    down: list[Entry] = field(default_factory=list)

    @property
    def stamp(self) -> PointStamp:
        """Who took the application."""
        return PointStamp(code=self.code, name="示例服务点", kind=PointKind.COOPERATIVE)

    def enrolled(self) -> "Counter":
        """Enrol this point with the hub."""
        enrol(self.hub, Point(self.stamp, "540234", ""), self.key.public)
        return self

    def write(self, record: Application | Lead, revision: int = 1) -> Entry:
        """Append an application or a lead."""
        kind = "lead" if isinstance(record, Lead) else "application"
        return self.append(str(record.record_id), canonical(record), kind, revision)

    def append(self, record_id: str, body: bytes, kind: str = "application", revision: int = 1) -> Entry:
        """Append any bytes as a record."""
        new = Revision(
            record_id=record_id,
            kind=kind,
            revision=revision,
            form_version=1,
            made_at=now(),
            made_by="示例柜员",
            body=body,
        )
        last = self.entries[-1].hash if self.entries else GENESIS
        entry = place(
            new, producer=self.code, epoch=self.epoch, seq=len(self.entries) + 1, prev_hash=last,
            salt=secrets.token_bytes(SALT_BYTES),
        )  # fmt: skip
        self.entries.append(entry)
        return entry

    def message(self, entries: list[Entry], nonce: str = "n", **more: Any) -> bytes:
        """Pack *entries* for the hub."""
        return pack(self.key, sender=self.code, receiver=self.hub.name, nonce=nonce, entries=entries, **more)

    def send(self, entries: list[Entry] | None = None) -> Message:
        """Exchange: *entries* up (all, by default), what is new down. Returns the opened answer."""
        return self.open(
            exchange(self.hub, self.message(self.entries if entries is None else entries, cursor=self.cursor)).body
        )

    def open(self, body: bytes, nonce: str = "n") -> Message:
        """Open an answer of the hub and keep what came down."""
        opened = open_reply(body, self.hub.key.public, sender=self.hub.name, receiver=self.code, nonce=nonce)
        self.down += opened.entries
        return opened

    @property
    def cursor(self) -> Cursor | None:
        """The last entry that came down."""
        last = self.down[-1] if self.down else None
        return Cursor(epoch=last.epoch, seq=last.seq, hash=last.hash) if last else None

    @property
    def decisions(self) -> list[Decision]:
        """The decisions that came down, in order."""
        return [msgspec.json.decode(entry.body, type=Decision) for entry in self.down if entry.kind == "decision"]


def with_product(hub: Installation) -> Installation:
    """Load the sample product."""
    load(hub, PRODUCT)
    return hub


def application(stamp: PointStamp, on: date | None = None, **changes: object) -> Application:
    """Return a complete application that the rules accept alone; *changes* come before the quote."""
    on = on or today()
    record_id = new_uuid7()
    unfinished = replace(_plain(on), **changes)
    reference = reference_for(record_id, stamp.code, on.year)
    return complete(unfinished, PRODUCT, stamp, record_id, reference, "示例柜员", on)


def for_underwriter(stamp: PointStamp) -> Application:
    """Return an application that is right but not for the rules alone: the buyer's grade was not queried."""
    plain = _plain(today())
    return application(stamp, buyers=(replace(plain.buyers[0], credit_grade=CreditGrade()),))


def lead(stamp: PointStamp) -> Lead:
    """Return a lead referred elsewhere."""
    return Lead(
        record_id=new_uuid7(), point=stamp, applied_on=today(), standing=Standing.REFER, rules=("buyer-abroad",),
        refer_to="短期出口信用保险", buyer_in_mainland=False, kind=ApplicantKind.ENTERPRISE,
        trade_mode=TradeMode.EXPORT,
    )  # fmt: skip


def _plain(on: date) -> Application:
    trade, grade = BUYER.trade, BUYER.credit_grade
    assert trade.contract_date
    assert trade.invoice_date
    assert grade.as_of
    later = on - TODAY
    moved = replace(
        trade,
        contract_date=trade.contract_date + later,
        invoice_date=trade.invoice_date + later,
        delivery_date=trade.delivery_date + later,
        due_date=trade.due_date + later,
        invoice_number=secrets.token_hex(5),
    )
    seen = replace(grade, as_of=grade.as_of + later)
    return replace(APPLICATION, buyers=(replace(BUYER, trade=moved, credit_grade=seen),))
