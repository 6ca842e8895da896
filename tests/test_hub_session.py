"""Who may sit at the desk: the one-time code, names and passphrases, the waits after failures, the idle lock."""

import dataclasses
import re
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine, select

from domain.errors import Conflict, FieldError, Refused, TooManyTries
from hub import admission, create_app
from hub.installation import Installation, open_installation
from hub.store import tables
from hub.store.engine import read
from tests.browser import Browser
from tests.insurer import PASSPHRASE, UNDERWRITER, settings

START = 1_800_000_000


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch):
    """Time that stands still until a test moves it."""
    moment = [START]
    monkeypatch.setattr("hub.admission._now", lambda: moment[0])
    return moment


@pytest.fixture
def browser(hub_app: Flask) -> Browser:
    return Browser(hub_app)


@pytest.fixture
def hired(hub: Installation) -> str:
    admission.add(hub, UNDERWRITER, PASSPHRASE)
    return UNDERWRITER


def fail(hub: Installation, name: str, times: int) -> None:
    for _ in range(times):
        with pytest.raises(Refused):
            admission.sign_in(hub, name, "not the passphrase")


def test_nobody_can_sign_in_on_a_fresh_hub(hub: Installation, browser: Browser):
    assert not admission.is_set_up(hub)
    assert browser.get("/").location == "/setup"
    assert browser.get("/session/new").location == "/setup"


def test_the_first_underwriter_comes_in_by_the_code(hub: Installation, browser: Browser):
    code = admission.new_setup_code(hub)
    fields = {"code": f"{code[:4]} {code[4:]}", "name": UNDERWRITER, "passphrase": PASSPHRASE, "again": PASSPHRASE}
    assert browser.submit("/setup", **fields).location == "/"
    assert UNDERWRITER in browser.get("/").text
    assert browser.get("/setup").location == "/session/new"


def test_the_code_works_once(hub: Installation):
    code = admission.new_setup_code(hub)
    admission.set_up(hub, code, UNDERWRITER, PASSPHRASE)
    with pytest.raises(Conflict):
        admission.set_up(hub, code, "示例·另一位", PASSPHRASE)
    with pytest.raises(Conflict):
        admission.new_setup_code(hub)


def test_a_newer_code_ends_the_one_before(hub: Installation):
    old, new = admission.new_setup_code(hub), admission.new_setup_code(hub)
    with pytest.raises(FieldError):
        admission.set_up(hub, old, UNDERWRITER, PASSPHRASE)
    assert admission.set_up(hub, new, UNDERWRITER, PASSPHRASE)


def test_guessing_the_code_has_to_wait(hub: Installation):
    code = admission.new_setup_code(hub)
    for _ in range(5):
        with pytest.raises(FieldError):
            admission.set_up(hub, "00000000", UNDERWRITER, PASSPHRASE)
    with pytest.raises(TooManyTries):
        admission.set_up(hub, code, UNDERWRITER, PASSPHRASE)


@pytest.mark.parametrize(
    "fields",
    [
        {"code": "12345678"},
        {"passphrase": "short", "again": "short"},
        {"again": "another phrase altogether"},
        {"name": ""},
        {"passphrase": "", "again": ""},
    ],
)
def test_it_refuses_a_setting_up_that_is_not_right(hub: Installation, browser: Browser, fields: dict[str, str]):
    code = admission.new_setup_code(hub)
    right = {"code": code, "name": UNDERWRITER, "passphrase": PASSPHRASE, "again": PASSPHRASE}
    answer = browser.submit("/setup", **(right | fields))
    assert answer.status_code == 422
    assert PASSPHRASE not in answer.text
    assert not admission.is_set_up(hub)


@pytest.mark.usefixtures("hired")
def test_it_signs_in_and_goes_on_to_where_the_person_wanted_to_go(browser: Browser):
    assert browser.get("/applications/asked?page=2").location == "/session/new?next=/applications/asked"
    answer = browser.submit("/session/new?next=/applications/asked", name=UNDERWRITER, passphrase=PASSPHRASE)
    assert answer.location == "/applications/asked"


@pytest.mark.usefixtures("hired")
@pytest.mark.parametrize("target", ["https://example.org/", "//example.org", "/\\example.org"])
def test_it_leads_to_no_other_site(browser: Browser, target: str):
    answer = browser.submit("/session/new", name=UNDERWRITER, passphrase=PASSPHRASE, next=target)
    assert answer.location == "/"


@pytest.mark.usefixtures("hired")
def test_known_and_unknown_names_get_the_same_answer(browser: Browser):
    answers = [
        browser.submit("/session/new", name=name, passphrase="not the passphrase")
        for name in (UNDERWRITER, "示例·无人")
    ]
    pages = [re.sub('(csrf[_-]token" (?:value|content)=")[^"]+', r"\1", answer.text) for answer in answers]
    assert [answer.status_code for answer in answers] == [403, 403]
    assert pages[0].replace(UNDERWRITER, "") == pages[1].replace("示例·无人", "")


