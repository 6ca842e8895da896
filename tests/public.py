"""The public side as a phone finds it: a point that is really served, its doors without a lock, and a small Chromium."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import Flask
from playwright.sync_api import Browser, Page

from app import create_app
from bench.handset import SCREEN
from bench.point import STAMP, new_point
from settings import Settings
from tests.doors import SOME_RECORD, doors
from tests.served import served

ROOT = Path(__file__).parent.parent
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"]
LOCALES = {"zh": "zh-CN", "bo": "bo-CN"}
PUBLIC = ("/apply", "/p/")
# The project's own fonts: letters are measured alike on a machine that has none.
FONTS: dict[str, str | float | bool] = {**os.environ, "FONTCONFIG_FILE": str(ROOT / "printing/fonts/fonts.conf")}


def public_doors(app: Flask) -> Iterator[tuple[str, str, str]]:
    """Yield (endpoint, method, url) of every route that anybody may knock at."""
    for endpoint, method, url in doors(app):
        if url.startswith(PUBLIC):
            yield endpoint, method, url.replace(f"/p/{SOME_RECORD}", f"/p/{STAMP.code}")


def public_pages(app: Flask) -> list[str]:
    """Return the addresses of all public pages (HTML), by asking for each."""
    client = app.test_client()
    found = [client.get(url) for _, method, url in public_doors(app) if method == "GET"]
    return [answer.request.path for answer in found if answer.mimetype == "text/html"]


@contextmanager
def public_point() -> Iterator[tuple[Flask, Settings, str]]:
    """Serve an enrolled point with the sample product."""
    with new_point() as (settings, _):
        app = create_app(settings)
        with served(app) as url:
            yield app, settings, url


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
