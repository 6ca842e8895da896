"""The trader's form as it comes to a phone: whole, small, the same for everybody, in both languages."""

import re
from html.parser import HTMLParser

import brotli
import pytest
from flask import Flask
from msgspec.structs import replace
from sqlite_utils import Database

from slip.table import fields
from tests.browser import Browser
from tests.enrolment import PRODUCT, enrol, renew
from tests.test_headers import INLINE
from tests.trader import GROUPS

STAFF_ONLY = {"credit_grade_grade", "credit_grade_source", "credit_grade_as_of", "filled_by_clerk", "read_back",
              "documents", "read_in"}  # fmt: skip
HTML_BYTES = 8_300
LANGUAGES = ("zh", "bo")


class Controls(HTMLParser):
    """Collects the controls of a page in order, with their values, and what labels them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.values: dict[str, list[str]] = {}
        self.kinds: dict[str, str] = {}
        self.labelled: set[str] = set()
        self.ids: list[str] = []
        self.checked: list[str] = []
        self._kind, self._select = "", ""
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        self.ids += [given["id"] or ""] if "id" in given else []
        self._kind = given.get("data-kind") or self._kind
        name = given.get("name") or ""
        if tag in ("input", "select", "textarea") and "-" in name:
            self.values.setdefault(name, []).append(given.get("value") or "")
            self.kinds[name] = self._kind
            self._select = name if tag == "select" else self._select
            self.checked += [name] if "checked" in given else []
        if tag == "option" and given.get("value"):
            self.values[self._select].append(given["value"] or "")
        if tag == "label" and given.get("for"):
            self.labelled.add(given["for"] or "")


@pytest.fixture
def point(db: Database) -> Database:
    enrol(db)
    return db


@pytest.fixture
def page(client: Browser, point: Database) -> str:
    return client.get("/apply").text


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_sent_within_its_budget(client: Browser, point: Database, language: str) -> None:
    answer = client.get(f"/apply?lang={language}", headers={"Accept-Encoding": "gzip, deflate, br"})
    assert answer.headers["Content-Encoding"] == "br"
    assert int(answer.headers["Content-Length"]) == len(answer.data) <= HTML_BYTES
    assert brotli.decompress(answer.data).decode() == client.get(f"/apply?lang={language}").text


def test_it_asks_for_two_files_and_no_more(page: str) -> None:
    fetched = re.findall(r'(?:src|href)="([^"#?]+)"', page)
    assert [address.rsplit("/", 1)[-1] for address in fetched if address.startswith("/static")] == [
        "apply.one.css",
        "form.one.js",
    ]
    assert not INLINE.search(page)


def test_every_group_is_there_and_only_the_first_is_shown(page: str) -> None:
    groups = re.findall(r'<section class="group" id="([^"]+)"( hidden)?', page)
    assert [name for name, _ in groups] == list(GROUPS)
    assert [name for name, hidden in groups if not hidden] == ["start"]


def test_every_field_of_a_slip_has_its_control_and_nothing_else_is_asked(page: str) -> None:
    wanted = {f"{'buyers-0' if field.step == 'buyers' else field.step}-{field.name}": field for field in fields()}
    found = Controls(page)
    assert set(found.values) == set(wanted)
    for name, field in wanted.items():
        if field.words:
            assert tuple(found.values[name]) == field.words, name


def test_what_staff_alone_may_fill_is_absent(page: str) -> None:
    assert not {name for name in Controls(page).values if name.rpartition("-")[2] in STAFF_ONLY}


def test_every_typed_field_has_a_label_and_every_id_is_there_once(page: str) -> None:
    found = Controls(page)
    typed = {name for name, kind in found.kinds.items() if kind not in ("choice", "several", "tick")}
    assert typed <= found.labelled
    assert len(found.ids) == len(set(found.ids))


def test_nothing_is_ticked_in_advance_but_the_usual_paper(page: str) -> None:
    assert Controls(page).checked == ["policyholder-id_kind"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_insurers_own_wording_is_there(client: Browser, point: Database, language: str) -> None:
    page = re.sub("<[^>]+>", "", client.get(f"/apply?lang={language}").text)
    for text in [*PRODUCT.exclusions, *(consent.text for consent in PRODUCT.consents)]:
        assert getattr(text, language) in page


def test_an_answer_that_leads_elsewhere_carries_its_reason(page: str) -> None:
    told = dict(re.findall(r'value="(\w+)" data-refer="([^"]+)"', page))
    assert set(told) == {"no", "yes", "border_small_trade", "border_market", "export"}
    assert "短期出口信用保险" in told["export"]


def test_it_is_the_same_for_everybody(app: Flask, point: Database, as_manager: Browser) -> None:
    stranger = Browser(app)
    assert stranger.get("/apply").data == as_manager.get("/apply").data == stranger.get("/p/JL/apply").data


def test_a_phone_that_has_it_hears_only_that_it_is_the_same(client: Browser, point: Database) -> None:
    first = client.get("/apply")
    again = client.get("/apply", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["Cache-Control"] == first.headers["Cache-Control"] == "no-cache"
    other = client.get("/apply?lang=bo", headers={"If-None-Match": first.headers["ETag"]})
    assert other.status_code == 200


def test_a_newer_product_makes_another_page(client: Browser, point: Database) -> None:
    first = client.get("/apply")
    renew(point, replace(PRODUCT, version=2))
    again = client.get("/apply", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 200 and f'data-product="{PRODUCT.id}:2"' in again.text


@pytest.mark.parametrize(
    ("address", "headers", "language"),
    [
        ("/apply", {}, "zh-CN"),
        ("/apply", {"Accept-Language": "bo-CN,bo;q=0.9,zh;q=0.8"}, "bo"),
        ("/apply", {"Accept-Language": "en-GB,en"}, "zh-CN"),
        ("/apply?lang=zh", {"Accept-Language": "bo"}, "zh-CN"),
        ("/apply?lang=xx", {"Accept-Language": "bo"}, "bo"),
    ],
)
def test_it_speaks_the_language_that_was_asked_for(
    client: Browser, point: Database, address: str, headers: dict[str, str], language: str
) -> None:
    answer = client.get(address, headers=headers)
    assert f'<html lang="{language}">' in answer.text
    assert answer.headers["Vary"] == "Accept-Encoding, Accept-Language, Cookie"


def test_it_remembers_the_language_somebody_chose(client: Browser, point: Database) -> None:
    client.set_cookie("lang", "bo")
    assert '<html lang="bo">' in client.get("/apply").text
    assert '<html lang="zh-CN">' in client.get("/apply?lang=zh").text


def test_another_points_address_leads_to_this_points_page_in_both_languages(client: Browser, point: Database) -> None:
    answer = client.get("/p/XY/apply")
    assert answer.status_code == 404
    assert 'lang="zh-CN"' in answer.text and 'lang="bo"' in answer.text and 'href="/apply?lang=bo"' in answer.text
    assert client.get("/p/jl/apply").status_code == 200


@pytest.mark.parametrize("product", [None, replace(PRODUCT, valid_to=PRODUCT.valid_from)])
def test_without_a_product_in_force_it_says_so(client: Browser, db: Database, product) -> None:
    enrol(db, product)
    answer = client.get("/apply")
    assert answer.status_code == 503 and answer.headers["Cache-Control"] == "no-store"


def test_before_the_point_is_enrolled_there_is_no_page(client: Browser) -> None:
    assert client.get("/apply").status_code == 404
