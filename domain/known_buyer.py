"""Buyers the insurer knows (已知买方), as a point holds those of its district: all of it indicative (参考).

What the insurer covers, and up to which limit, it decides on the application; a list promises nothing.
"""

import hashlib
from collections.abc import Iterable
from datetime import date
from typing import Annotated

from msgspec import Meta, Raw, Struct, json
from msgspec.structs import asdict

from domain import identity
from domain.application import FORM_VERSION, Fen, Line, Name
from domain.check import shape, texts
from domain.check.refusal import refusal
from domain.errors import Invalid, Problem
from domain.region import PREFECTURES
from domain.words import BuyerStatus

Area = Annotated[str, Meta(pattern="^[0-9]{6}$")]


class KnownBuyer(Struct, frozen=True, kw_only=True):
    """One buyer. ``limit_fen`` is what the insurer might cover in all, None where it says nothing.

    A newer hub may know another ``status``; it is then shown as none.
    """

    credit_code: Annotated[str, Meta(min_length=18, max_length=18)]
    name: Name
    area: Area
    address: Line = ""
    limit_fen: Fen | None = None
    status: str = BuyerStatus.NORMAL
    as_of: date | None = None

    @property
    def standing(self) -> BuyerStatus | None:
        """How the insurer sees the buyer, None for a word of a newer hub."""
        return BuyerStatus(self.status) if self.status in list(BuyerStatus) else None


class ListedBuyer(KnownBuyer, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A line of the insurer's file: ``districts`` are the prefectures whose points get it, its own where empty."""

    status: BuyerStatus = BuyerStatus.NORMAL
    districts: tuple[Area, ...] = ()

    @property
    def goes_to(self) -> tuple[str, ...]:
        """The prefectures whose points hold this buyer."""
        return self.districts or (f"{self.area[:4]}00",)

    @property
    def known(self) -> KnownBuyer:
        """What a point is told: not where else the buyer is known."""
        return KnownBuyer(**{name: value for name, value in asdict(self).items() if name != "districts"})


class BuyerChange(Struct, frozen=True, kw_only=True):
    """What is new in a point's list: ``put`` are added or changed, ``drop`` left, one *part* of *parts* of a *version*.

    With ``fresh`` the first part takes the place of all that is here. ``count`` and ``digest`` are those of
    the whole list after the last part.
    """

    form_version: int = FORM_VERSION
    version: Annotated[int, Meta(ge=1)]
    part: Annotated[int, Meta(ge=1)]
    parts: Annotated[int, Meta(ge=1)]
    fresh: bool = False
    put: tuple[Raw, ...] = ()
    drop: tuple[str, ...] = ()
    count: int
    digest: str


def digest_of(bodies: Iterable[bytes]) -> str:
    """Return the digest of a whole list: SHA-256 of its buyers' canonical JSON by credit code, a line each."""
    return hashlib.sha256(b"".join(body + b"\n" for body in bodies)).hexdigest()


def read(line: bytes) -> ListedBuyer:
    """Return the buyer in one JSON *line*. Raises Invalid with all that is wrong with it."""
    found = shape.decode(line, ListedBuyer)
    problems = [*refusal("credit_code", identity.credit_code, found.credit_code), *texts.check(found)]
    problems += [
        Problem(f"districts/{place}", "calendar_area")
        for place, area in enumerate(found.districts)
        if area not in PREFECTURES
    ]
    if problems:
        raise Invalid(problems)
    return found


def decode(body: bytes) -> KnownBuyer:
    """Return the buyer whose JSON is *body*, as a hub of whatever version wrote it."""
    return json.decode(body, type=KnownBuyer)
