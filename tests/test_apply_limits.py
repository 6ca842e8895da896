"""Applications from outside under load and abuse: who is let in, who must work, who must wait."""

import dataclasses
import re
from itertools import count
from typing import Any

import msgspec
import pytest
from flask import Flask
from sqlite_utils import Database
from werkzeug.test import TestResponse

from app import create_app
from domain.uuid7 import new_uuid7
from settings import Settings
from slip import write
from tests.browser import Browser
from tests.enrolment import PRODUCT, enrol
from tests.slips import likely
from views.apply.limits import BITS
from wire import work

NUMBERS = count(1)


def slip(record_id: str, mobile: str = "13900000001") -> bytes:
    """A valid slip of a trader; the invoice is another one each time."""
    answers = likely()
    answers["policyholder"]["mobile"] = [mobile]
    answers["buyers"][0]["trade_invoice_number"] = [f"FP-{next(NUMBERS)}"]
    return write(record_id, "zh", PRODUCT.id, PRODUCT.version, answers)


def opened(settings: Settings, **limits: Any) -> Flask:
    """A point with limits of its own; those not named are out of the way."""
    wide = dict.fromkeys(("apply_per_address", "apply_per_mobile", "apply_per_hour", "apply_unworked"), 1000)
    return create_app(dataclasses.replace(settings, **wide | limits))


def send(app: Flask, body: bytes, address: str = "203.0.113.1", **headers: str) -> TestResponse:
    return Browser(app).post(
        "/apply/submissions", data=body, headers=headers, environ_base={"REMOTE_ADDR": address},
    )  # fmt: skip


def statuses(app: Flask, bodies: list[bytes], **more: str) -> list[int]:
    return [send(app, body, **more).status_code for body in bodies]


def said(answer: TestResponse) -> dict[str, Any]:
    return dict(msgspec.json.decode(answer.data))


@pytest.fixture(autouse=True)
def enrolled(db: Database) -> None:
    """The point has its product."""
    enrol(db)


@pytest.mark.parametrize("limit", ["apply_per_address", "apply_per_mobile", "apply_per_hour"])
def test_after_so_many_within_the_hour_it_says_when_to_come_again(settings: Settings, limit: str, db: Database) -> None:
    app = opened(settings, **{limit: 2})
    bodies = [slip(new_uuid7()) for _ in range(3)]
    assert statuses(app, bodies) == [201, 201, 429]
    refused = send(app, bodies[2])
    assert 0 < int(refused.headers["Retry-After"]) <= 3600
    assert "challenge" not in said(refused)
    assert "柜台" in said(refused)["problem"]
    assert db["receipt"].count == 2


def test_each_address_and_each_number_is_counted_apart(settings: Settings) -> None:
    app = opened(settings, apply_per_address=1, apply_per_mobile=1)
    assert send(app, slip(new_uuid7(), "13900000001"), "203.0.113.1").status_code == 201
    assert send(app, slip(new_uuid7(), "13900000002"), "203.0.113.1").status_code == 429
    assert send(app, slip(new_uuid7(), "13900000001"), "203.0.113.2").status_code == 429
    assert send(app, slip(new_uuid7(), "13900000002"), "203.0.113.2").status_code == 201


def test_a_household_in_ipv6_counts_as_one(settings: Settings) -> None:
    app = opened(settings, apply_per_address=1)
    assert send(app, slip(new_uuid7()), "2001:db8:1:2::1").status_code == 201
    assert send(app, slip(new_uuid7()), "2001:db8:1:2:ffff::9").status_code == 429
    assert send(app, slip(new_uuid7()), "2001:db8:1:3::1").status_code == 201


def test_a_restart_forgets_no_limit(settings: Settings) -> None:
    assert statuses(opened(settings, apply_per_address=2), [slip(new_uuid7()) for _ in range(2)]) == [201, 201]
    assert statuses(opened(settings, apply_per_address=2), [slip(new_uuid7())]) == [429]


def test_a_slip_that_is_repeated_is_answered_again_and_not_counted(settings: Settings) -> None:
    app, body = opened(settings, apply_per_address=1, apply_unworked=1), slip(new_uuid7())
    assert statuses(app, [body] * 4) == [201, 200, 200, 200]


def test_what_is_refused_for_its_content_is_not_counted(settings: Settings) -> None:
    app = opened(settings, apply_per_address=1)
    assert statuses(app, [slip(new_uuid7(), "12") for _ in range(3)]) == [422] * 3
    assert statuses(app, [slip(new_uuid7())]) == [201]


