"""The whole arc in a real browser, in each language: set-up, application, quote, print, sync, decision, certificate.

Screens are kept in ``artifacts/``, outside git, for people to look at.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect

from store.clock import today
from tests.chromium import ROOT, follow
from tests.launched import Program, launched

ARTIFACTS = ROOT / "artifacts"
PIN = "271828"
PASSPHRASE = "wool and herbs over the pass"
PHONE: ViewportSize = {"width": 360, "height": 640}


@pytest.fixture
def program(tmp_path: Path) -> Iterator[Program]:
    with launched(tmp_path / "data") as program:
        yield program


class Person:
    """Somebody at a screen of 360 pixels, reading *language*; complaints of the browser fail the test."""

    def __init__(self, browser: Browser, url: str, language: str, role: str, *, javaScriptEnabled: bool = True) -> None:
        context = browser.new_context(
            viewport=PHONE, base_url=url, java_script_enabled=javaScriptEnabled, accept_downloads=True
        )
        context.add_cookies([{"name": "lang", "value": language, "url": url}])
        self.page: Page = context.new_page()
        self.name = f"{role}-{language}{'' if javaScriptEnabled else '-plain'}"
        self.complaints: list[str] = []
        self.page.on("console", lambda message: self._hear(message.type, message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def look(self, screen: str) -> None:
        """Keep a picture; nothing may need scrolling sideways."""
        ARTIFACTS.mkdir(exist_ok=True)
        self.page.screenshot(path=ARTIFACTS / f"{self.name}-{screen}.png", full_page=True)
        assert self.page.evaluate("document.documentElement.scrollWidth <= innerWidth") is True, screen

    def write(self, **answers: str) -> None:
        for name, value in answers.items():
            self.page.fill(f"[name={name}]", value)

    def choose(self, **answers: str | list[str]) -> None:
        for name, values in answers.items():
            for value in [values] if isinstance(values, str) else values:
                self.page.check(f"[name={name}][value={value}]")

    def go_on(self) -> None:
        follow(self.page, ".buttons button.main, .buttons a.main")

    def press(self, key: str) -> None:
        """Press *key* and wait until the page it leads to is there."""
        with self.page.expect_navigation():
            self.page.keyboard.press(key)

    def _hear(self, kind: str, text: str) -> None:
        # A page of wrong answers comes with status 422, which Chromium calls an error.
        if kind == "error" and "422" not in text:
            self.complaints.append(text)


def set_up(program: Program, clerk: Person, insurer: Person) -> None:
    clerk.page.goto("/")
    clerk.look("set-up")
    clerk.write(code=program.point_code, name="示例主管", pin=PIN, again=PIN)
    clerk.go_on()
    insurer.page.goto("/")
    insurer.write(code=program.hub_code, name="示例核保", passphrase=PASSPHRASE, again=PASSPHRASE)
    insurer.go_on()


def apply(clerk: Person) -> str:
    page = clerk.page
    page.goto("/")
    clerk.look("home-empty")
    follow(page, "[data-key=F2]")
    clerk.choose(buyer_in_mainland="yes", kind="natural_person", trade_mode="wholesale")
    clerk.look("start")
    clerk.go_on()
    clerk.go_on()
    clerk.write(
        name="扎西·示例", name_bo="བཀྲ་ཤིས་དཔེ་མཚོན", id_number="542521197812030036", address="吉隆镇示例路1号",
        main_business="羊毛收购", contact="扎西·示例", mobile="139 0000 0001",
    )  # fmt: skip
    page.select_option("[name=county]", "540234")
    clerk.choose(industry="border_logistics")
    clerk.look("policyholder")
    clerk.go_on()
    clerk.write(name="拉萨示例特产有限公司", trade_amount_fen="八千")
    clerk.go_on()
    clerk.look("buyer-wrong")
    expect(page.locator("#trade_amount_fen")).to_have_value("八千")
    clerk.write(
        credit_code="91110000600037341L", highest_balance_fen="20000", trade_goods="羊毛 2 吨",
        trade_contract_number="示例-1", trade_delivery_date=f"{today():%Y-%m-%d}", trade_amount_fen="8,500.50",
        trade_credit_days="60", trade_invoice_number="INV-1", trade_invoice_date=f"{today():%Y%m%d}",
    )  # fmt: skip
    clerk.choose(related="no", arrears_owed="no")
    clerk.go_on()
    clerk.write(
        usual_credit_days="30", longest_credit_days="60", last_year_sales_fen="200000", next_year_sales_fen="300000"
    )
    clerk.choose(unpaid_losses="no", other_insurance="none", declined_before="no", purposes=["secure_payment"])
    clerk.look("business")
    clerk.go_on()
    clerk.choose(tier="starter")
    clerk.look("cover")
    clerk.go_on()
    clerk.look("quote")
    clerk.go_on()
    for tick in (
        "truthful",
        "terms_received",
        "exclusions_explained",
        "consent_insurer",
        "filled_by_clerk",
        "read_back",
    ):
        page.check(f"[name={tick}]")
    clerk.look("declarations")
    clerk.go_on()
    clerk.look("review")
    clerk.go_on()
    expect(page).to_have_url(re.compile("/applications/[^/]+$"))
    return page.url.rsplit("/", 1)[-1]


def reload_until(page: Page, *seen: Locator) -> None:
    """Ask for *page* again and again until all of *seen* is on it."""
    for _try in range(120):
        if all(one.count() for one in seen):
            return
        page.wait_for_timeout(500)
        page.reload()
    raise AssertionError(page.inner_text("main"))


def certificate(clerk: Person, reference: str) -> bytes:
    answer = clerk.page.request.get(f"/applications/{reference}/papers/certificate.pdf")
    assert answer.status == 200
    return answer.body()


@pytest.mark.parametrize("language", ["zh", "bo"])
def test_from_sign_in_to_the_printed_certificate(program: Program, chromium: Browser, language: str) -> None:
    clerk = Person(chromium, program.point, language, "clerk")
    insurer = Person(chromium, program.hub, language, "insurer")
    set_up(program, clerk, insurer)
    reference = apply(clerk)
    form = clerk.page.request.get(f"/applications/{reference}/papers/application.pdf").body()
    assert 1 <= len(pypdfium2.PdfDocument(form)) <= 2

    insurer.page.goto("/")
    reload_until(insurer.page, insurer.page.get_by_text("扎西·示例"))
    insurer.look("desk")
    follow(insurer.page, "table.records a")
    insurer.look("application")
    insurer.choose(outcome="accepted")
    insurer.go_on()

    clerk.page.goto(f"/applications/{reference}")
    reload_until(clerk.page, clerk.page.locator(".badge.good"), clerk.page.locator(".moon.confirmed"))
    clerk.look("accepted")
    assert len(pypdfium2.PdfDocument(certificate(clerk, reference))) >= 1
    clerk.page.goto("/")
    clerk.look("home")
    assert clerk.complaints == [] and insurer.complaints == []
    assert program.flask("app", "sync").returncode == 0
    assert program.flask("app", "journal", "verify").returncode == 0
    assert program.flask("hub", "journal", "verify").returncode == 0


def test_the_same_journey_works_without_javascript(program: Program, chromium: Browser) -> None:
    clerk = Person(chromium, program.point, "zh", "clerk", javaScriptEnabled=False)
    clerk.look = lambda screen: None  # type: ignore[method-assign]
    clerk.page.goto("/")
    clerk.write(code=program.point_code, name="示例主管", pin=PIN, again=PIN)
    clerk.go_on()
    assert apply(clerk).startswith("SL-")


def test_a_newcomer_can_go_by_keyboard_alone(program: Program, chromium: Browser) -> None:
    clerk = Person(chromium, program.point, "zh", "keyboard")
    clerk.page.goto("/")
    clerk.write(code=program.point_code, name="示例主管", pin=PIN, again=PIN)
    clerk.press("Enter")
    expect(clerk.page).to_have_url(f"{program.point}/")
    clerk.press("F2")
    expect(clerk.page).to_have_url(f"{program.point}/drafts/new")
    for name in ("buyer_in_mainland", "kind", "trade_mode"):
        clerk.page.focus(f"[name={name}] >> nth=0")
        clerk.page.keyboard.press("Space")
    clerk.press("Enter")
    expect(clerk.page).to_have_url(re.compile("/policyholder$"))
    clerk.page.focus("[name=name]")
    clerk.page.keyboard.type("示例公司")
    clerk.page.keyboard.press("Tab")
    focused = clerk.page.locator("[name=name_bo]")
    expect(focused).to_be_focused()
    expect(focused).not_to_have_css("outline-style", "none")
