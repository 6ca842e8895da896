"""Starting, and the memory of a point that has served a morning but printed nothing."""

from collections.abc import Iterator
from contextlib import closing
from itertools import cycle, islice
from statistics import median

from sqlite_utils import Database

from bench.browser import Browser
from bench.fill import fill
from bench.point import CLERK, PIN, PRODUCT, completed, new_point
from bench.server import serving
from demo.applications import applications as sample
from domain.uuid7 import new_uuid7
from forms.fields import YES
from store import applications, drafts, staff
from store.clock import today
from views.answers import answers_of

STARTS = 5
APPLICATIONS = 200
VIEWS = 50


def run() -> Iterator[tuple[str, float, str]]:
    """Start five times; then look at pages, search, submit, and weigh the process."""
    with new_point() as (settings, db):
        fill(db, APPLICATIONS)
        seconds = []
        for _ in range(STARTS):
            with serving(settings) as server:
                seconds.append(server.seconds)
        yield "start.seconds", median(seconds), "s"
        with serving(settings) as server, closing(Browser(server.port)) as browser:
            _morning(browser, db)
            yield "memory.serving_mb", server.megabytes, "MB"


def _morning(browser: Browser, db: Database) -> None:
    home = browser.sign_in(CLERK, PIN)
    newest = applications.page(db)[0].reference
    for path in islice(cycle(("/", "/applications", f"/applications/{newest}")), VIEWS):
        browser.get(path)
    browser.post("/searches", home, q="zxdz")
    draft = _draft(db)
    page = browser.post(f"/drafts/{draft}/submission", browser.get(f"/drafts/{draft}/review"))
    if applications.page(db)[0].reference not in page:
        raise AssertionError("the application was not submitted")


def _draft(db: Database) -> str:
    """Keep a draft in which only the submission is missing."""
    application = completed(next(sample(PRODUCT, today(), 1, seed=2)), today())
    declared = ("truthful", "terms_received", "exclusions_explained", "filled_by_clerk", "read_back",
                "consent_insurer", "consent_credit_query", "consent_bank")  # fmt: skip
    answers = answers_of(application)
    answers["declarations"] |= {name: [YES] for name in declared}
    draft_id = new_uuid7()
    drafts.start(db, draft_id, staff.named(db, CLERK).id, answers)
    return draft_id
