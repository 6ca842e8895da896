import cProfile
import re
import time
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from sqlite_utils import Database
from werkzeug.test import TestResponse

from app import create_app
from domain.errors import Refused
from settings import Settings
from store import sign_in, staff
from store.connection import write
from store.staff import Staff
from tests.browser import PEPPER, PIN, Browser

WRONG = "314159"
NOBODY = "示例无人"


def answer(response: TestResponse, name: str) -> tuple[int, dict[str, str], str]:
    """Return what an observer sees of *response*, without the name that was typed and the tokens."""
    headers = {key: value for key, value in response.headers if key not in ("Set-Cookie", "Vary")}
    page = re.sub(r'(name="csrf[-_]token" (?:content|value))="[^"]+"', r"\1", response.text)
    return response.status_code, headers, page.replace(name, "")


def fail(browser: Browser, name: str, times: int) -> None:
    for _ in range(times):
        browser.submit("/session/new", name=name, pin=WRONG)


def let_time_pass(db: Database, seconds: float) -> None:
    """Move everything the point remembers into the past."""
    with write(db):
        db.execute("UPDATE sign_in_try SET wait_until = wait_until - ?", [seconds])
        db.execute("UPDATE session SET seen_at = seen_at - ?, started_at = started_at - ?", [seconds, seconds])


def leave_alone(db: Database, minutes: float) -> None:
    with write(db):
        db.execute("UPDATE session SET seen_at = seen_at - ?", [minutes * 60])


def test_it_signs_in_with_name_and_pin(client: Browser, clerk: Staff) -> None:
    response = client.submit("/session/new", name=clerk.name, pin=PIN, next="/staff/")
    assert (response.status_code, response.location) == (303, "/staff/")
    assert client.get("/session/lock").status_code == 303


@pytest.mark.parametrize("typed", ["271 828", "２７１８２８", "271-828"])
def test_it_takes_a_pin_however_its_digits_were_typed(client: Browser, clerk: Staff, typed: str) -> None:
    assert client.submit("/session/new", name=f" {clerk.name} ", pin=typed).status_code == 303


@pytest.mark.parametrize(("name", "pin"), [("示例经办", WRONG), (NOBODY, PIN), ("示例经办", "' OR 1=1 --")])
def test_it_refuses_a_wrong_name_or_pin(client: Browser, clerk: Staff, name: str, pin: str) -> None:
    response = client.submit("/session/new", name=name, pin=pin)
    assert response.status_code == 403
    assert "姓名或密码不对" in response.text


def test_it_never_sends_a_pin_back(client: Browser, clerk: Staff) -> None:
    assert WRONG not in client.submit("/session/new", name=clerk.name, pin=WRONG).text


def test_it_asks_for_what_is_missing(client: Browser, clerk: Staff) -> None:
    response = client.submit("/session/new", name="", pin="")
    assert response.status_code == 422
    assert "请填写这一项" in response.text


def test_it_answers_alike_for_an_unknown_name_and_a_wrong_pin(app: Flask, clerk: Staff) -> None:
    known, unknown = Browser(app), Browser(app)
    for _ in range(7):
        answers = [
            answer(browser.submit("/session/new", name=name, pin=WRONG), name)
            for browser, name in ((known, clerk.name), (unknown, NOBODY))
        ]
        assert answers[0] == answers[1]
    assert answers[0][0] == 429


def test_it_locks_known_and_unknown_names_alike(app: Flask, db: Database, clerk: Staff) -> None:
    for name in (clerk.name, NOBODY):
        fail(Browser(app), name, 1)
    with write(db):
        db.execute("UPDATE sign_in_try SET failures = 10")
    answers = [answer(Browser(app).submit("/session/new", name=n, pin=PIN), n) for n in (clerk.name, NOBODY)]
    assert answers[0] == answers[1]
    assert answers[0][0] == 429


def test_it_does_the_work_of_a_check_for_a_name_nobody_has(db: Database, clerk: Staff) -> None:
    def argon2_runs(name: str) -> int:
        profile = cProfile.Profile()
        profile.runcall(staff.verify, db, name, WRONG, PEPPER)
        stats: Any = profile.getstats()
        return sum(s.callcount for s in stats if getattr(s.code, "co_name", "") in ("hash_secret", "verify_secret"))

    assert argon2_runs(clerk.name) == argon2_runs(NOBODY) == 1