def test_a_hundred_within_a_minute_meet_the_defaults(settings: Settings) -> None:
    app = create_app(settings)
    answers = statuses(app, [slip(new_uuid7()) for _ in range(100)])
    assert answers.count(201) <= settings.apply_per_mobile
    assert set(answers[settings.apply_per_mobile :]) == {429}


def solved(challenge: dict[str, Any]) -> str:
    assert challenge["bits"] == BITS
    return next(a for n in count() if work.zero_bits(a := f"{challenge['nonce']}.{n}") >= BITS)


def test_under_pressure_a_browser_that_works_is_let_in_and_one_that_does_not_waits(settings: Settings) -> None:
    app = opened(settings, apply_unworked=2)
    assert statuses(app, [slip(new_uuid7()) for _ in range(2)]) == [201, 201]
    record_id = new_uuid7()
    body = slip(record_id)
    asked = send(app, body)
    assert asked.status_code == 429
    assert int(asked.headers["Retry-After"]) > 0
    answer = solved(said(asked)["challenge"])
    assert send(app, slip(new_uuid7()), **{"X-Work": answer}).status_code == 429
    assert send(app, body, **{"X-Work": answer[:-1]}).status_code == 429
    assert send(app, body, **{"X-Work": answer}).status_code == 201
    assert send(app, body, **{"X-Work": answer}).status_code == 200


def test_work_opens_no_door_that_a_limit_has_closed(settings: Settings) -> None:
    app = opened(settings, apply_unworked=1, apply_per_hour=1)
    assert statuses(app, [slip(new_uuid7())]) == [201]
    body = slip(new_uuid7())
    answer = solved(said(send(app, body))["challenge"])
    refused = send(app, body, **{"X-Work": answer})
    assert refused.status_code == 429
    assert "challenge" not in said(refused)


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, ["198.51.100.1", "198.51.100.2"], [201, 429]),
        (1, ["198.51.100.1", "198.51.100.2"], [201, 201]),
        (1, ["198.51.100.1", "10.9.8.7, 198.51.100.1"], [201, 429]),
        (2, ["198.51.100.1, 10.0.0.1", "198.51.100.2, 10.0.0.1"], [201, 201]),
    ],
    ids=["no proxy: the header is only words", "one proxy", "what stands before it is the sender's own", "two proxies"],
)
def test_the_address_is_the_nearest_proxys_word_only_where_there_is_one(
    settings: Settings, proxies: int, forwarded: list[str], expected: list[int]
) -> None:
    app = opened(settings, apply_per_address=1, proxies=proxies)
    answers = [send(app, slip(new_uuid7()), "127.0.0.1", **{"X-Forwarded-For": header}) for header in forwarded]
    assert [answer.status_code for answer in answers] == expected


def typed_form() -> dict[str, Any]:
    """What a browser without script sends with the last button."""
    answers = likely()
    buyers = answers.pop("buyers")
    groups = {**answers, **{f"buyers-{number}": buyer for number, buyer in enumerate(buyers)}}
    typed = {f"{step}-{name}": values for step, fields in groups.items() for name, values in fields.items()}
    page = f"{PRODUCT.id}:{PRODUCT.version}"
    return {**typed, "go": "submit", "at": "review", "id": new_uuid7(), "product": page}


def test_whoever_has_no_script_keeps_what_was_typed_and_is_told_when(settings: Settings, db: Database) -> None:
    answer = Browser(opened(settings, apply_unworked=0)).post("/apply", data=typed_form())
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0
    assert "现在提交的人很多" in answer.text
    assert 'value="扎西·示例"' in answer.text
    assert db["receipt"].count == 0


def test_whoever_has_no_script_and_waited_is_let_in(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [1_800_000_000.0]
    monkeypatch.setattr("views.apply.limits.time.time", lambda: now[0])
    app, sent = opened(settings, apply_unworked=0), typed_form()

    def press(minutes: int, held: str = "") -> TestResponse:
        now[0] += minutes * 60
        return Browser(app).post("/apply", data=sent | ({"waited": held} if held else {}))

    def task(answer: TestResponse) -> str:
        assert answer.status_code == 429
        return str(re.findall('name="waited" value="([^"]+)"', answer.text)[0])

    first = task(press(0))
    assert task(press(1, first)) == first
    assert task(press(3)) != first
    assert press(0, first).status_code == 200


def test_neither_address_nor_number_is_in_the_database_in_clear(settings: Settings, db: Database) -> None:
    send(opened(settings), slip(new_uuid7(), "13912345678"), "203.0.113.77")
    kept = repr([tuple(row) for row in db.execute("SELECT * FROM visit")])
    assert len(kept) > 100
    assert "13912345678" not in kept
    assert "203.0.113.77" not in kept
