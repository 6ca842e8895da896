"""What an imprint holds (内容): one record revision, everything about it but its place in a chain."""

import hashlib

import msgspec

from wire.entry import NO_SALT, Entry, Revision

CONTEXT = b"tsheg-imprint-v1"
DIGEST_BYTES = 8


class Content(msgspec.Struct, frozen=True):
    """A revision; of a record's first one also the salt (16 bytes, else zeros), for its status code follows from it."""

    revision: Revision
    salt: bytes = NO_SALT


def content_of(revision: Revision) -> Content:
    """Return what of *revision*, or of its entry in a journal, stands on paper; ValueError for an erased one."""
    if not revision.body:
        raise ValueError("nothing is left of an erased record")
    plain = Revision(**{name: getattr(revision, name) for name in Revision.__struct_fields__})
    salt = revision.salt if isinstance(revision, Entry) and revision.revision == 1 else NO_SALT
    return Content(plain, salt)


def digest(revision: Revision) -> bytes:
    """Return as much of the proof of *revision* as its data codes carry, 8 bytes."""
    return proof(revision)[:DIGEST_BYTES]


def proof(revision: Revision) -> bytes:
    """Return the SHA-256 over everything in *revision*, 32 bytes: what papers say of it.

    Its place in a chain does not count: it is the same before the machine was lost and after the record was restored.
    """
    named = (revision.kind, revision.record_id, str(revision.revision), str(revision.form_version),
             revision.made_at, revision.made_by)  # fmt: skip
    parts = [*map(str.encode, named), revision.body]
    said = b"".join(len(part).to_bytes(4, "big") + part for part in parts)
    return hashlib.sha256(CONTEXT + said).digest()