def test_it_makes_people_wait_longer_after_each_failure_from_the_fifth(db: Database, clerk: Staff) -> None:
    waits = []
    for _ in range(sign_in.LOCKED_AFTER - 1):
        at = time.time()
        with pytest.raises(Refused):
            sign_in.sign_in(db, clerk.name, WRONG, PEPPER, at)
        waits.append(round(db.execute("SELECT wait_until FROM sign_in_try").fetchone()[0] - at))
        let_time_pass(db, waits[-1] + 1)
    assert waits == [0, 0, 0, 0, 30, 60, 120, 240, 480]


def test_it_refuses_the_right_pin_while_waiting_and_takes_it_afterwards(
    client: Browser, db: Database, clerk: Staff
) -> None:
    fail(client, clerk.name, 5)
    refused = client.submit("/session/new", name=clerk.name, pin=PIN)
    assert refused.status_code == 429
    assert "请等1分钟再试" in refused.text
    let_time_pass(db, 31)
    assert client.submit("/session/new", name=clerk.name, pin=PIN).status_code == 303


def test_it_counts_on_after_a_restart(client: Browser, settings: Settings, db: Database, clerk: Staff) -> None:
    fail(client, clerk.name, 4)
    restarted = create_app(settings)
    fail(Browser(restarted), clerk.name, 1)
    assert Browser(restarted).submit("/session/new", name=clerk.name, pin=PIN).status_code == 429


def test_it_stays_locked_after_ten_failures_until_somebody_unlocks(
    client: Browser, settings: Settings, db: Database, clerk: Staff
) -> None:
    for _ in range(10):
        fail(client, clerk.name, 1)
        let_time_pass(db, 1000)
    let_time_pass(db, 30 * 24 * 3600)
    response = Browser(create_app(settings)).submit("/session/new", name=clerk.name, pin=PIN)
    assert response.status_code == 429
    assert "请主管解锁" in response.text
    sign_in.unlock(db, clerk, PEPPER)
    assert client.submit("/session/new", name=clerk.name, pin=PIN).status_code == 303


def test_it_forgets_a_few_failures_after_a_day(client: Browser, db: Database, clerk: Staff) -> None:
    fail(client, clerk.name, 4)
    let_time_pass(db, 25 * 3600)
    fail(client, clerk.name, 1)
    assert client.submit("/session/new", name=clerk.name, pin=PIN).status_code == 303


def test_it_forgets_the_failures_when_the_pin_is_right(client: Browser, db: Database, clerk: Staff) -> None:
    fail(client, clerk.name, 4)
    client.submit("/session/new", name=clerk.name, pin=PIN)
    assert db["sign_in_try"].count == 0


def test_it_keeps_neither_typed_names_nor_tokens(client: Browser, settings: Settings, clerk: Staff) -> None:
    fail(client, NOBODY, 1)
    client.submit("/session/new", name=clerk.name, pin=PIN)
    kept = b"".join(path.read_bytes() for path in settings.data.glob("tsheg.db*"))
    assert clerk.name.encode() in kept
    assert NOBODY.encode() not in kept
    assert client.token().encode() not in kept


def test_it_gives_a_new_token_at_each_sign_in_and_ends_the_old_one(app: Flask, client: Browser, clerk: Staff) -> None:
    tokens = []
    for _ in range(2):
        client.submit("/session/new", name=clerk.name, pin=PIN)
        tokens.append(client.token())
    assert len(tokens[0]) >= 43
    assert tokens[0] != tokens[1]
    assert Browser(app).hold(tokens[0]).get("/staff/").location.startswith("/session/new")


def test_its_cookie_is_out_of_reach_of_scripts_and_other_sites(client: Browser, clerk: Staff) -> None:
    cookie = client.submit("/session/new", name=clerk.name, pin=PIN).headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_behind_tls_its_cookie_belongs_to_this_host_alone(settings: Settings, clerk: Staff) -> None:
    client = Browser(create_app(replace(settings, secure_cookies=True)))
    cookie = client.get("/session/new", base_url="https://localhost").headers["Set-Cookie"]
    assert cookie.startswith("__Host-tsheg=")
    assert "Secure" in cookie
    assert "Path=/" in cookie
    assert "Domain" not in cookie


