"""The README's pictures, made by the program itself from its own synthetic data."""

import os
import sys
import tempfile
import threading
import time
from pathlib import Path

import pypdfium2
import waitress
from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from playwright.sync_api import sync_playwright

from app import create_app
from domain.words import Role
from printing.render import render
from settings import Settings
from store import applications, sessions, staff
from store.connection import connect, write
from views import printed
from views.counter import COOKIE

ROOT = Path(__file__).parent.parent
IMAGES = ROOT / "docs/img"
FONTS = "<fontconfig><include>/etc/fonts/fonts.conf</include><dir>{}</dir></fontconfig>"
CLERK = "示例经办员"
PAPER_SCALE = 1.3


def main(data: Path) -> None:
    """Take both pictures of the point that `make demo` keeps in *data*."""
    app = create_app(Settings(data=data.absolute() / "point"))
    IMAGES.mkdir(parents=True, exist_ok=True)
    _paper(app.config["SETTINGS"])
    _counter(app)


def _paper(settings: Settings) -> None:
    db = connect(settings.database)
    pdf = render(printed.find(db, applications.page(db, limit=1)[0].record_id, "application", settings).paper)
    db.conn.close()
    page = pypdfium2.PdfDocument(pdf)[0].render(scale=PAPER_SCALE).to_pil()
    page.convert("L").quantize(16).save(IMAGES / "paper.png", optimize=True)


def _counter(app: Flask) -> None:
    server = waitress.create_server(app, host="127.0.0.1", port=0)
    threading.Thread(target=server.run, daemon=True).start()
    address = f"http://127.0.0.1:{server.effective_port}"
    with tempfile.NamedTemporaryFile("w", suffix=".conf") as fonts, sync_playwright() as playwright:
        fonts.write(FONTS.format(ROOT / "printing/fonts"))
        fonts.flush()
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium",
            args=["--no-sandbox", "--disable-gpu"],
            env={**os.environ, "FONTCONFIG_FILE": fonts.name},
        )
        page = browser.new_page(viewport={"width": 1100, "height": 860}, base_url=address)
        page.context.add_cookies([{"name": app.config["SESSION_COOKIE_NAME"], "value": _seat(app), "url": address}])
        page.goto("/")
        page.screenshot(path=IMAGES / "counter.png")
        browser.close()


def _seat(app: Flask) -> str:
    """Return the cookie of a clerk who may sit here without a PIN, because nobody knows one."""
    db = connect(app.config["SETTINGS"].database)
    person = staff.named(db, CLERK) if any(one.name == CLERK for one in staff.everybody(db)) else None
    if person is None:
        with write(db):
            person = staff.insert(db, CLERK, Role.CLERK, "no PIN opens this")
    token = sessions.start(db, person.id, time.time())
    db.conn.close()
    serializer = SecureCookieSessionInterface().get_signing_serializer(app)
    return str(serializer.dumps({COOKIE: token})) if serializer else ""


if __name__ == "__main__":
    main(Path(sys.argv[1]))
