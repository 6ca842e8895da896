"""A step's form may be left by the language switch or by the idle lock: what was typed is already kept."""

from flask import g, redirect, request, url_for
from werkzeug.wrappers import Response

import i18n


def switched(here: str) -> Response | None:
    """Return where to go when the form was not sent to be checked, else None."""
    if g.get("unsaved"):
        return None
    if g.get("locked"):
        return redirect(url_for("session.lock", next=here), code=303)
    language = request.form.get("switch_language", "")
    if not language:
        return None
    response = redirect(here, code=303)
    i18n.remember(response, language)
    return response
