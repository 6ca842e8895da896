"""A lead (转办线索): an applicant this product does not suit, kept and sent, never silently refused."""

from datetime import date
from typing import Annotated

from msgspec import Meta

from domain.application import FORM_VERSION, Note, PointStamp, Record
from domain.words import ApplicantKind, Standing, TradeMode


class Lead(Record, frozen=True, kw_only=True):
    """An applicant this product does not suit (转办线索): kept and sent, never silently refused."""

    form_version: int = FORM_VERSION
    record_id: str
    point: PointStamp
    applied_on: date
    standing: Standing
    rules: tuple[str, ...]
    refer_to: str
    buyer_in_mainland: bool
    kind: ApplicantKind
    trade_mode: TradeMode
    contact: Annotated[str, Meta(max_length=60)] = ""
    mobile: Annotated[str, Meta(max_length=20)] = ""
    note: Note = ""
