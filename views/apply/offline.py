"""What makes the pages an application of the phone's own (离线应用): the worker that keeps them, and the manifest."""

import hashlib
import json
from functools import cache

from flask import current_app, request
from werkzeug.wrappers import Response

from assets import digest
from domain.words import Language
from i18n import CATALOGUES, TAGS, current_language, gettext, speak
from views.apply import apply, page, phone_files
from views.database import settings

# The browser asks for the manifest at every visit.
PAGES = ("", "/mine", "/status", "/manifest.webmanifest")
ICONS = {"192": "any", "512": "any", "maskable": "maskable"}
INK, PAPER = "#7b1e22", "#faf7f0"


@apply.get("/worker.js")
def worker() -> Response:
    """Return the worker; the one that takes itself away where ``TSHEG_PHONE_OFFLINE`` is 0.

    Its scope is this address of the form and what lies below; the browser asks each time whether it is still the same.
    """
    script = _worker() if settings().phone_offline else phone_files.source("without.js")
    response = Response(script, mimetype="text/javascript")
    response.headers["Service-Worker-Allowed"] = _base()
    response.headers["Cache-Control"] = "no-cache"
    response.add_etag()
    return response.make_conditional(request)


@apply.get("/manifest.webmanifest")
def manifest() -> Response:
    """Return what the phone shows of the application on its own screen, in the page's language."""
    response = Response(_manifest(), mimetype="application/manifest+json")
    response.headers["Cache-Control"] = "no-cache"
    return response


def _manifest() -> str:
    language, base = current_language(), _base()
    described = {
        "name": gettext("赊销保险申请"),
        "short_name": gettext("投保申请"),
        "lang": TAGS[language],
        "id": base,
        "start_url": f"{base}?lang={language}",
        "scope": base,
        "display": "standalone",
        "theme_color": INK,
        "background_color": PAPER,
        "icons": [_icon(name, purpose) for name, purpose in ICONS.items()],
    }
    return json.dumps(described, ensure_ascii=False)


def _icon(name: str, purpose: str) -> dict[str, str]:
    side = "512" if name == "maskable" else name
    address = _asset(f"img/icon-{name}.png")
    return {"src": address, "sizes": f"{side}x{side}", "type": "image/png", "purpose": purpose}


def _worker() -> str:
    base = _base()
    pages = [f"{base}{name}?lang={language}" for name in PAGES for language in Language]
    files = [_asset(name) for name in phone_files.names()]
    given = {"VERSION": _version(), "PAGES": pages, "FILES": files}
    head = "".join(f"const {name} = {json.dumps(value)};\n" for name, value in given.items())
    return head + phone_files.source("worker.js")


def _version() -> str:
    """Return a name for all that the worker keeps: another one as soon as a page or a file is another."""
    asked = current_language()
    made = []
    for language in Language:
        speak(language)
        made += [page.empty().tag, _manifest()]
    speak(asked)
    return hashlib.sha256("".join([*made, _texts(), _asset("")]).encode()).hexdigest()[:12]


@cache
def _texts() -> str:
    return digest(phone_files.TEMPLATES) + digest(CATALOGUES)


def _base() -> str:
    return request.path.rpartition("/")[0]


def _asset(name: str) -> str:
    return str(current_app.jinja_env.globals["asset"](name))  # type: ignore[operator]
