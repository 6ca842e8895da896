"""What the phone writes by ``slip.js`` is what the counter reads, field by field, in real Chromium."""

import base64
from collections.abc import Iterator
from html import escape
from typing import Any

import pytest
from hypothesis import given, settings
from playwright.sync_api import Browser, Page

import slip
from slip import writing
from slip.table import Field, places
from tests.chromium import blank_page
from tests.slips import PRODUCT, RECORD, SLIPS, likely

FILL = """([html, id, language]) => {
  document.body.innerHTML = html;
  const form = document.forms[0];
  const text = SLIP.text(form, id, language);
  return SLIP.pack(text).then((bytes) => [text, btoa(String.fromCharCode(...bytes))]);
}"""

PACKED = "(text) => SLIP.pack(text).then((bytes) => new TextDecoder().decode(bytes))"


def control(field: Field, number: int | None, answers: dict[str, Any]) -> str:
    step = field.step if number is None else f"{field.step}-{number}"
    values = (answers[field.step] if number is None else answers[field.step][number]).get(field.name, [])
    name = f'name="{step}-{field.name}"'
    options = {"yes_no": ("yes", "no"), "tick": ("y",), "word": ("", *values)}.get(field.kind, field.words)
    if field.kind == "text":
        return f'<input {name} value="{escape(values[0])}">'
    if field.name == "county":
        marked = [f'<option value="{word}"{" selected" * (word in values)}>{word}' for word in options]
        return f"<select {name}>{''.join(marked)}</select>"
    kind = "checkbox" if field.kind in ("several", "tick") else "radio"
    return "".join(f'<input type={kind} {name} value="{word}"{" checked" * (word in values)}>' for word in options)


def form(answers: dict[str, Any]) -> str:
    asked = "".join(control(field, number, answers) for field, number in places(len(answers["buyers"])))
    beside = '<input type=hidden name=id value=x><button name=go value=next>x</button><input name="elsewhere" value=x>'
    return f'<form data-product="{PRODUCT[0]}:{PRODUCT[1]}"><fieldset>{beside}{asked}</fieldset></form>'


@pytest.fixture(scope="module")
def page(running_chromium: Browser) -> Iterator[Page]:
    with blank_page(running_chromium) as page:
        page.evaluate("import('/static/apply/slip.js').then((module) => { window.SLIP = module })")
        page.evaluate("() => { window.REAL = CompressionStream }")
        yield page


@settings(max_examples=40)
@given(held=SLIPS)
def test_the_phone_and_the_counter_hold_the_same_answers(page: Page, held: tuple[str, dict[str, Any]]) -> None:
    language, answers = held
    text, data = page.evaluate(FILL, [form(answers), RECORD, language])
    read = slip.read(base64.b64decode(data))
    assert slip.read(text.encode()) == read
    wanted = slip.read(slip.write(RECORD, language, *PRODUCT, answers))
    assert read.answers == wanted.answers
    assert (read.id, read.language, read.product) == (RECORD, language, PRODUCT[0])


def test_both_write_the_same_text(page: Page) -> None:
    for buyers in (1, 5):
        answers = likely(buyers, long=buyers > 1)
        assert page.evaluate(FILL, [form(answers), RECORD, "zh"])[0] == writing.text(RECORD, "zh", *PRODUCT, answers)


def test_a_browser_that_cannot_deflate_hands_over_the_text_itself(page: Page) -> None:
    page.evaluate("window.CompressionStream = undefined")
    assert page.evaluate(PACKED, "1\n吉隆") == "1\n吉隆"
    page.evaluate("() => { window.CompressionStream = REAL }")


def test_a_browser_that_knows_only_zlib_cuts_the_deflate_out_of_it(page: Page) -> None:
    page.evaluate("""() => {
      window.CompressionStream = function (format) {
        if (format === 'deflate-raw') throw new TypeError(format);
        return new REAL(format);
      };
    }""")
    text, data = page.evaluate(FILL, [form(likely()), RECORD, "zh"])
    page.evaluate("() => { window.CompressionStream = REAL }")
    assert len(base64.b64decode(data)) < len(text.encode())
    assert slip.read(base64.b64decode(data)) == slip.read(text.encode())
