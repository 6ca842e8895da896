"""A trader's phone (手机): the page in real Chromium, the point really served, and whatever stands between them."""

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from itertools import count
from pathlib import Path
from typing import Any

from flask import Flask
from playwright.sync_api import Browser, Page, expect
from sqlite_utils import Database

import slip
from app import create_app
from demo.numbers import resident_id
from settings import Settings
from store import installation
from store.connection import connect
from tests import enrolment, prepared
from tests.served import served
from tests.slips import likely

WHO, PAPER, MOBILE = "格桑平措", resident_id("540234", 9), "13800138077"
BUYER, GOODS = "那曲试验畜产有限公司", "氆氇三十匹"
CANARIES = (WHO, PAPER, MOBILE, BUYER, GOODS)
INVOICES = count(1)
PATIENCE = 600
SCREEN: Any = {"width": 360, "height": 640}
LIMITS = ("apply_per_address", "apply_per_mobile", "apply_per_hour", "apply_unworked", "status_per_address")
NO_LIMITS = dict.fromkeys(LIMITS, 1_000_000)
WSGI = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
FILL = """(answers) => {
  for (const [name, values] of answers) {
    for (const control of document.getElementsByName(name)) {
      if (/radio|checkbox/.test(control.type)) control.checked = values.includes(control.value);
      else control.value = values[0];
    }
  }
  document.getElementsByName("start-kind")[0].dispatchEvent(new Event("input", { bubbles: true }));
}"""
KEPT = """async (store) => {
  const opening = indexedDB.open("tsheg");
  const database = await new Promise((done) => { opening.onsuccess = () => done(opening.result) });
  const all = await new Promise((done) => {
    database.transaction(store).objectStore(store).getAll().onsuccess = ({ target }) => done(target.result);
  });
  database.close();
  return all.map(({ data, iv, ...open }) => ({ ...open, sealed: Boolean(data) }));
}"""
DUMP = """async () => {
  const said = [JSON.stringify({ ...localStorage, ...sessionStorage })];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) said.push(request.url, await (await cache.match(request)).text());
  }
  for (const { name } of await indexedDB.databases()) {
    const opening = indexedDB.open(name);
    const database = await new Promise((done) => { opening.onsuccess = () => done(opening.result) });
    for (const store of database.objectStoreNames) {
      const all = await new Promise((done) => {
        database.transaction(store).objectStore(store).getAll().onsuccess = ({ target }) => done(target.result);
      });
      for (const record of all) {
        const { data } = record;
        said.push(store + JSON.stringify(record) + (data ? new TextDecoder().decode(data) : ""));
      }
    }
    database.close();
  }
  return said.join("\\n");
}"""


@dataclass
class Between:
    """What stands between phone and point: it answers what is sent in the point's place, as told, and remembers it."""

    point: WSGI
    answers: list[WSGI] = field(default_factory=list)
    received: list[bytes] = field(default_factory=list)
    instead: dict[str, WSGI] = field(default_factory=dict)

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        """Pass everything on but the submissions and addresses that are to be answered otherwise."""
        if environ["PATH_INFO"] in self.instead:
            return self.instead[environ["PATH_INFO"]](environ, start)
        if not environ["PATH_INFO"].endswith("/submissions"):
            return self.point(environ, start)
        body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
        self.received.append(body)
        answer = self.answers.pop(0) if self.answers else self.point
        return answer({**environ, "wsgi.input": BytesIO(body)}, start)

    def ids(self) -> set[str]:
        """Return the records that were sent."""
        return {slip.read(body).id for body in self.received}


