"""The insurer's answer to an application (核保决定). Only the hub writes it."""

from datetime import date
from typing import Annotated

from msgspec import Meta

from domain.application import Note, Record
from domain.product import Text
from domain.words import Outcome


class CoverGranted(Record, kw_only=True):
    """What a certificate of cover states; amounts in fen, ``limits_fen`` one per buyer."""

    policy_number: Annotated[str, Meta(max_length=40)]
    starts_on: date
    ends_on: date
    insured_fen: int
    premium_fen: int
    subsidy_fen: int
    payable_fen: int
    limits_fen: tuple[int, ...]


class Decision(Record, kw_only=True):
    """One decision on one revision of an application.

    ``reasons`` are texts in both languages (Insurance Law art. 24); ``missing`` lists
    document ids asked for once and completely (art. 22). ``decided_by`` is "rules" or
    the underwriter's name.
    """

    record_id: str
    application: str
    application_revision: int
    reference: str
    outcome: Outcome
    decided_on: date
    decided_by: str
    reasons: tuple[Text, ...] = ()
    missing: tuple[str, ...] = ()
    note: Note = ""
    cover: CoverGranted | None = None
