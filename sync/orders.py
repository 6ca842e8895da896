"""Carrying out what the insurer commands (执行指令): in order, each once, and answered in our own stream."""

from collections.abc import Callable
from pathlib import Path

from sqlite_utils import Database

from domain.command import Result, Verb
from store import commands, erasure
from store.commands import Open
from store.connection import fold_log_in, write
from sync import rotation


def carry_out(db: Database, keys: Path | None = None) -> int:
    """Carry out every open command up to one that must wait; return how many were answered.

    A new key can only be made where the folder *keys* is known: before an exchange, not within it.

    Each answer is a transaction of its own after the deed, so that a crash between them repeats the deed,
    which changes nothing.
    """
    answered = 0
    for command in commands.open_ones(db):
        result = _rotate(keys) if command.verb == Verb.ROTATE_KEY else DEEDS.get(command.verb, _unknown)(db, command)
        if result is None:
            break
        if not command.answered:
            with write(db):
                commands.answer(db, command, result)
            answered += 1
    return answered


def _unknown(_db: Database, _command: Open) -> Result:
    return Result.UNSUPPORTED


def _in_force(_db: Database, _command: Open) -> Result:
    # The store reads the newest command itself, so there is nothing left to do.
    return Result.DONE


def _rotate(keys: Path | None) -> Result | None:
    if keys is None:
        return None
    rotation.begin(keys)
    return Result.DONE


def _erase(db: Database, command: Open) -> Result | None:
    if not erasure.holds(db, command.subject):
        return Result.NOT_FOUND
    if not erasure.is_confirmed(db, command.subject):
        return None
    with write(db):
        erasure.erase(db, command.subject)
    return Result.DONE if fold_log_in(db) else None


DEEDS: dict[str, Callable[[Database, Open], Result | None]] = {
    Verb.FREEZE: _in_force,
    Verb.UNFREEZE: _in_force,
    Verb.ERASE: _erase,
}
