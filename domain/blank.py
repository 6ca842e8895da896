"""Numbered blank forms (编号空白表): filled in by hand on a day without power, keyed in later under the same number."""

from typing import Annotated

from msgspec import Meta, Struct

from domain.application import FORM_VERSION, Note, RecordId
from domain.words import BlankState

MOST_AT_ONCE = 50


class Blank(Struct, frozen=True, kw_only=True):
    """One blank form. Its first revision hands the number out, a later one spoils it; fields of a newer point are
    ignored.

    *application* is the id that the record will have, *reference* what it is called already. *series* is the same for
    all that were printed together. A number is used once a record of that id is there, which is not said here.
    """

    form_version: int = FORM_VERSION
    application: RecordId
    reference: Annotated[str, Meta(max_length=32)]
    series: RecordId
    state: BlankState = BlankState.OUT
    reason: Note = ""
