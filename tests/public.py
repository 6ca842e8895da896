"""The public side as a phone finds it: a point that is really served, doors without a lock, a small Chromium."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from flask import Flask
from playwright.sync_api import Browser, Page

from app import create_app
from bench.handset import SCREEN
from bench.point import new_point
from settings import Settings
from tests.doors import doors, is_public
from tests.served import served

LOCALES = {"zh": "zh-CN", "bo": "bo-CN"}


class Point(NamedTuple):
    """A point that is served at *url*."""

    app: Flask
    settings: Settings
    url: str


def public_doors(app: Flask) -> Iterator[tuple[str, str, str]]:
    """Yield (endpoint, method, url) of every route that anybody may knock at."""
    return (door for door in doors(app) if is_public(door[0]))


def public_pages(app: Flask) -> list[str]:
    """Return the addresses of all public pages (HTML), by asking for each."""
    client = app.test_client()
    found = [client.get(url) for _, method, url in public_doors(app) if method == "GET"]
    return [answer.request.path for answer in found if answer.mimetype == "text/html"]


@contextmanager
def public_point() -> Iterator[Point]:
    """Serve an enrolled point with the sample product."""
    with new_point() as (settings, _):
        app = create_app(settings)
        with served(app) as url:
            yield Point(app, settings, url)


@contextmanager
def phone(browser: Browser, language: str, **more: Any) -> Iterator[Page]:
    """Hold a page on a phone whose user reads *language*."""
    context = browser.new_context(
        viewport=SCREEN,
        is_mobile=True,
        has_touch=True,
        locale=LOCALES[language],
        **{"service_workers": "block", **more},
    )
    yield context.new_page()
    context.close()
