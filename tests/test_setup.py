import re

import pytest
from flask import Flask
from sqlite_utils import Database

from domain.errors import FieldError, Refused
from domain.words import Role
from settings import Settings
from store import setup, staff
from tests.browser import PEPPER, PIN, Browser

NAME = "示例主管"


def printed_code(app: Flask) -> str:
    result = app.test_cli_runner().invoke(args=["setup-code"])
    assert result.exit_code == 0
    return str(result.output.strip())


def test_a_fresh_point_has_no_account_at_all(db: Database) -> None:
    assert staff.everybody(db) == []


def test_its_code_has_more_than_forty_bits_in_groups_that_people_can_type(app: Flask) -> None:
    code = printed_code(app)
    assert re.fullmatch(r"\d{4}(-\d{4}){3}", code)
    assert 10 ** len(code.replace("-", "")) > 2**40


def test_it_keeps_only_the_digest_of_the_code(app: Flask, settings: Settings) -> None:
    code = printed_code(app)
    kept = b"".join(path.read_bytes() for path in settings.data.glob("tsheg.db*"))
    assert code.encode() not in kept
    assert code.replace("-", "").encode() not in kept


@pytest.mark.parametrize("spelling", [str, lambda code: code.replace("-", ""), lambda code: code.replace("-", " ")])
def test_the_first_manager_comes_in_with_the_code_and_is_signed_in(app: Flask, client: Browser, spelling) -> None:
    code = spelling(printed_code(app))
    response = client.submit("/setup", code=code, name=NAME, pin=PIN, again=PIN)
    assert (response.status_code, response.location) == (303, "/")
    assert NAME in client.get("/staff/").text


def test_the_code_is_used_up(app: Flask, client: Browser, db: Database) -> None:
    code = printed_code(app)
    client.submit("/setup", code=code, name=NAME, pin=PIN, again=PIN)
    assert client.submit("/setup", code=code, name="示例二", pin=PIN, again=PIN).location == "/session/new"
    assert [person.name for person in staff.everybody(db)] == [NAME]
    assert db["setup_code"].count == 0


def test_a_new_code_replaces_the_one_before(app: Flask, client: Browser, db: Database) -> None:
    old = printed_code(app)
    new = printed_code(app)
    assert client.submit("/setup", code=old, name=NAME, pin=PIN, again=PIN).status_code == 422
    assert client.submit("/setup", code=new, name=NAME, pin=PIN, again=PIN).status_code == 303
    assert staff.named(db, NAME).role is Role.MANAGER


@pytest.mark.parametrize("code", ["", "0000-0000-0000-0000", "' OR 1=1 --"])
def test_it_refuses_a_wrong_code_and_keeps_what_was_typed(app: Flask, client: Browser, db: Database, code: str) -> None:
    printed_code(app)
    response = client.submit("/setup", code=code, name=NAME, pin=PIN, again=PIN)
    assert response.status_code == 422
    assert NAME in response.text
    assert PIN not in response.text
    assert not staff.exist(db)


def test_without_a_code_shown_nothing_is_right(db: Database) -> None:
    with pytest.raises(FieldError, match="setup_code_wrong"):
        setup.first_manager(db, "", NAME, PIN, PEPPER)


@pytest.mark.parametrize(
    ("pin", "again", "said"),
    [("123456", "123456", "太容易猜到"), ("27182", "27182", "6至12位"), (PIN, "271829", "不一样"), (PIN, "", "请填写")],
)
def test_it_says_what_is_wrong_with_a_pin(app: Flask, client: Browser, pin: str, again: str, said: str) -> None:
    response = client.submit("/setup", code=printed_code(app), name=NAME, pin=pin, again=again)
    assert response.status_code == 422
    assert said in response.text


def test_it_shows_no_code_once_there_are_staff(app: Flask, db: Database, manager: staff.Staff) -> None:
    result = app.test_cli_runner().invoke(args=["setup-code"])
    assert result.exit_code == 1
    assert "已经设置过" in result.output
    with pytest.raises(Refused):
        setup.first_manager(db, "0000", NAME, PIN, PEPPER)


def test_it_is_closed_once_there_are_staff(client: Browser, manager: staff.Staff) -> None:
    assert client.get("/setup").location == "/session/new"