def test_after_five_failures_even_the_right_passphrase_waits(hub: Installation, hired: str, clock: list[int]):
    fail(hub, hired, 5)
    with pytest.raises(TooManyTries):
        admission.sign_in(hub, hired, PASSPHRASE)
    clock[0] += 30
    assert admission.sign_in(hub, hired, PASSPHRASE)


def test_the_wait_grows_to_an_hour_and_no_further(hub: Installation, hired: str, clock: list[int]):
    fail(hub, hired, 4)
    waits = []
    for _ in range(10):
        fail(hub, hired, 1)
        with read(hub.engine) as connection:
            waits.append(connection.scalars(select(tables.sign_in_try.c.wait_until)).one() - clock[0])
        clock[0] += waits[-1]
    assert waits == [30, 60, 120, 240, 480, 960, 1920, 3600, 3600, 3600]


@pytest.mark.usefixtures("clock")
def test_an_unknown_name_waits_as_well(hub: Installation):
    fail(hub, "示例·无人", 5)
    with pytest.raises(TooManyTries):
        admission.sign_in(hub, "示例·无人", PASSPHRASE)


@pytest.mark.usefixtures("clock")
def test_failures_are_remembered_across_a_restart(hub: Installation, hired: str):
    fail(hub, hired, 5)
    hub.engine.dispose()
    again = open_installation(hub.settings)
    with pytest.raises(TooManyTries):
        admission.sign_in(again, hired, PASSPHRASE)
    again.engine.dispose()


@pytest.mark.usefixtures("clock")
def test_success_forgets_the_failures(hub: Installation, hired: str):
    fail(hub, hired, 4)
    admission.sign_in(hub, hired, PASSPHRASE)
    fail(hub, hired, 4)
    assert admission.sign_in(hub, hired, PASSPHRASE)


def everything(engine: Engine) -> bytes:
    """Return all that any table holds."""
    with read(engine) as connection:
        return repr([connection.execute(table.select()).all() for table in tables.metadata.sorted_tables]).encode()


def test_no_typed_name_and_no_passphrase_is_kept(hub: Installation, hired: str):
    fail(hub, "typed into the wrong field", 1)
    token = admission.sign_in(hub, hired, PASSPHRASE)
    kept = everything(hub.engine)
    for secret in (b"typed into the wrong field", PASSPHRASE.encode(), token.encode()):
        assert secret not in kept


def test_the_same_passphrase_of_two_people_is_kept_differently(hub: Installation, hired: str):
    admission.add(hub, "示例·另一位", PASSPHRASE)
    with read(hub.engine) as connection:
        kept = connection.scalars(select(tables.staff.c.passphrase_hash)).all()
    assert len(set(kept)) == 2
    assert all(one.startswith("$argon2id$") for one in kept)
    with pytest.raises(Conflict):
        admission.add(hub, hired, PASSPHRASE)


def test_a_session_ends_when_left_alone(hub: Installation, hired: str, clock: list[int]):
    token = admission.sign_in(hub, hired, PASSPHRASE)
    for minutes in (14, 14, 14):
        clock[0] += minutes * 60
        assert admission.admit(hub, token) == hired
    clock[0] += 15 * 60
    assert admission.admit(hub, token) is None


def test_a_session_ends_after_ten_hours(hub: Installation, hired: str, clock: list[int]):
    token = admission.sign_in(hub, hired, PASSPHRASE)
    for _ in range(59):
        clock[0] += 600
        assert admission.admit(hub, token) == hired
    clock[0] += 600
    assert admission.admit(hub, token) is None


def test_setting_the_clock_back_prolongs_no_session(hub: Installation, hired: str, clock: list[int]):
    token = admission.sign_in(hub, hired, PASSPHRASE)
    clock[0] -= 3600
    assert admission.admit(hub, token) is None


def test_signing_out_ends_the_session_everywhere(hub_app: Flask, desk: Browser):
    kept = desk.get_cookie("tsheg-hub")
    assert desk.submit("/session/end").location == "/session/new"
    assert kept
    copy = Browser(hub_app)
    copy.set_cookie("tsheg-hub", kept.value)
    assert copy.get("/").status_code == 303


def test_signing_in_gives_a_new_cookie(hub_app: Flask, desk: Browser):
    before = desk.get_cookie("tsheg-hub")
    desk.submit("/session/new", name=UNDERWRITER, passphrase=PASSPHRASE)
    after = desk.get_cookie("tsheg-hub")
    assert before
    assert after
    assert before.value != after.value
    assert hub_app.config["SESSION_COOKIE_HTTPONLY"]


def test_the_cookie_is_bound_to_this_host_behind_https(tmp_path: Path):
    secure = dataclasses.replace(settings(tmp_path / "hub"), secure_cookies=True)
    hub = open_installation(secure)
    admission.add(hub, UNDERWRITER, PASSPHRASE)
    app = create_app(secure)
    browser = Browser(app)
    answer = browser.get("/session/new", base_url="https://localhost")
    cookie = next(value for value in answer.headers.getlist("Set-Cookie") if "tsheg" in value)
    assert cookie.startswith("__Host-tsheg-hub=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Strict"} <= set(cookie.split("; "))
    assert answer.headers["Strict-Transport-Security"]
