import pytest
from flask import Flask
from sqlite_utils import Database

from domain.errors import Conflict, Refused
from domain.words import Role
from store import sign_in, staff
from store.connection import write
from store.staff import Staff
from tests.browser import PEPPER, PIN, Browser

NEW_PIN = "161803"


def run(app: Flask, *args: str, pin: str = "") -> tuple[int, str]:
    result = app.test_cli_runner().invoke(args=["staff", *args], input=pin and f"{pin}\n")
    return result.exit_code, result.output


def lock(db: Database, person: Staff) -> None:
    """Let *person* have failed once, and then nine times more."""
    with pytest.raises(Refused):
        sign_in.sign_in(db, person.name, NEW_PIN, PEPPER, 0)
    with write(db):
        db.execute("UPDATE sign_in_try SET failures = 10")


def test_two_people_with_the_same_pin_have_different_hashes(db: Database) -> None:
    for name in ("示例一", "示例二"):
        staff.add(db, name, Role.CLERK, PIN, PEPPER)
    hashes = [row["pin_hash"] for row in db["staff"].rows]
    assert len(set(hashes)) == 2
    assert all(kept.startswith("$argon2id$v=19$m=19456,") for kept in hashes)


def test_a_copied_database_is_no_use_without_the_pepper(db: Database, clerk: Staff) -> None:
    assert staff.verify(db, clerk.name, PIN, PEPPER) == clerk
    assert staff.verify(db, clerk.name, PIN, b"another installation") is None


def test_a_manager_adds_a_clerk_who_can_sign_in(as_manager: Browser, client: Browser) -> None:
    response = as_manager.submit("/staff/", name="示例新人", role="clerk", pin=NEW_PIN, again=NEW_PIN)
    assert response.status_code == 303
    page = as_manager.get("/staff/").text
    assert "示例新人" in page
    assert "经办员" in page
    assert client.submit("/session/new", name="示例新人", pin=NEW_PIN).status_code == 303


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": "示例主管"}, "同名"),
        ({"name": ""}, "请填写这一项"),
        ({"name": "示" * 61}, "最多写60个字"),
        ({"name": "示例𠮷"}, "纸上印不出这些字，请换一种写法：𠮷"),
        ({"role": "owner"}, "请选择一项"),
        ({"pin": "111111", "again": "111111"}, "太容易猜到"),
        ({"again": PIN}, "不一样"),
    ],
)
def test_it_refuses_a_wrong_person_and_says_why(
    as_manager: Browser, db: Database, wrong: dict[str, str], said: str
) -> None:
    form = {"name": "示例新人", "role": "clerk", "pin": NEW_PIN, "again": NEW_PIN}
    response = as_manager.submit("/staff/", **form | wrong)
    assert response.status_code == 422
    assert said in response.text
    assert len(staff.everybody(db)) == 1


def test_who_leaves_can_no_longer_sign_in_and_who_returns_can(
    as_manager: Browser, client: Browser, signed_in: Browser, clerk: Staff
) -> None:
    assert as_manager.submit(f"/staff/{clerk.id}/departure").status_code == 303
    assert signed_in.get("/").location.startswith("/session/new")
    assert client.submit("/session/new", name=clerk.name, pin=PIN).status_code == 403
    as_manager.submit(f"/staff/{clerk.id}/return")
    assert client.submit("/session/new", name=clerk.name, pin=PIN).status_code == 303


def test_the_last_manager_cannot_be_sent_away(as_manager: Browser, db: Database, manager: Staff, clerk: Staff) -> None:
    response = as_manager.submit(f"/staff/{manager.id}/departure")
    assert response.status_code == 409
    assert "至少保留一位在岗的主管" in response.text
    assert staff.find(db, manager.id).active
    with pytest.raises(Conflict):
        staff.deactivate(db, manager.id)


def test_a_new_pin_counts_at_once_and_the_old_one_no_more(
    as_manager: Browser, client: Browser, signed_in: Browser, clerk: Staff
) -> None:
    assert as_manager.submit(f"/staff/{clerk.id}/pin", pin=NEW_PIN, again=NEW_PIN).status_code == 303
    assert signed_in.get("/").location.startswith("/session/new")
    assert client.submit("/session/new", name=clerk.name, pin=PIN).status_code == 403
    assert client.submit("/session/new", name=clerk.name, pin=NEW_PIN).status_code == 303


