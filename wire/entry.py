"""A journal entry (日志条目): one record revision at its place in one producer's hash chain."""

import hashlib
from collections.abc import Iterable

import msgspec

CHAIN = b"tsheg-log-v1"
GENESIS = b"\0" * 32
SALT_BYTES = 16
NO_SALT = bytes(SALT_BYTES)


class Revision(msgspec.Struct, frozen=True, kw_only=True):
    """A record revision before it has a place: ``body`` is canonical JSON in UTF-8."""

    record_id: str
    kind: str
    revision: int
    form_version: int
    made_at: str
    made_by: str
    body: bytes


class Entry(Revision, frozen=True, kw_only=True):
    """A revision at (producer, epoch, seq). ``salt`` is 16 random bytes, the hashes 32 bytes each."""

    producer: str
    epoch: str
    seq: int
    salt: bytes
    body_hash: bytes
    prev_hash: bytes
    hash: bytes

    @property
    def erased(self) -> bool:
        """Whether body and salt are gone for ever; what they were committed to stays in the chain."""
        return not self.body and self.salt == NO_SALT


def body_hash(salt: bytes, body: bytes) -> bytes:
    """Commit to a body so that it can be erased one day without breaking the chain."""
    return hashlib.sha256(salt + body).digest()


def chain_hash(producer: str, epoch: str, seq: int, prev_hash: bytes, revision: Revision, committed: bytes) -> bytes:
    """Hash an entry's place and everything about it but the body, which *committed* stands for."""
    place = (producer, epoch, str(seq), revision.kind, revision.record_id, str(revision.revision),
             str(revision.form_version), revision.made_at, revision.made_by)  # fmt: skip
    parts = [*map(str.encode, place), prev_hash, committed]
    return hashlib.sha256(CHAIN + b"".join([len(part).to_bytes(4, "big") + part for part in parts])).digest()


def place(
    revision: Revision, *, producer: str, epoch: str, seq: int, prev_hash: bytes, salt: bytes, committed: bytes = b""
) -> Entry:
    """Give *revision* its place in the chain after *prev_hash*; *committed* stands for the body of an erased one."""
    committed = committed or body_hash(salt, revision.body)
    return Entry(
        **msgspec.structs.asdict(revision),
        producer=producer,
        epoch=epoch,
        seq=seq,
        salt=salt,
        body_hash=committed,
        prev_hash=prev_hash,
        hash=chain_hash(producer, epoch, seq, prev_hash, revision, committed),
    )


def first_break(entries: Iterable[Entry], *, after: int = 0, prev_hash: bytes = GENESIS) -> int | None:
    """Return the seq of the first entry that does not follow from the one before, or None."""
    for entry in entries:
        expected = chain_hash(entry.producer, entry.epoch, entry.seq, prev_hash, entry, entry.body_hash)
        if entry.seq != after + 1 or entry.prev_hash != prev_hash or entry.hash != expected:
            return entry.seq
        if not entry.erased and body_hash(entry.salt, entry.body) != entry.body_hash:
            return entry.seq
        after, prev_hash = entry.seq, entry.hash
    return None
