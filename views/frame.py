"""What the frame around every page shows: the point, the person, the link, the version."""

from pathlib import Path
from typing import Any

from flask import Flask, g, url_for

from domain import words
from domain.region import county
from domain.subsidy import subsidy_of
from i18n import gettext
from store import installation, ledger
from views.database import database

VERSION = (Path(__file__).parent.parent / "VERSION").read_text("ascii").strip()


def init_app(app: Flask) -> None:
    """Give base.html what it needs, and every page the closed lists, counties by name, and subsidies by their line."""
    app.context_processor(_frame)
    app.jinja_env.globals.update(words=words, county_name=county_name, subsidy_of=subsidy_of)


def county_name(code: str) -> str:
    """Return what a county is called in the page's language."""
    return gettext(county(code).name)


def _frame() -> dict[str, Any]:
    staff = g.get("staff")
    found = installation.find(database())
    return {
        "place": found.stamp.name if found else "",
        "person": staff.name if staff else "",
        "sign_out_url": url_for("session.end"),
        "home_url": url_for("home.show"),
        "link_up": ledger.contact(database()).up,
        "version": VERSION,
    }
