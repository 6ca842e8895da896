"""Without any network between them: phone → square code → scanner gun → the same record → receipt → phone."""

import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

import slip
from domain.words import Language
from forms.self_apply import by_the_trader
from slip import digits
from slip.table import places
from store import applications, drafts, receipts, staff
from tests.clerk import CLERK, hire, sit_down
from tests.phone import Place, chromium, fill, open_form, place, submit
from tests.slips import likely

PHONE: Any = {"viewport": {"width": 360, "height": 640}, "device_scale_factor": 2}
ORIGIN = "https://tsheg.example"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = chromium(playwright)
        yield browser
        browser.close()


@pytest.fixture
def point(tmp_path: Path) -> Iterator[Place]:
    with place(tmp_path, public_url=ORIGIN) as here:
        hire(here)
        yield here


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(**PHONE)
    yield context.new_page()
    context.close()


@pytest.fixture
def clerk(browser: Browser, point: Place) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1100, "height": 900})
    page = context.new_page()
    sit_down(page, point)
    yield page
    context.close()


def decoded(picture: Path) -> str:
    """Return what zbar, a decoder that is not ours, reads on a picture."""
    done = subprocess.run(["zbarimg", "--quiet", "--raw", picture], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def shown(phone: Page, point: Place, answers: dict[str, Any], folder: Path, language: str = "zh") -> str:
    """Fill the form in and submit it where there is no line; return what stands in the code on the screen."""
    open_form(phone, point.url, language)
    for _buyer in answers["buyers"][1:]:
        phone.evaluate("document.querySelector('[name=go][value=another]').click()")
    fill(phone, answers)
    point.line.answers.extend([_silent] * 50)
    submit(phone)
    expect(phone.locator("#state")).to_have_attribute("data-state", "queued")
    phone.goto(f"{point.url}/apply/mine")
    phone.click("button[value=code]")
    expect(phone.locator("dialog svg")).to_be_visible()
    phone.screenshot(path=folder / "phone.png")
    return decoded(folder / "phone.png")


def _silent(_environ: dict[str, Any], start: Any) -> list[bytes]:
    start("502 -", [("Content-Type", "text/html")])
    return [b"<h1>Bad gateway</h1>"]


@pytest.mark.parametrize(("buyers", "long"), [(1, False), (5, True)])
def test_the_record_is_the_same_field_by_field(
    phone: Page, clerk: Page, point: Place, tmp_path: Path, buyers: int, long: bool
) -> None:
    answers = likely(buyers, long=long)
    typed = shown(phone, point, answers, tmp_path)
    (part,) = digits.parts(typed)
    handed = slip.read(part.data)
    clerk.goto(f"{point.url}/scans")
    clerk.keyboard.type(typed)
    clerk.keyboard.press("Enter")
    clerk.wait_for_url(f"**/drafts/{handed.id}/**")
    kept = drafts.mine(point.db, staff.named(point.db, CLERK).id)[0]
    wanted = by_the_trader(answers, Language.CHINESE)
    for field, number in places(buyers):
        here, there = (
            held[field.step] if number is None else held[field.step][number] for held in (kept.answers, wanted)
        )
        assert here.get(field.name, [""]) == there.get(field.name, [""]), (field, number)
    assert kept.id == handed.id and kept.answers["slip"] == handed.digest.hex()


def test_the_counter_submits_it_and_the_phone_believes_the_receipt(
    phone: Page, clerk: Page, point: Place, tmp_path: Path
) -> None:
    typed = shown(phone, point, likely(), tmp_path)
    record = slip.read(digits.parts(typed)[0].data)
    clerk.keyboard.press("F8")
    clerk.keyboard.type(typed)
    clerk.keyboard.press("Enter")
    clerk.wait_for_url("**/review")
    clerk.click(".buttons button.main")
    clerk.wait_for_url("**/applications/*")
    reference = applications.read(point.db, record.id).reference
    clerk.click("#handback summary")
    expect(clerk.locator("#handback")).to_contain_text(str(reference))
    clerk.locator("#handback img").screenshot(path=tmp_path / "counter.png")
    address = decoded(tmp_path / "counter.png")
    assert address.startswith(f"{ORIGIN}/apply/status#{reference}.")
    signed = receipts.find(point.db, record.id)
    assert signed and signed.receipt.digest == record.digest.hex()
    phone.goto(address.replace(ORIGIN, point.url))
    expect(phone.locator("#note")).not_to_be_empty()
    phone.goto(f"{point.url}/apply/mine")
    expect(phone.locator(".moon.confirmed")).to_be_visible()
    expect(phone.locator(".reference")).to_have_text(str(reference))
