"""What the frame around every page shows: whose desk it is, and who sits there."""

from typing import Any

from flask import Flask, g, url_for

from domain import words
from domain.errors import FieldError
from domain.region import county
from domain.subsidy import subsidy_of
from i18n import gettext


def init_app(app: Flask) -> None:
    """Give base.html what it needs, and every page the closed lists, counties by name, and subsidies by their line."""
    app.context_processor(_frame)
    app.jinja_env.globals.update(words=words, county_name=county_name, subsidy_of=subsidy_of)


def county_name(code: str) -> str:
    """Return what a county is called in the page's language; a code nobody knows stays as it is."""
    try:
        return gettext(county(code).name)
    except FieldError:
        return code


def _frame() -> dict[str, Any]:
    return {
        "place": gettext("保险公司核保台"),
        "person": g.get("underwriter") or "",
        "sign_out_url": url_for("session.end"),
        "home_url": url_for("desk.show"),
        "link_up": None,
    }
