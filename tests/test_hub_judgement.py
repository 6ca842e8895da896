"""One bad record never blocks a point: whatever an application says, it is stored, acknowledged and answered."""

import json
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.canonical import canonical
from domain.quote import quote
from domain.underwriting import decide_alone
from domain.uuid7 import new_uuid7
from domain.words import ApplicantKind, Outcome
from hub.flags import flags
from hub.installation import open_installation
from tests import insurer
from tests.insurer import Counter, application
from tests.sample import APPLICATION, BUYER, HOLDER, PRODUCT, TODAY, changed

EXTREMES: tuple[Any, ...] = (
    None, "", 0, -1, 10**12, 2**53, True, [], {}, "9999-12-31", "0001-01-01", "\u202e", "\u0000", "字" * 300, "ད" * 61,
)  # fmt: skip


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the path of everything inside *value*."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield (*path, key)
        yield from places(inner, (*path, key))


def spoiled(record: Any, path: tuple[Any, ...], value: Any) -> Any:
    """Put *value* at *path*."""
    inner = record
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = deepcopy(value)  # a second path may lead into it
    return record


@pytest.fixture(scope="module")
def station(tmp_path_factory: pytest.TempPathFactory) -> Counter:
    hub = open_installation(insurer.settings(tmp_path_factory.mktemp("hub")))
    return Counter(insurer.with_product(hub)).enrolled()


def test_a_date_at_the_end_of_time_is_answered(station: Counter):
    plain = json.loads(canonical(application(station.stamp))) | {"applied_on": "9999-12-31"}
    station.append(plain["record_id"], json.dumps(plain).encode())
    station.send()
    assert "applied_on: date_future" in station.decisions[-1].note


@settings(max_examples=100)
@given(data=st.data())
def test_any_spoiled_field_is_answered(station: Counter, data: st.DataObject):
    record = application(station.stamp)
    plain = json.loads(canonical(record))
    for path in data.draw(st.lists(st.sampled_from(list(places(plain))), min_size=1, max_size=2)):
        try:
            plain = spoiled(plain, path, data.draw(st.sampled_from(EXTREMES)))
        except (KeyError, IndexError, TypeError):
            continue
    entry = station.append(str(record.record_id), json.dumps(plain).encode())
    ack = station.send([entry]).header.ack
    assert ack
    assert ack.seq == entry.seq


@settings(max_examples=50)
@given(body=st.text(st.characters(exclude_categories=["Cs"]), max_size=80))
def test_any_text_is_answered(station: Counter, body: str):
    entry = station.append(new_uuid7(), body.encode())
    reply = station.send([entry])
    assert reply.header.ack
    assert station.decisions[-1].application == entry.record_id
    assert station.decisions[-1].outcome is Outcome.QUARANTINED


@pytest.mark.parametrize(
    ("change", "flag"),
    [
        ({"policyholder__kind": ApplicantKind.VILLAGE_COLLECTIVE}, "hub.flag_kind"),
        ({"buyers__0__credit_grade__grade": "not_queried"}, "hub.flag_grade"),
        ({"buyers__0__trade__credit_days": PRODUCT.automatic.max_credit_days + 1}, "hub.flag_days"),
        ({"buyers": (BUYER,) * 4}, "hub.flag_buyers"),
        ({"business__unpaid_losses": True}, "hub.flag_losses"),
        ({"duplicate_reason": "示例"}, "hub.flag_duplicate"),
        ({}, "hub.flag_insured"),
    ],
)
def test_it_tells_the_underwriter_what_the_rules_may_not_accept(change: dict[str, Any], flag: str):
    price = quote(PRODUCT, HOLDER, (BUYER,), APPLICATION.cover, TODAY)
    beyond = msgspec.structs.replace(price, insured_fen=PRODUCT.automatic.max_insured_fen + (not change))
    assert [one.code for one in flags(changed(APPLICATION, **change), PRODUCT, beyond)][:1] == [flag]


def test_it_tells_nothing_of_what_the_rules_accept():
    price = quote(PRODUCT, HOLDER, (BUYER,), APPLICATION.cover, TODAY)
    assert decide_alone(APPLICATION, PRODUCT, TODAY)
    assert list(flags(APPLICATION, PRODUCT, price)) == []
