"""A command (指令) of the insurer to one point, and the point's word that it was carried out."""

from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct

from domain.application import FORM_VERSION
from domain.product import Text


class Verb(StrEnum):
    """What a point can be told to do (指令种类)."""

    FREEZE = "freeze"
    UNFREEZE = "unfreeze"
    ROTATE_KEY = "rotate_key"
    ERASE = "erase"


class Result(StrEnum):
    """What came of a command (执行结果)."""

    DONE = "done"
    NOT_FOUND = "not_found"
    UNSUPPORTED = "unsupported"


class Command(Struct, frozen=True, kw_only=True):
    """One command. ``verb`` is text, so that an older point can answer that it does not know a newer one.

    ``subject`` is the record to erase; ``reason`` is shown at the counter while the point is frozen.
    """

    form_version: int = FORM_VERSION
    verb: Annotated[str, Meta(max_length=40)]
    subject: str = ""
    reason: Text | None = None


class CarriedOut(Struct, frozen=True, kw_only=True):
    """The point's answer to the command with the record id ``command``; when is the entry's own time."""

    form_version: int = FORM_VERSION
    command: str
    verb: str
    subject: str = ""
    result: str
