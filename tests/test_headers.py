import re
from pathlib import Path

import pytest
from flask import Flask
from sqlite_utils import Database

from app import create_app
from settings import Settings
from store.staff import Staff
from tests.browser import Browser
from tests.doors import doors, is_public
from tests.enrolment import enrol

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'self'",
}
# What default-src already forbids is not said again to a phone; nobody frames what it shows.
PUBLIC = {name: value for name, value in POLICY.items() if name != "object-src"} | {
    "frame-ancestors": "'none'",
    "worker-src": "'self'",
    "manifest-src": "'self'",
}
FILE = {"default-src": "'none'"}
FILES = ("static", "kept")
INLINE = re.compile(r"<style|<script(?![^>]*\ssrc=)|\s(?:style|on\w+)\s*=", re.IGNORECASE)


def policy(header: str) -> dict[str, str]:
    return dict(part.strip().split(" ", 1) for part in header.split(";"))


@pytest.mark.parametrize("browser", ["client", "signed_in", "as_manager"])
def test_every_answer_carries_the_strict_policy(
    app: Flask, db: Database, clerk: Staff, browser: str, request: pytest.FixtureRequest
) -> None:
    enrol(db)
    someone: Browser = request.getfixturevalue(browser)
    for endpoint, method, url in doors(app):
        headers = someone.open(url, method=method).headers
        wanted = FILE if endpoint in FILES else PUBLIC if is_public(endpoint) else POLICY
        assert wanted.items() <= policy(headers["Content-Security-Policy"]).items(), url
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        if endpoint not in FILES:
            assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
            assert headers["Referrer-Policy"] == "same-origin"
            assert headers["Cross-Origin-Opener-Policy"] == "same-origin"


def test_only_files_and_public_pages_stay_in_a_cache(app: Flask, as_manager: Browser, db: Database) -> None:
    enrol(db)
    for endpoint, method, url in doors(app):
        cached = as_manager.open(url, method=method).headers["Cache-Control"]
        if endpoint not in FILES:
            asked_about = is_public(endpoint) and method == "GET"
            assert cached == ("no-cache" if asked_about else "no-store"), url


def test_static_files_may_be_kept_for_ever(client: Browser, clerk: Staff) -> None:
    sheet = re.findall('rel="stylesheet" href="([^"]+)"', client.get("/session/new").text)[0]
    assert "immutable" in client.get(sheet).headers["Cache-Control"]


def test_no_page_has_script_or_style_of_its_own(app: Flask, as_manager: Browser, db: Database) -> None:
    enrol(db)
    for _, method, url in doors(app):
        if method == "GET":
            page = as_manager.get(url, follow_redirects=True)
            assert page.mimetype != "text/html" or not INLINE.search(page.text), url


@pytest.mark.parametrize(("secure", "told"), [(True, "max-age=31536000; includeSubDomains"), (False, None)])
def test_browsers_are_told_to_stay_with_https_where_it_is_served(
    tmp_path: Path, secure: bool, told: str | None
) -> None:
    app = create_app(Settings(data=tmp_path / "point", secure_cookies=secure))
    assert app.test_client().get("/session/new").headers.get("Strict-Transport-Security") == told
