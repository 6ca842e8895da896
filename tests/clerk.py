"""A clerk at a served point who signs in as people do, in real Chromium."""

from playwright.sync_api import Page

from domain.words import Role
from keyfile import secret
from store import pins, staff
from store.connection import write
from tests.browser import PIN
from tests.phone import Place

CLERK = "示例经办"


def hire(point: Place, role: Role = Role.CLERK) -> None:
    """Add the clerk, whose PIN is ``PIN``; as a manager where that is wanted."""
    pepper = secret(point.app.config["SETTINGS"].keys, "pepper")
    with write(point.db):
        staff.insert(point.db, CLERK, role, pins.hashed(PIN, pepper))


def sit_down(page: Page, point: Place) -> None:
    """Sign the clerk in."""
    page.goto(point.url)
    page.fill("[name=name]", CLERK)
    page.fill("[name=pin]", PIN)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{point.url}/")
