"""The traders: two in each of the 21 border counties and in a county of each other prefecture."""

from datetime import date, timedelta

from demo import numbers
from demo.names import LINES, PLACES, firm, person
from domain.application import Policyholder
from domain.region import county
from domain.words import ApplicantKind, AreaTag, IdKind, Ownership, PolicyTag, Size

PREFIX = {
    ApplicantKind.ENTERPRISE: "91",
    ApplicantKind.INDIVIDUAL_BUSINESS: "92",
    ApplicantKind.COOPERATIVE: "93",
    ApplicantKind.VILLAGE_COLLECTIVE: "N2",
}
OWNERSHIP = {
    ApplicantKind.COOPERATIVE: Ownership.COLLECTIVE,
    ApplicantKind.VILLAGE_COLLECTIVE: Ownership.COLLECTIVE,
}
KINDS = (
    ApplicantKind.ENTERPRISE,
    ApplicantKind.INDIVIDUAL_BUSINESS,
    ApplicantKind.COOPERATIVE,
    ApplicantKind.ENTERPRISE,
    ApplicantKind.VILLAGE_COLLECTIVE,
    ApplicantKind.INDIVIDUAL_BUSINESS,
    ApplicantKind.NATURAL_PERSON,
)
FROM_BEFORE_2015 = (1, 8)
PER_COUNTY = 2


def traders() -> tuple[Policyholder, ...]:
    """Return all traders, always the same ones in the same order."""
    return tuple(trader(serial) for serial in range(PER_COUNTY * len(PLACES)))


def trader(serial: int) -> Policyholder:
    """Return the trader with this *serial* number."""
    kind, line = KINDS[serial % len(KINDS)], LINES[serial % len(LINES)]
    place = tuple(PLACES)[serial // PER_COUNTY]
    holder = person(serial)
    alone = kind is ApplicantKind.NATURAL_PERSON
    name = holder if alone else firm(place, line, kind)
    id_kind, id_number = _paper(kind, place, serial)
    return Policyholder(
        kind=kind,
        name=name.zh,
        name_bo=name.bo,
        id_kind=id_kind,
        id_number=id_number,
        established_on=None if alone else date(2012, 3, 1) + timedelta(days=73 * serial),
        address=f"{county(place).name}示例路{serial + 1}号",
        county=place,
        ownership=None if alone else OWNERSHIP.get(kind, Ownership.PRIVATE),
        size=None if alone else (Size.MICRO, Size.SMALL, Size.MEDIUM)[serial % 3],
        industry=line.industry,
        main_business=f"销售{'、'.join(line.goods)}",
        area_tags=(tuple(AreaTag)[serial % len(AreaTag)],) if serial % 5 == 0 else (),
        policy_tags=(tuple(PolicyTag)[serial % len(PolicyTag)],) if serial % 3 == 0 else (),
        legal_representative="" if alone else holder.zh,
        contact=holder.zh,
        contact_position="" if alone else "负责人",
        mobile=numbers.mobile(serial),
    )


def _paper(kind: ApplicantKind, place: str, serial: int) -> tuple[IdKind, str]:
    if kind is ApplicantKind.NATURAL_PERSON:
        born_in = next(reversed(county(place).former), place)
        return IdKind.RESIDENT_ID, numbers.resident_id(born_in, serial)
    if serial in FROM_BEFORE_2015:
        return IdKind.OLD_LICENCE, numbers.old_licence(place, serial)
    return IdKind.CREDIT_CODE, numbers.credit_code(PREFIX[kind], place, serial)