def test_everybody_changes_their_own_pin_and_stays_at_the_counter(
    signed_in: Browser, client: Browser, db: Database, clerk: Staff
) -> None:
    assert "/session/pin" in signed_in.get("/").text
    other = Browser(client.application).sit_down(db, clerk)
    response = signed_in.submit("/session/pin", now=PIN, pin=NEW_PIN, again=NEW_PIN)
    assert "密码已更换" in signed_in.get(response.location).text
    assert other.get("/").location.startswith("/session/new")
    assert client.submit("/session/new", name=clerk.name, pin=PIN).status_code == 403
    assert client.submit("/session/new", name=clerk.name, pin=NEW_PIN).status_code == 303


@pytest.mark.parametrize(
    ("typed", "status"),
    [
        ({"now": NEW_PIN, "pin": NEW_PIN, "again": NEW_PIN}, 403),
        ({"now": PIN, "pin": "111111", "again": "111111"}, 422),
        ({"now": PIN, "pin": NEW_PIN, "again": PIN}, 422),
    ],
)
def test_their_own_pin_stays_where_anything_is_wrong(
    signed_in: Browser, db: Database, clerk: Staff, typed: dict[str, str], status: int
) -> None:
    assert signed_in.submit("/session/pin", **typed).status_code == status
    assert staff.verify(db, clerk.name, PIN, PEPPER) == clerk


def test_guessing_ones_pin_there_is_counted_like_signing_in(signed_in: Browser, db: Database, clerk: Staff) -> None:
    for _ in range(sign_in.FREE_TRIES):
        signed_in.submit("/session/pin", now=NEW_PIN, pin=NEW_PIN, again=NEW_PIN)
    assert signed_in.submit("/session/pin", now=PIN, pin=NEW_PIN, again=NEW_PIN).status_code == 429
    assert staff.verify(db, clerk.name, PIN, PEPPER) == clerk


def test_a_manager_unlocks_who_failed_too_often(as_manager: Browser, db: Database, clerk: Staff) -> None:
    lock(db, clerk)
    assert f"/staff/{clerk.id}/unlocking" in as_manager.get("/staff/").text
    as_manager.submit(f"/staff/{clerk.id}/unlocking")
    assert not sign_in.is_locked(db, clerk.name, PEPPER)
    assert f"/staff/{clerk.id}/unlocking" not in as_manager.get("/staff/").text


@pytest.mark.parametrize("act", ["departure", "return", "unlocking", "pin"])
def test_a_clerk_can_do_nothing_of_this(signed_in: Browser, db: Database, manager: Staff, act: str) -> None:
    response = signed_in.submit(f"/staff/{manager.id}/{act}", pin=NEW_PIN, again=NEW_PIN)
    assert response.status_code == 403
    assert staff.verify(db, manager.name, PIN, PEPPER) == manager


@pytest.mark.parametrize("act", ["departure", "return", "unlocking", "pin"])
def test_it_says_that_there_is_no_such_person(as_manager: Browser, act: str) -> None:
    response = as_manager.submit(f"/staff/nobody/{act}", pin=NEW_PIN, again=NEW_PIN)
    assert response.status_code == 404


def test_the_console_adds_with_the_pin_from_standard_input(app: Flask, db: Database) -> None:
    code, output = run(app, "add", "示例甲", "--role", "manager", pin=PIN)
    assert code == 0
    assert PIN not in output
    assert staff.verify(db, "示例甲", PIN, PEPPER) == staff.named(db, "示例甲")
    assert staff.named(db, "示例甲").role is Role.MANAGER


@pytest.mark.parametrize("pin", ["", "12345", "abcdef", "654321"])
def test_the_console_refuses_a_bad_pin(app: Flask, db: Database, pin: str) -> None:
    code, output = run(app, "add", "示例甲", "--role", "clerk", pin=pin)
    assert code == 1
    assert "密码" in output
    assert not staff.exist(db)


def test_the_console_refuses_a_name_twice_and_an_unknown_role(app: Flask, clerk: Staff) -> None:
    assert run(app, "add", clerk.name, "--role", "clerk", pin=PIN)[0] == 1
    assert run(app, "add", "示例甲", "--role", "owner", pin=PIN)[0] == 2


def test_the_console_lists_unlocks_and_changes_pins(app: Flask, db: Database, clerk: Staff) -> None:
    lock(db, clerk)
    assert "locked    clerk    示例经办" in run(app, "list")[1]
    assert run(app, "unlock", clerk.name)[0] == 0
    assert "active    clerk    示例经办" in run(app, "list")[1]
    assert run(app, "pin", clerk.name, pin=NEW_PIN)[0] == 0
    assert staff.verify(db, clerk.name, NEW_PIN, PEPPER) == clerk


def test_the_console_knows_no_strangers(app: Flask, clerk: Staff) -> None:
    code, output = run(app, "unlock", "示例无人")
    assert code == 1
    assert "没有这位工作人员" in output
