import pytest
from flask import Flask
from sqlite_utils import Database

from store import drafts
from store.connection import write
from store.staff import Staff
from tests.browser import Browser
from tests.doors import SOME_RECORD, doors, is_public
from tests.enrolment import enrol

# Everything somebody can reach without having signed in.
OPEN_TO_ALL = {"static", "kept", "language", "session.new", "setup.new"}
UNSAFE = {"POST", "PUT", "PATCH", "DELETE"}


def content(db: Database) -> dict[str, list[dict[str, object]]]:
    return {name: list(db[name].rows) for name in db.table_names()}


def test_the_list_of_open_doors_is_complete_and_short(app: Flask) -> None:
    assert OPEN_TO_ALL <= {endpoint for endpoint, _, _ in doors(app)}


def test_every_page_but_the_open_ones_asks_who_is_there(app: Flask, client: Browser, clerk: Staff) -> None:
    token = client.csrf_token()
    for endpoint, method, url in doors(app):
        if endpoint not in OPEN_TO_ALL and not is_public(endpoint):
            response = client.open(url, method=method, data={"csrf_token": token} if method in UNSAFE else None)
            assert response.status_code == 303, url
            assert response.location.startswith("/session/new"), url


def test_every_unsafe_method_wants_the_token_of_the_page(app: Flask, as_manager: Browser) -> None:
    for endpoint, method, url in doors(app):
        if method in UNSAFE and not is_public(endpoint):
            response = as_manager.open(url, method=method)
            assert response.status_code == 400, url
            assert "没有保存" in response.text
            assert as_manager.open(url, method=method, data={"csrf_token": "guess"}).status_code == 400, url


def test_the_public_side_knows_no_session(app: Flask, client: Browser, as_manager: Browser, db: Database) -> None:
    enrol(db)
    for endpoint, method, url in doors(app):
        if is_public(endpoint):
            for somebody in (client, as_manager):
                response = somebody.open(url, method=method)
                assert response.status_code not in (302, 303, 401, 500), url
                assert "Set-Cookie" not in response.headers, url


def test_reading_changes_nothing(app: Flask, as_manager: Browser, db: Database) -> None:
    before = content(db)
    for _, method, url in doors(app):
        if method == "GET":
            assert as_manager.get(url).status_code != 500, url
    assert content(db) == before


@pytest.mark.parametrize("url", ["/nowhere", "/applications/../../etc/passwd", "/staff"])
def test_an_unknown_address_tells_a_stranger_nothing(client: Browser, clerk: Staff, url: str) -> None:
    response = client.get(url)
    assert response.status_code in (303, 308)


def test_a_new_point_leads_everybody_to_its_setting_up(app: Flask, client: Browser) -> None:
    assert client.get("/").location == "/setup"
    assert client.get("/session/new").location == "/setup"


def test_it_returns_people_to_the_page_they_wanted_without_its_query(client: Browser, clerk: Staff) -> None:
    assert client.get("/applications?q=示例").location == "/session/new?next=/applications"
    assert client.submit("/session/end").location == "/session/new?next=/"


def test_a_made_up_or_altered_cookie_opens_nothing(app: Flask, client: Browser, signed_in: Browser) -> None:
    assert client.hold("0" * 43).get("/").status_code == 303
    cookie = signed_in.get_cookie("tsheg")
    assert cookie is not None
    altered = Browser(app)
    altered.set_cookie("tsheg", cookie.value[:-2] + "AA")
    assert altered.get("/").status_code == 303


@pytest.mark.parametrize("seconds", [(11 * 60, 0), (0, 11 * 3600)], ids=["left alone", "at its end"])
def test_what_was_typed_into_a_draft_while_the_counter_locked_is_kept(
    signed_in: Browser, db: Database, clerk: Staff, seconds: tuple[int, int]
) -> None:
    drafts.start(db, SOME_RECORD, clerk.id, {}, 0, "")
    with write(db):
        db.execute("UPDATE session SET seen_at = seen_at - ?, started_at = started_at - ?", seconds)
    url = f"/drafts/{SOME_RECORD}/policyholder"
    response = signed_in.submit(url, name="示例商店")
    assert response.location.startswith("/session/lock")
    assert "示例商店" in str(drafts.get(db, SOME_RECORD, clerk.id).answers)
    assert signed_in.get(url).location.startswith("/session/lock")


def test_a_clerk_is_refused_what_is_for_managers(signed_in: Browser) -> None:
    response = signed_in.get("/staff/")
    assert response.status_code == 403
    assert "主管" in response.text


@pytest.mark.parametrize("address", ["/apply/nowhere", "/p/JL/apply/nowhere", "/p/JL"])
def test_whoever_loses_the_way_on_the_public_side_is_not_led_to_the_staffs_door(client: Browser, address: str) -> None:
    assert client.get(address).status_code == 404
