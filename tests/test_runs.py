"""Every run of a script says which language it is, on every page, in both languages."""

import re
from html.parser import HTMLParser

import pytest
from sqlite_utils import Database

from domain.words import Outcome
from tests.browser import Browser
from tests.enrolment import PRODUCT, decide, enrol
from tests.test_application import SAMPLES, submit
from tests.test_draft import HOLDER, Counter
from tests.trader import Page

TIBETAN = re.compile(r"[\u0f00-\u0fff]")
HAN = re.compile(r"[\u3400-\u9fff]")
VOID = {"meta", "link", "input", "img", "br", "hr", "path", "circle", "rect"}
SEEN = ("alt", "title", "placeholder", "aria-label", "value", "content")


class Runs(HTMLParser):
    """Collects text whose nearest ``lang`` is not its script's."""

    def __init__(self) -> None:
        super().__init__()
        self.languages: list[str] = [""]
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        language = dict(attributes).get("lang") or self.languages[-1]
        for name, value in attributes:
            # What somebody typed stands in a field as it is; a field cannot hold marked runs.
            if name in SEEN and not (tag == "input" and name == "value"):
                self._check(value or "", language)
        if tag not in VOID:
            self.languages.append(language)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            self.languages.pop()

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        return None

    def handle_data(self, data: str) -> None:
        self._check(data, self.languages[-1])

    def _check(self, text: str, language: str) -> None:
        if (TIBETAN.search(text) and language != "bo") or (HAN.search(text) and language != "zh-CN"):
            self.wrong.append(f"{language}: {text.strip()[:80]}")


def wrong_runs(page: str) -> list[str]:
    reader = Runs()
    reader.feed(page)
    return reader.wrong


@pytest.mark.parametrize("language", ["zh", "bo"])
def test_every_run_carries_its_language(signed_in: Browser, db: Database, language: str) -> None:
    enrol(db)
    record = submit(db, SAMPLES[0])
    decide(db, str(record.record_id), Outcome.DECLINED, reasons=(PRODUCT.decline_reasons[0].text,))
    counter = Counter(signed_in).fill()
    signed_in.set_cookie("lang", language)
    steps = ("policyholder", "buyers", "buyers/1", "business", "cover", "quote", "declarations", "review")
    pages = ["/", "/applications", "/leads", "/drafts/new", f"/applications/{record.reference}", "/sync"]
    pages += [counter.url(step) for step in steps]
    for url in pages:
        answer = signed_in.get(url)
        assert answer.status_code == 200, url
        assert wrong_runs(answer.text) == [], url
    wrong = counter.send("policyholder", {**HOLDER, "mobile": "1", "name": "\u202e", "id_number": "2"})
    assert wrong_runs(wrong.text) == []
    assert wrong_runs(signed_in.get("/nowhere").text) == []


@pytest.mark.parametrize("language", ["zh", "bo"])
def test_the_doors_carry_their_language(client: Browser, as_manager: Browser, language: str) -> None:
    for browser, url in ((client, "/session/new"), (as_manager, "/staff")):
        browser.set_cookie("lang", language)
        assert wrong_runs(browser.get(url, follow_redirects=True).text) == []


@pytest.mark.parametrize("language", ["zh", "bo"])
def test_the_traders_pages_carry_their_language(client: Browser, db: Database, language: str) -> None:
    enrol(db)
    page = Page(client, language, policyholder__name_bo=HOLDER["name_bo"])
    answers = [client.get(page.address), client.get("/p/XY/apply"), page.press("submit", at="start"), page.fill()]
    answers.append(page.press("submit"))
    for answer in answers:
        assert wrong_runs(answer.text) == []
