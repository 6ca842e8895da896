"""The end-of-day hand-over list (日终交接单): what was taken on a day, what is printed and signed, and the sums."""

from collections.abc import Sequence
from datetime import date

import msgspec

from domain.signing import Signing


class Line(msgspec.Struct, frozen=True):
    """One application of the day; amounts are fen. *sync* is pending, sent, carried or confirmed."""

    record_id: str
    reference: str
    revision: int
    policyholder: str
    buyer: str
    buyers: int
    amount_fen: int
    insured_fen: int
    premium_fen: int
    payable_fen: int
    printed: bool
    signing: Signing
    sync: str
    clerk: str


class Totals(msgspec.Struct, frozen=True):
    """Counts of the day's applications, and sums in fen."""

    applications: int
    printed: int
    signed: int
    confirmed: int
    amount_fen: int
    insured_fen: int
    premium_fen: int
    payable_fen: int


class Handover(msgspec.Struct, frozen=True):
    """One day's list; *blanks* is how many numbered blank forms are out at the moment it was made."""

    day: date
    lines: tuple[Line, ...]
    totals: Totals
    blanks: int


def totals(lines: Sequence[Line]) -> Totals:
    """Count and sum up *lines*."""
    return Totals(
        applications=len(lines),
        printed=sum(line.printed for line in lines),
        signed=sum(line.signing is Signing.SIGNED for line in lines),
        confirmed=sum(line.sync == "confirmed" for line in lines),
        amount_fen=sum(line.amount_fen for line in lines),
        insured_fen=sum(line.insured_fen for line in lines),
        premium_fen=sum(line.premium_fen for line in lines),
        payable_fen=sum(line.payable_fen for line in lines),
    )
