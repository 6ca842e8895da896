"""Links to where an application stands, opened on a phone in real Chromium: from paper, from the clerk's screen."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page, expect

import slip
from store import journal, receipts
from tests import phone
from tests.axe import violations
from tests.phone import Place, lost
from wire.status_code import grouped, status_code


def secrets_of(public: Place, record_id: str) -> tuple[str, str]:
    """Return reference and status code of a record at the point."""
    first = journal.find(public.db, record_id, 1)
    [row] = public.db.execute("SELECT reference FROM application WHERE record_id = ?", [record_id]).fetchall()
    assert first
    return row[0], status_code(first)


@pytest.fixture
def sent(page: Page, public: Place) -> str:
    """An application that the point took, but whose receipt never reached the phone; its id."""
    phone.open_form(page, public.url)
    phone.fill(page)
    public.line.answers += [lost(public.line.point)] * 9
    with page.expect_response("**/submissions"):
        phone.submit(page, "queued")
    return slip.read(public.line.received[0]).id


def receipt_link(public: Place, record_id: str) -> str:
    signed = receipts.find(public.db, record_id)
    assert signed
    texts = signed.texts
    return "#" + ".".join([*secrets_of(public, record_id), texts["signed"], texts["signature"]])


def test_a_link_asks_by_itself_and_leaves_no_secret_in_any_address(page: Page, public: Place, sent: str) -> None:
    reference, code = secrets_of(public, sent)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{public.url}/apply/status?lang=zh#{reference}.{code}")
    expect(page.locator("#progress h1")).to_have_text("服务点已收到，还没有传给保险公司")
    assert "#" not in page.url
    assert not [url for url in asked if code in url]
    assert page.evaluate("document.activeElement.localName") == "main"


def test_the_clerk_s_receipt_is_believed_by_the_phone_that_sent_it(page: Page, public: Place, sent: str) -> None:
    page.goto(f"{public.url}/apply/status?lang=zh{receipt_link(public, sent)}")
    expect(page.locator(".note")).to_have_text("这部手机上的申请，服务点已收到。")
    expect(page.locator("#progress")).to_be_visible()
    assert phone.queue(page) == []


def test_it_is_believed_without_any_network(page: Page, public: Place, sent: str) -> None:
    page.goto(f"{public.url}/apply?lang=zh")
    page.evaluate("navigator.serviceWorker.ready")
    page.goto(f"{public.url}/apply/status?lang=zh")
    page.wait_for_function("() => navigator.serviceWorker.controller")
    page.context.set_offline(True)
    page.goto("about:blank")
    page.goto(f"{public.url}/apply/status?lang=zh{receipt_link(public, sent)}")
    expect(page.locator(".note")).to_have_text(
        ["这部手机上的申请，服务点已收到。", "现在没有网络，没有查到。有网络时再按“查询”。"]
    )
    assert phone.queue(page) == []


def test_a_receipt_of_somebody_else_s_application_changes_nothing_here(
    page: Page, chromium: Chromium, public: Place, sent: str
) -> None:
    link = receipt_link(public, sent)
    stranger = chromium.new_context(viewport=phone.SCREEN)
    other = stranger.new_page()
    other.goto(f"{public.url}/apply/status?lang=zh{link}")
    expect(other.locator("#progress")).to_be_visible()
    expect(other.locator(".note")).to_have_count(0)
    stranger.close()
    assert len(phone.queue(page)) == 1


@pytest.mark.parametrize("language", ["zh", "bo"])
def test_axe_finds_nothing_in_either_answer(page: Page, public: Place, sent: str, language: str) -> None:
    reference, code = secrets_of(public, sent)
    for shown, typed in (("#progress", code), (".problem", "0" * 16)):
        page.goto("about:blank")
        page.goto(f"{public.url}/apply/status?lang={language}#{reference}.{typed}")
        page.locator(shown).wait_for()
        assert violations(page) == []


@pytest.fixture
def plain(chromium: Chromium) -> Iterator[Page]:
    """A browser in which script is off."""
    context = chromium.new_context(viewport=phone.SCREEN, java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_without_script_both_are_typed(plain: Page, public: Place, sent: str) -> None:
    reference, code = secrets_of(public, sent)
    plain.goto(f"{public.url}/apply/status?lang=zh")
    plain.fill("[name=reference]", reference.lower().replace("-", " "))
    plain.fill("[name=code]", grouped(code).lower())
    plain.click("nav button")
    expect(plain.locator("#progress")).to_be_visible()
    plain.click("[name=switch_language]")
    expect(plain.locator("html")).to_have_attribute("lang", "bo")
    expect(plain.locator("#progress")).to_be_visible()


def test_under_pressure_the_phone_works_by_itself_and_is_let_in(chromium: Chromium, tmp_path: Path) -> None:
    with phone.place(tmp_path, apply_unworked=0) as pressed:
        context = chromium.new_context(viewport=phone.SCREEN)
        page = context.new_page()
        phone.open_form(page, pressed.url)
        phone.fill(page)
        while page.locator("#review").is_hidden():
            page.click(".bar [value=next]")
        page.click(".bar [value=submit]")
        expect(page.locator("#state")).to_have_attribute("data-state", "received", timeout=30_000)
        assert len(pressed.line.received) == 2
        assert pressed.taken() == [slip.read(pressed.line.received[0]).id]
        context.close()
