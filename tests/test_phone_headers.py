"""What every public answer says about itself: policy, caches, cookies; and that no browser is sent anywhere else."""

import re
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page as Screen
from sqlite_utils import Database
from werkzeug.test import TestResponse

from bench.applicant import applicant, fill
from tests import trader
from tests.browser import Browser
from tests.enrolment import enrol
from tests.public import Point, phone, public_doors, public_pages, public_point
from tests.test_headers import INLINE, policy

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "worker-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
ASKED_ABOUT, FOR_EVER, NEVER = "no-cache", "max-age=31536000, immutable", "no-store"
READ = {
    "form": ASKED_ABOUT,
    "mine": ASKED_ABOUT,
    "status": ASKED_ABOUT,
    "worker": ASKED_ABOUT,
    "manifest": ASKED_ABOUT,
}
RECORD = trader.fresh_id()
STATUS = {"reference": "JL-26-4F7K-9QTM-W", "code": "0000-0000-0000-0000"}
Ask = Callable[[Browser], TestResponse]
SENT: dict[str, tuple[int, Ask]] = {
    "going on without an answer": (422, lambda one: one.post("/apply", data={"go": "next", "at": "start"})),
    "going back": (200, lambda one: one.post("/apply", data={"go": "back", "at": "business"})),
    "the form submitted": (200, lambda one: _review(one).press("submit")),
    "a slip": (201, lambda one: trader.send(one, trader.slip(RECORD))),
    "the same slip again": (200, lambda one: (trader.send(one, trader.slip(RECORD)), _again(one))[1]),
    "another slip of the same id": (409, lambda one: (trader.send(one, trader.slip(RECORD)), _other(one))[1]),
    "a slip with a mistake": (422, lambda one: trader.send(one, trader.slip(RECORD, policyholder__mobile="1"))),
    "no slip at all": (422, lambda one: trader.send(one, b"?")),
    "a slip too large": (413, lambda one: trader.send(one, bytes(100_000))),
    "a status asked for": (404, lambda one: one.post("/apply/status", data=STATUS)),
    "a status without a code": (422, lambda one: one.post("/apply/status", data={})),
    "another point's page": (404, lambda one: one.get("/p/ZZ/apply")),
}
ELSEWHERE = "document.addEventListener('securitypolicyviolation', event => console.error(event.violatedDirective))"


def _review(browser: Browser) -> trader.Page:
    page = trader.Page(browser)
    page.fill()
    return page


def _again(browser: Browser) -> TestResponse:
    return trader.send(browser, trader.slip(RECORD))


def _other(browser: Browser) -> TestResponse:
    return trader.send(browser, trader.slip(RECORD, policyholder__name="另一家示例商店"))


@pytest.fixture
def trading(client: Browser, db: Database) -> Browser:
    """A phone's browser at an enrolled point."""
    enrol(db)
    return client


def held(answer: TestResponse, url: str = "") -> None:
    """Hold what every public answer has to say."""
    assert policy(answer.headers["Content-Security-Policy"]) == POLICY, url
    assert answer.headers["X-Content-Type-Options"] == "nosniff", url
    assert answer.headers["Referrer-Policy"] == "same-origin", url
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin", url
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin", url
    assert "Set-Cookie" not in answer.headers, url


def test_every_public_address_has_a_place_in_the_table(app: Flask) -> None:
    read = {endpoint.partition(".")[2] for endpoint, method, _ in public_doors(app) if method == "GET"}
    assert read == set(READ)


def test_what_is_read_has_the_whole_policy_no_cookie_and_its_place_in_caches(app: Flask, trading: Browser) -> None:
    for endpoint, method, url in public_doors(app):
        if method == "GET":
            answer = trading.get(url)
            held(answer, url)
            assert answer.status_code == 200, url
            assert answer.headers["Cache-Control"] == READ[endpoint.partition(".")[2]], url


def test_a_phone_that_has_a_page_hears_only_that_it_is_the_same(app: Flask, trading: Browser) -> None:
    asked = [url for endpoint, method, url in public_doors(app) if method == "GET" and "manifest" not in endpoint]
    for url in asked:
        tag = trading.get(url).headers["ETag"]
        answer = trading.get(url, headers={"If-None-Match": tag})
        assert (answer.status_code, answer.data) == (304, b""), url
        assert answer.headers["Cache-Control"] == ASKED_ABOUT, url
        held(answer, url)


@pytest.mark.parametrize("what", SENT)
def test_what_is_sent_and_what_goes_wrong_stays_in_no_cache(trading: Browser, what: str) -> None:
    status, ask = SENT[what]
    answer = ask(trading)
    assert answer.status_code == status
    assert answer.headers["Cache-Control"] == NEVER
    held(answer)


def test_only_the_choice_of_a_language_is_remembered(trading: Browser) -> None:
    answer = trading.post("/apply", data={"switch_language": "bo", "at": "start"})
    (cookie,) = answer.headers.getlist("Set-Cookie")
    assert cookie.startswith("lang=bo;")
    assert "HttpOnly" in cookie


def test_files_of_the_public_pages_are_kept_for_ever_and_allow_nothing(app: Flask, trading: Browser) -> None:
    pages = "".join(trading.get(page).text for page in public_pages(app))
    files = set(re.findall(r'"(/static/[^"?]+)"', pages + trading.get("/apply/worker.js").text))
    assert any(name.endswith(".css") for name in files)
    assert any("/vendor/" in name for name in files)
    for url in files:
        answer = trading.get(url)
        assert (answer.status_code, answer.headers["Cache-Control"].removeprefix("public, ")) == (200, FOR_EVER), url
        assert answer.headers["Content-Security-Policy"] == "default-src 'none'", url
        assert answer.headers["X-Content-Type-Options"] == "nosniff", url
        assert "Set-Cookie" not in answer.headers, url


def test_no_public_page_has_script_or_style_of_its_own(app: Flask, trading: Browser) -> None:
    for url in public_pages(app):
        assert not INLINE.search(trading.get(url).text), url


@pytest.fixture(scope="module")
def point() -> Iterator[Point]:
    with public_point() as point:
        yield point


@pytest.mark.parametrize("language", ["zh", "bo"])
def test_chromium_finds_nothing_against_the_policy_and_goes_nowhere_else(
    chromium: Chromium, point: Point, language: str
) -> None:
    with phone(chromium, language, service_workers="allow") as page:
        complaints, hosts = _listen(page)
        for address in public_pages(point.app):
            page.goto(point.url + address)
            page.wait_for_load_state("networkidle")
        page.goto(f"{point.url}/apply")
        fill(page, applicant(language))
        page.locator("button[value=submit]:visible").click()
        page.locator("[data-state=received]").wait_for()
        cookies = page.context.cookies()
    assert complaints == []
    assert hosts == {urlsplit(point.url).netloc}
    assert cookies == []


def _listen(page: Screen) -> tuple[list[str], set[str]]:
    complaints: list[str] = []
    hosts: set[str] = set()
    page.add_init_script(ELSEWHERE)
    page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.context.on("request", lambda asked: hosts.add(urlsplit(asked.url).netloc))
    return complaints, hosts
