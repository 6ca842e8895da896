"""What must be true of a point and its hub: after every step, and when the line is good and all is done."""

import base64
from collections import Counter
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

import msgspec

from hub.store.engine import read
from tests.simulation import Point, World
from wire.entry import Entry, first_break
from wire.header import Header

MINE, THEIRS = "JL", "hub/JL"
_HERE = "SELECT producer, epoch, seq, hash FROM journal ORDER BY producer, epoch, seq"
_THERE = "SELECT producer, epoch, seq, hash, kind, record_id, revision FROM entry ORDER BY producer, epoch, seq"
NOTHING = (0, None)
_NEWEST = "SELECT epoch FROM stream WHERE producer = ? ORDER BY ordinal DESC LIMIT 1"
FIELDS = Entry.__struct_fields__
_WHOLE = f"SELECT {', '.join(FIELDS)} FROM entry ORDER BY producer, epoch, seq"  # noqa: S608 - our own names
Streams = dict[str, list[bytes]]
Marks = dict[str, tuple[int, bytes | None]]


@dataclass(frozen=True)
class Held:
    """What one side holds: epoch → hashes, in order, of the point and of the hub, and the epoch the hub writes."""

    mine: Streams
    theirs: Streams
    newest: str = ""


def here(point: Point) -> Held:
    """Return what *point* holds."""
    return _held(point.db.execute(_HERE).fetchall())


def there(world: World) -> Held:
    """Return what the hub holds, every record of the point once."""
    with read(world.hub.engine) as connection:
        rows = connection.exec_driver_sql(_THERE).all()
        newest = connection.exec_driver_sql(_NEWEST, (THEIRS,)).scalar_one()
    records = [(row[5], row[6]) for row in rows if row[0] == MINE]
    assert len(records) == len(set(records)), "not exactly once"
    return replace(_held(rows), newest=newest)


def marks(point: Point) -> Marks:
    """Return epoch → (how far the hub signed, the head of the message that proves it)."""
    rows = point.db.execute("SELECT epoch, acked, proof FROM mark").fetchall()
    return {epoch: (acked, proof) for epoch, acked, proof in rows}


def frozen(point: Point) -> set[str]:
    """Return the epochs of *point* that were stopped."""
    return {row[0] for row in point.db.execute("SELECT epoch FROM mark WHERE frozen = 1")}


def check_marks(world: World) -> None:
    """Check what is true after every step, whatever went wrong in it: no mark is ahead of the hub's word."""
    at_hub = there(world).mine
    for point in world.points:
        ours = here(point).mine
        for epoch, (acked, proof) in marks(point).items():
            assert acked <= len(ours.get(epoch, [])), "confirmed what is not there"
            if acked and not world.hub_rewound:
                assert at_hub.get(epoch, [])[:acked] == ours[epoch][:acked], "confirmed what the hub does not hold"
            if proof:
                _check_proof(world, epoch, ours[epoch][acked - 1], acked, proof)


def check_settled(world: World, point: Point, problem: str) -> None:
    """Check that what is not frozen is confirmed and at the hub, the same, and so is here what the hub wrote."""
    ours, at_hub, confirmed = here(point), there(world), marks(point)
    assert problem in world.possible(), problem
    for epoch in set(ours.mine) - frozen(point):
        count = len(ours.mine[epoch])
        assert confirmed.get(epoch, NOTHING)[0] == count, "not all confirmed"
        known = count if world.may_lack_its_tail else None
        assert ours.mine[epoch] == at_hub.mine.get(epoch, [])[:known], "not the union"
    if problem == "":
        assert ours.theirs.get(at_hub.newest) == at_hub.theirs[at_hub.newest], "not all came down"


def check_not_taken_back(world: World, point: Point, before: Marks) -> None:
    """Check that old sticks took no mark back; where the hub lost something, one of a stream that has ended may."""
    now, moving = marks(point), set(before) - frozen(point)
    gone_back = [epoch for epoch in moving if now[epoch][0] < before[epoch][0]]
    assert not gone_back or (world.hub_rewound and len(before) > 1), "an old stick took a mark back"


def check_hub(world: World) -> None:
    """Check the hub itself: chains whole, applications answered once, and what a copy of the point froze, frozen."""
    with read(world.hub.engine) as connection:
        rows = connection.exec_driver_sql(_WHOLE).all()
        stopped = set(connection.exec_driver_sql("SELECT epoch FROM stream WHERE frozen_seq IS NOT NULL").scalars())
    entries = [Entry(**dict(zip(FIELDS, row, strict=True))) for row in rows]
    for _, stream in groupby(entries, key=lambda entry: (entry.producer, entry.epoch)):
        assert first_break(stream) is None, "the chain is broken"
    # A hub that begins its own stream again repeats in it what it said: the same records.
    kinds = Counter(kind for kind, *_ in {(entry.kind, entry.record_id, entry.revision) for entry in entries})
    assert kinds["application"] == kinds["decision"], "not answered once"
    assert world.hub_rewound or all(frozen(point) <= stopped for point in world.points), "a fork went unnoticed"


def _check_proof(world: World, epoch: str, ours: bytes, acked: int, proof: bytes) -> None:
    signed, _, signature = proof.rpartition(b"\n")
    assert world.hub.key.public.verify(base64.b64decode(signature), signed), "no word of the hub"
    header = msgspec.json.decode(signed.partition(b"\n")[2], type=Header)
    ack, sent = header.ack, header.stream
    acknowledged = ack and (ack.epoch, ack.seq, ack.hash) == (epoch, acked, ours)
    given_back = sent and (sent.epoch, sent.to_seq, sent.last_hash) == (epoch, acked, ours)
    assert acknowledged or given_back, "ahead of the hub's word"


def _held(rows: Any) -> Held:
    found: dict[str, Streams] = {MINE: {}, THEIRS: {}}
    for producer, epoch, seq, digest, *_ in rows:
        hashes = found[producer].setdefault(epoch, [])
        assert seq == len(hashes) + 1, "a place is missing"
        hashes.append(digest)
    return Held(found[MINE], found[THEIRS])
