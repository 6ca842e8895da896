"""The trader's real page and the frozen table say the same of every field: its place, its words, its kind."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

import slip
from slip.table import BUYERS, Field, fields
from slip.values import NO, TICKED, YES
from tests.phone import FILL, Place, controls, open_form
from tests.slips import RECORD

TEXT = "(id) => import('/static/apply/slip.js').then(({ text }) => text(document.getElementById('form'), id, 'bo'))"


def told_apart(field: Field, number: int) -> list[str]:
    """Return an answer that no other field of this page has, as far as its kind allows."""
    match field.kind:
        case "text":
            return [f"{field.step} {number} {field.name}"]
        case "word":
            return [{"county": "540234", "tier": "starter"}[field.name]]
        case "yes_no":
            return [YES if number % 2 else NO]
        case "tick":
            return [TICKED]
        case "several":
            return [field.words[0], field.words[-1]]
    return [field.words[-1]]


def answered(buyers: int) -> dict[str, Any]:
    """Return answers to every question for so many *buyers*."""
    answers: dict[str, Any] = {field.step: {} for field in fields()}
    for field in fields():
        answers[field.step][field.name] = told_apart(field, 0)
    return {**answers, BUYERS: [_buyer(number) for number in range(buyers)]}


def _buyer(number: int) -> dict[str, list[str]]:
    return {field.name: told_apart(field, number) for field in fields() if field.step == BUYERS}


@pytest.mark.parametrize("language", ["zh", "bo"])
@pytest.mark.parametrize("buyers", [1, 3])
def test_every_field_of_the_page_stands_in_its_place(page: Page, public: Place, language: str, buyers: int) -> None:
    open_form(page, public.url, language)
    for count in range(2, buyers + 1):
        page.evaluate("document.querySelector('[name=go][value=another]').click()")
        expect(page.locator("section[id^=buyers-]")).to_have_count(count)
    answers = answered(buyers)
    page.evaluate(FILL, controls(answers))
    read = slip.read(page.evaluate(TEXT, RECORD).encode())
    assert read.answers == {**answers, "declarations": {**answers["declarations"], "read_in": ["bo"]}}


def test_every_word_of_a_list_is_on_the_page_in_the_table_s_order(page: Page, public: Place) -> None:
    open_form(page, public.url)
    for field in fields():
        if field.words:
            group = f"{field.step}{'-0' * (field.step == BUYERS)}-{field.name}"
            words = page.evaluate("(name) => [...document.getElementsByName(name)].map(({ value }) => value)", group)
            assert tuple(words) == field.words, group
