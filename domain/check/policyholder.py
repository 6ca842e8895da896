"""The policyholder (投保人): who they are by their papers, and where they can be reached."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial

from domain import identity, region, text
from domain.application import Policyholder
from domain.check.refusal import refusal, repeated, required
from domain.errors import FieldError, Problem
from domain.words import ApplicantKind, IdKind


def check(policyholder: Policyholder, today: date) -> list[Problem]:
    """Return the problems of the policyholder's section on *today*."""
    return [
        *_names(policyholder),
        *_paper(policyholder, today),
        *required("address", policyholder.address),
        *_county(policyholder.county),
        *required("main_business", policyholder.main_business),
        *refusal("mobile", identity.mobile, policyholder.mobile),
        *_founding(policyholder, today),
        *repeated("area_tags", policyholder.area_tags),
        *repeated("policy_tags", policyholder.policy_tags),
    ]


def _names(policyholder: Policyholder) -> Iterator[Problem]:
    yield from refusal("name", text.name, policyholder.name)
    yield from refusal("name_bo", text.tibetan_name, policyholder.name_bo)
    yield from refusal("contact", text.name, policyholder.contact)
    if policyholder.legal_representative:
        yield from refusal("legal_representative", text.name, policyholder.legal_representative)


def _paper(policyholder: Policyholder, today: date) -> list[Problem]:
    by_kind: dict[IdKind, Callable[[str], str]] = {
        IdKind.CREDIT_CODE: identity.credit_code,
        IdKind.OLD_LICENCE: identity.old_licence,
        IdKind.RESIDENT_ID: partial(identity.resident_id, today=today),
    }
    person = policyholder.kind is ApplicantKind.NATURAL_PERSON
    if person and policyholder.id_kind is not IdKind.RESIDENT_ID:
        return [Problem("id_kind", "id_kind_of_person")]
    if not person and policyholder.id_kind is IdKind.RESIDENT_ID:
        return [Problem("id_kind", "id_kind_of_organisation")]
    return refusal("id_number", by_kind[policyholder.id_kind], policyholder.id_number)


def _county(code: str) -> list[Problem]:
    try:
        today = region.county(code).code
    except FieldError as error:
        return [error.problem("county")]
    return [] if today == code else [Problem("county", "county_former", {"code": today})]


def _founding(policyholder: Policyholder, today: date) -> Iterator[Problem]:
    if policyholder.established_on and policyholder.established_on > today:
        yield Problem("established_on", "date_future", {"today": today.isoformat()})
    if policyholder.kind is not ApplicantKind.NATURAL_PERSON:
        yield from required("legal_representative", policyholder.legal_representative)