def test_it_signs_out_for_good(app: Flask, signed_in: Browser) -> None:
    token = signed_in.token()
    response = signed_in.submit("/session/end")
    assert response.location == "/session/new"
    assert response.headers["Clear-Site-Data"] == '"storage"'
    assert Browser(app).hold(token).get("/staff/").location.startswith("/session/new")


def test_it_ends_every_session_of_who_may_no_longer_sign_in(
    signed_in: Browser, client: Browser, db: Database, clerk: Staff
) -> None:
    staff.deactivate(db, clerk.id)
    assert signed_in.get("/staff/").location.startswith("/session/new")
    assert client.submit("/session/new", name=clerk.name, pin=PIN).status_code == 403


@pytest.mark.parametrize("target", ["https://example.org/", "//example.org", "/\\example.org", "javascript:alert(1)"])
def test_it_goes_on_only_on_this_site(client: Browser, clerk: Staff, target: str) -> None:
    assert client.submit("/session/new", name=clerk.name, pin=PIN, next=target).location == "/"


def test_it_locks_a_counter_left_alone_and_returns_to_the_page_after_the_pin(as_manager: Browser, db: Database) -> None:
    leave_alone(db, 11)
    locked = as_manager.get("/staff/")
    assert locked.location == "/session/lock?next=/staff/"
    page = as_manager.get(locked.location).text
    assert "示例主管" in page
    assert as_manager.submit("/session/lock", pin=WRONG, next="/staff/").status_code == 403
    assert as_manager.get("/staff/").status_code == 303
    assert as_manager.submit("/session/lock", pin=PIN, next="/staff/").location == "/staff/"
    assert as_manager.get("/staff/").status_code == 200


def test_it_stays_open_while_somebody_works(as_manager: Browser, db: Database) -> None:
    for _ in range(3):
        leave_alone(db, 9)
        assert as_manager.get("/staff/").status_code == 200


def test_it_writes_down_that_somebody_works_at_most_every_thirty_seconds(as_manager: Browser, db: Database) -> None:
    def seen() -> float:
        return float(db.execute("SELECT seen_at FROM session").fetchone()[0])

    first = seen()
    as_manager.get("/staff/")
    assert seen() == first
    leave_alone(db, 0.6)
    as_manager.get("/staff/")
    assert seen() > first


def test_it_counts_wrong_pins_at_the_lock_too(signed_in: Browser, client: Browser, db: Database, clerk: Staff) -> None:
    leave_alone(db, 11)
    for _ in range(5):
        signed_in.submit("/session/lock", pin=WRONG)
    assert signed_in.submit("/session/lock", pin=PIN).status_code == 429
    assert client.submit("/session/new", name=clerk.name, pin=PIN).status_code == 429


def test_somebody_else_can_sign_in_at_a_locked_counter(
    signed_in: Browser, db: Database, manager: Staff, clerk: Staff
) -> None:
    leave_alone(db, 11)
    signed_in.submit("/session/end")
    page = signed_in.get("/session/new").text
    assert clerk.name not in page
    assert signed_in.submit("/session/new", name=manager.name, pin=PIN, next="/staff/").status_code == 303
    assert signed_in.get("/staff/").status_code == 200


@pytest.mark.parametrize("hours", [10, -10])
def test_it_ends_after_its_hours_however_busy_and_whichever_way_the_clock_moved(
    as_manager: Browser, db: Database, hours: float
) -> None:
    with write(db):
        db.execute("UPDATE session SET started_at = started_at - ?", [hours * 3600 + hours])
    locked = as_manager.get("/staff/")
    assert as_manager.get(locked.location).location == "/session/new?next=/staff/"
    assert as_manager.submit("/session/lock", pin=PIN).location.startswith("/session/new")


def test_an_open_session_needs_no_unlocking(signed_in: Browser) -> None:
    assert signed_in.get("/session/lock?next=/staff/").location == "/staff/"


def test_it_forgets_sessions_that_ended_long_ago(
    signed_in: Browser, client: Browser, db: Database, clerk: Staff
) -> None:
    let_time_pass(db, 3 * 24 * 3600)
    client.submit("/session/new", name=clerk.name, pin=PIN)
    assert db["session"].count == 1


def test_the_sign_in_page_speaks_the_chosen_language(client: Browser, clerk: Staff) -> None:
    assert "请登录" in client.get("/session/new").text
    client.set_cookie("lang", "bo")
    page = client.get("/session/new").text
    assert '<html lang="bo">' in page
    assert "请登录" not in page
