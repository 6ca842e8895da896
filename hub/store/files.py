"""Files of the points by their SHA-256, put together from pieces, and what of them belongs to an application."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, RowMapping, delete, func, insert, select, update

from domain.errors import NotFound
from hub.clock import now
from hub.store.tables import attachment, file, piece


@dataclass(frozen=True)
class File:
    """A file that was announced: of its *size* bytes the first *held* are here; *complete* once its hash is right."""

    digest: bytes
    size: int
    held: int
    complete: bool


@dataclass(frozen=True)
class Announced:
    """One picture of an application, as its point announced it."""

    record_id: str
    document: str
    media_type: str
    taken_on: str
    file: File


def announced(connection: Connection, point: str, digests: Sequence[bytes]) -> dict[bytes, int]:
    """Return the size of each of these files that an entry of *point* names."""
    query = select(attachment.c.digest, func.max(attachment.c.size)).where(
        attachment.c.point == point, attachment.c.digest.in_(digests)
    )
    return {bytes(row[0]): row[1] for row in connection.execute(query.group_by(attachment.c.digest))}


def find(connection: Connection, point: str, digests: Sequence[bytes]) -> dict[bytes, File]:
    """Return what is here of these files; of the others nothing is."""
    query = select(file).where(file.c.point == point, file.c.digest.in_(digests))
    return {bytes(row["digest"]): _file(row) for row in connection.execute(query).mappings()}


def begin(connection: Connection, point: str, digest: bytes, size: int) -> File:
    """Make room for a file."""
    connection.execute(insert(file).values(point=point, digest=digest, size=size, held=0))
    return File(digest, size, 0, complete=False)


def append(connection: Connection, point: str, known: File, data: bytes) -> None:
    """Put *data* behind what is held; with its last byte the file is complete, or thrown away if its hash is wrong."""
    connection.execute(insert(piece).values(point=point, digest=known.digest, start=known.held, data=data))
    held, complete_at = known.held + len(data), None
    if held == known.size:
        if hashlib.sha256(_data(connection, point, known.digest)).digest() == known.digest:
            complete_at = now()
        else:
            held = 0
            connection.execute(delete(piece).where(piece.c.point == point, piece.c.digest == known.digest))
    row = update(file).where(file.c.point == point, file.c.digest == known.digest)
    connection.execute(row.values(held=held, complete_at=complete_at))


def room_taken(connection: Connection, point: str) -> int:
    """Return the bytes that a point's files have or will have."""
    return int(connection.scalar(select(func.sum(file.c.size)).where(file.c.point == point)) or 0)


def of_application(connection: Connection, point: str, application: str) -> list[Announced]:
    """Return the pictures of an application, whether they are here or still on their way."""
    query = select(attachment).where(attachment.c.point == point, attachment.c.application == application)
    rows = connection.execute(query.order_by(attachment.c.record_id)).mappings().all()
    here = find(connection, point, [row["digest"] for row in rows])
    return [_announced(row, here) for row in rows]


def picture(connection: Connection, point: str, application: str, record_id: str) -> tuple[str, bytes]:
    """Return the media type and the bytes of a picture; raise NotFound until all of it is here."""
    for one in of_application(connection, point, application):
        if one.record_id == record_id and one.file.complete:
            return one.media_type, _data(connection, point, one.file.digest)
    raise NotFound("picture.not_found")


def _data(connection: Connection, point: str, digest: bytes) -> bytes:
    query = select(piece.c.data).where(piece.c.point == point, piece.c.digest == digest).order_by(piece.c.start)
    return b"".join(connection.scalars(query))


def _announced(row: RowMapping, here: dict[bytes, File]) -> Announced:
    known = here.get(row["digest"], File(row["digest"], row["size"], 0, complete=False))
    return Announced(row["record_id"], row["document"], row["media_type"], row["taken_on"], known)


def _file(row: RowMapping) -> File:
    return File(bytes(row["digest"]), row["size"], row["held"], row["complete_at"] is not None)
