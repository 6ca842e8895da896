"""What the hub does with pieces of files (照片分段): it takes what an entry announced, and says what it holds."""

import logging
from collections.abc import Sequence

from sqlalchemy import Connection

from hub.installation import Installation
from hub.store import files
from hub.store.engine import read, write
from hub.store.files import File
from wire.header import FileProblem, Held, Piece
from wire.message import Message

log = logging.getLogger("tsheg.security")


def answer(here: Installation, point: str, message: Message) -> list[Held]:
    """Take the piece that *message* brings, if any, and say what is held of every file it names."""
    said: list[Held] = []
    piece, asked = message.header.piece, [file.digest for file in message.header.files]
    if piece:
        with write(here.engine, point) as connection:
            said.append(_take(connection, point, piece, message.piece, here.settings.point_files_bytes))
    if asked:
        with read(here.engine) as connection:
            said += _held(connection, point, asked)
    return said


def _take(connection: Connection, point: str, piece: Piece, data: bytes, quota: int) -> Held:
    if files.announced(connection, point, [piece.digest]).get(piece.digest) != piece.size:
        return Held(digest=piece.digest, problem=FileProblem.UNANNOUNCED)
    known = files.find(connection, point, [piece.digest]).get(piece.digest)
    if known is None:
        if files.room_taken(connection, point) + piece.size > quota:
            log.warning("files of %r are over their quota", point)
            return Held(digest=piece.digest, problem=FileProblem.OVER_QUOTA)
        known = files.begin(connection, point, piece.digest, piece.size)
    # What is held already is skipped; what would leave a hole is not taken: the answer says where to go on.
    new = data[known.held - piece.offset :] if piece.offset <= known.held else b""
    if new and not known.complete:
        files.append(connection, point, known, new)
    return _held(connection, point, [piece.digest])[0]


def _held(connection: Connection, point: str, digests: Sequence[bytes]) -> list[Held]:
    announced = files.announced(connection, point, digests)
    here = files.find(connection, point, digests)
    return [_said(digest, announced, here.get(digest)) for digest in digests]


def _said(digest: bytes, announced: dict[bytes, int], known: File | None) -> Held:
    if digest not in announced:
        return Held(digest=digest, problem=FileProblem.UNANNOUNCED)
    return Held(digest=digest, held=known.held if known else 0)
