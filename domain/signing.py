"""Whether the printed form was signed (签字情况): by the pictures that were taken of it, and what their codes said."""

from collections.abc import Sequence
from enum import StrEnum

import msgspec

from domain.attachment import SIGNED_FORM, Attachment


class Signing(StrEnum):
    """Where the signature is: not printed yet, waited for, on an older revision only, or here."""

    UNPRINTED = "unprinted"
    WAITING = "waiting"
    OUTDATED = "outdated"
    SIGNED = "signed"


class Signature(msgspec.Struct, frozen=True):
    """Where the signature of a revision is; *revision* is the newest one that was signed, None where none is known."""

    state: Signing
    revision: int | None = None


def signature(revision: int, printed: bool, pictures: Sequence[Attachment]) -> Signature:
    """Return the signature under *revision* of a record with these *pictures*.

    What a code said outweighs pictures without one, such as that of a second page. A picture from before revisions
    were kept gets the benefit of the doubt.
    """
    signed = [picture for picture in pictures if picture.document == SIGNED_FORM]
    coded = [picture for picture in signed if picture.by_code]
    newest = max((picture.revision or revision for picture in coded or signed), default=None)
    if newest is not None and newest >= revision:
        return Signature(Signing.SIGNED, newest)
    if newest is not None:
        return Signature(Signing.OUTDATED, newest)
    return Signature(Signing.WAITING if printed else Signing.UNPRINTED)