def said(status: int, body: Any, kind: str = "application/json", **headers: str) -> WSGI:
    """Return what answers *body*, whoever it may be."""
    data = body.encode() if isinstance(body, str) else json.dumps(body).encode()
    given = [("Content-Type", kind), *((name.replace("_", "-"), value) for name, value in headers.items())]

    def answer(_environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        start(f"{status} -", given)
        return [data]

    return answer


def lost(point: WSGI) -> WSGI:
    """Return what lets the point take the record, and loses its answer."""

    def answer(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        list(point(environ, lambda *_: None))
        return said(502, "<h1>Bad gateway</h1>", "text/html")(environ, start)

    return answer


@dataclass
class Place:
    """A point that is served at *url*, its database, and what stands before it."""

    url: str
    app: Flask
    db: Database
    line: Between

    def taken(self) -> list[str]:
        """Return the ids of the applications that the point has."""
        return [row[0] for row in self.db.execute("SELECT record_id FROM application")]


@contextmanager
def place(folder: Path, **changes: Any) -> Iterator[Place]:
    """Serve an enrolled point from *folder*, its limits out of the way."""
    settings = Settings(data=folder / "point", **(NO_LIMITS | changes))
    if not settings.database.exists():
        prepared.point(settings.database)
    app = create_app(settings)
    db = connect(settings.database)
    if installation.find(db) is None:
        enrolment.enrol(db)
    line = Between(app)
    with served(line) as url:
        yield Place(url, app, db, line)
    db.conn.close()


@contextmanager
def visit(chromium: Browser, place: Place, **phone: Any) -> Iterator[Page]:
    """Open an empty page of a phone that has never been here; nothing stands between it and the point yet."""
    for told in (place.line.answers, place.line.received, place.line.instead):
        told.clear()
    context = chromium.new_context(viewport=SCREEN, **phone)
    yield context.new_page()
    context.close()


def controls(answers: dict[str, Any]) -> list[tuple[str, list[str]]]:
    """Return *answers* by the names of the page's controls."""
    groups = {f"buyers-{number}": buyer for number, buyer in enumerate(answers["buyers"])}
    groups |= {step: held for step, held in answers.items() if step != "buyers"}
    return [(f"{group}-{name}", values) for group, held in groups.items() for name, values in held.items()]


def open_form(page: Page, url: str, language: str = "zh") -> None:
    """Open the form and wait until script has taken over its buttons."""
    page.goto(f"{url}/apply?lang={language}")
    expect(page.locator("[name=id]")).not_to_have_value("")


def answers() -> dict[str, Any]:
    """Return the answers of one trader: words that no page holds, and an invoice that nobody else has."""
    typed = likely()
    typed["policyholder"] |= {"name": [WHO], "contact": [WHO], "id_number": [PAPER], "mobile": [MOBILE]}
    invoice = f"2654{next(INVOICES):016d}"
    typed["buyers"][0] |= {"name": [BUYER], "trade_goods": [GOODS], "trade_invoice_number": [invoice]}
    return typed


def fill(page: Page, typed: dict[str, Any] | None = None) -> None:
    """Fill in the whole form and wait until the phone says that it is kept."""
    page.evaluate(FILL, controls(typed or answers()))
    says(page, "saved")


def submit(page: Page, said: str = "received") -> None:
    """Go through the filled form, submit it, and wait until the page says *said* of it."""
    while page.locator("#review").is_hidden():
        page.click(".bar [value=next]")
    page.click(".bar [value=submit]")
    says(page, said)


def says(page: Page, state: str) -> None:
    """Wait until the page says *state* of what is filled in."""
    expect(page.locator("#state")).to_have_attribute("data-state", state)


def until(page: Page, expression: str) -> None:
    """Wait until *expression* holds; Playwright's own waiting needs ``eval``, which the pages forbid."""
    for _ in range(PATIENCE):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(50)
    raise AssertionError(expression)


def again(page: Page) -> None:
    """Let the page try once more to send what is waiting, as on coming back from elsewhere."""
    page.evaluate("dispatchEvent(new Event('online'))")


def queue(page: Page) -> list[dict[str, Any]]:
    """Return what waits on this phone, as it lies there."""
    return list(page.evaluate(KEPT, "queue"))


def dump(page: Page) -> str:
    """Return everything this browser keeps for the page, as text."""
    return str(page.evaluate(DUMP))
