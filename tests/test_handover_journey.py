"""Without any network between them: phone → square code → scanner gun → the same record → receipt → phone."""

import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

import slip
from domain.words import Language
from forms.self_apply import by_the_trader
from slip import digits
from slip.table import places
from store import applications, drafts, receipts, staff
from tests.clerk import CLERK, hire, sit_down
from tests.phone import Place, fill, open_form, place, submit
from tests.slips import likely

PHONE: Any = {"viewport": {"width": 360, "height": 640}, "device_scale_factor": 2}
ORIGIN = "https://tsheg.example"


@pytest.fixture
def point(tmp_path: Path) -> Iterator[Place]:
    with place(tmp_path, public_url=ORIGIN) as here:
        hire(here)
        yield here


@pytest.fixture
def phone(chromium: Browser) -> Page:
    context = chromium.new_context(**PHONE)
    return context.new_page()


@pytest.fixture
def clerk(chromium: Browser, point: Place) -> Page:
    context = chromium.new_context(viewport={"width": 1100, "height": 900})
    page = context.new_page()
    sit_down(page, point)
    return page


def decoded(picture: Path) -> str:
    """Return what zbar, a decoder that is not ours, reads on a picture."""
    done = subprocess.run(["zbarimg", "--quiet", "--raw", picture], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def shown(phone: Page, point: Place, answers: dict[str, Any], folder: Path, language: str = "zh") -> str:
    """Fill the form in and submit it where there is no line; return what stands in the code on the screen."""
    open_form(phone, point.url, language)
    for number, _buyer in enumerate(answers["buyers"][1:], 2):
        phone.evaluate("document.querySelector('[name=go][value=another]').click()")
        expect(phone.locator("section[id^=buyers-]")).to_have_count(number)
    fill(phone, answers)
    point.line.answers.extend([_silent] * 50)
    submit(phone, "queued")
    phone.goto(f"{point.url}/apply/mine?lang={language}")
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
    expect(clerk.locator("#code")).to_be_focused()
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
    expect(clerk.locator("[data-key=F8]")).to_be_focused()
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
    assert address.startswith(f"{ORIGIN}/p/JL/apply/status#{reference}.")
    signed = receipts.find(point.db, record.id)
    assert signed and signed.receipt.digest == record.digest.hex()
    phone.goto(address.replace(ORIGIN, point.url))
    expect(phone.get_by_text("这部手机上的申请，服务点已收到")).to_be_visible()
    phone.goto(f"{point.url}/apply/mine")
    expect(phone.locator(".moon.confirmed")).to_be_visible()
    expect(phone.locator(".reference")).to_have_text(str(reference))
