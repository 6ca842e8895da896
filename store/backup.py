"""Backup (备份) and restore (恢复) of the whole database, with no private key in it; see ``docs/backup.md``."""

from contextlib import suppress
from pathlib import Path

import msgspec
from sqlite_utils import Database

import durable
from domain.errors import Conflict, Unavailable
from store import disk, installation, journal, migrations
from store.connection import StoreError, write
from store.contents import Contents, examine, is_empty, opened, read


class Restored(msgspec.Struct, frozen=True):
    """What is in place now, and where the database that was there before has gone."""

    contents: Contents
    aside: Path | None


def back_up(db: Database, target: Path, key: str) -> Contents:
    """Write a verified copy of *db*, as of this moment, to *target*, and its SHA-256 beside it.

    An older file of that name stays until the new one is on the disk and found whole.
    Raises Unavailable when it cannot be written or is not whole.
    """
    earlier = read(db).heads
    draft = target.with_name(f"{target.name}.tmp")
    try:
        disk.create_private(draft)
        db.execute("VACUUM INTO ?", [str(draft)])
        contents = examine(draft, key)
        if not contents.holds(earlier):
            raise Unavailable("backup.damaged")
        _put_sealed(draft, target)
    except (OSError, StoreError) as error:
        raise Unavailable("backup.cannot_write", reason=str(error)) from error
    finally:
        with suppress(OSError):
            draft.unlink()
    return contents


def restore(source: Path, target: Path, key: str, aside: Path | None) -> Restored:
    """Put a verified copy of *source* in the place of *target* and begin a new epoch in it.

    A database that holds anything is moved to *aside*. Raises Unavailable when the backup is
    damaged or the service runs, Conflict when there is something and *aside* is None.
    """
    draft = target.with_name(f"{target.name}.restoring")
    try:
        disk.copy_private(source, draft)
        _check_seal(source, draft)
        contents = examine(draft, key)
        _begin_again(draft, key)
        moved = _make_room(target, key, aside)
        durable.put_in_place(draft, target)
    except OSError as error:
        raise Unavailable("backup.cannot_write", reason=str(error)) from error
    finally:
        with suppress(OSError):
            draft.unlink()
    return Restored(contents, moved)


def _put_sealed(draft: Path, target: Path) -> None:
    # SQLite and the hash chains see no changed letter in a draft or a name; the seal does.
    seal = disk.seal(target)
    line = disk.digest_line(draft, target.name)
    seal.unlink(missing_ok=True)
    durable.put_in_place(draft, target)
    seal.write_text(line, "utf-8")
    durable.sync(seal)


def _check_seal(source: Path, draft: Path) -> None:
    seal = disk.seal(source)
    if seal.exists() and seal.read_bytes().split()[:1] != disk.digest_line(draft, "").encode().split():
        raise Unavailable("backup.damaged")


def _begin_again(path: Path, key: str) -> None:
    """Whoever was signed in is not any more, no place of the old stream is used twice, and the journal is the truth."""
    with opened(path, key) as db:
        migrations.migrate(db)
        with write(db):
            journal.rebuild(db)
            db.execute("DELETE FROM session")
            here = installation.find(db)
            if here:
                installation.begin_epoch(db, here.stamp.code, "restored")


def _make_room(target: Path, key: str, aside: Path | None) -> Path | None:
    if not target.exists():
        return None
    with opened(target, key) as db:
        if is_empty(db):
            aside = None
        elif aside is None:
            raise Conflict("backup.not_empty")
        _fold_log_in(db)
    if aside:
        aside.hardlink_to(target)
    return aside


def _fold_log_in(db: Database) -> None:
    # Leaving WAL needs the file for ourselves: it also proves that no service has it open.
    try:
        mode = db.execute("PRAGMA journal_mode = DELETE").fetchone()[0]
    except StoreError:
        mode = "busy"
    if mode != "delete":
        raise Unavailable("backup.in_use")
