"""Finished applications on the phone: frozen, sent until a receipt fits, refused with a reason, and never lost."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

import slip
from tests import phone
from tests.phone import Place, lost, said
from wire.keys import SigningKey
from wire.receipt import Receipt, sign

PORTAL = said(200, "<h1>Free Wi-Fi: please sign in</h1>", "text/html")
UNSIGNED = said(200, {"signed": "e30", "signature": "AAAA", "ok": True})
BROKEN = said(500, "<h1>Oops</h1>", "text/html")
# Whoever gets the queue's lock comes after whoever is sending.
IDLE = "navigator.locks.request('tsheg-queue', () => true)"
ANSWERED = f"performance.getEntriesByName(new URL('apply/submissions', location).href).length && {IDLE}"
YEAR = 365 * 24 * 3600 * 1000


@pytest.fixture
def page(chromium: Browser, public: Place) -> Iterator[Page]:
    """A phone that keeps no pages."""
    with phone.visit(chromium, public, service_workers="block") as page:
        yield page


@pytest.fixture
def kept(chromium: Browser, public: Place) -> Iterator[Page]:
    """A phone that keeps the pages."""
    with phone.visit(chromium, public) as page:
        yield page


def ready(page: Page, public: Place, answers: dict[str, Any] | None = None) -> None:
    """Open the form and fill it in."""
    phone.open_form(page, public.url)
    phone.fill(page, answers)


def card(page: Page, public: Place, state: str) -> Any:
    """Open the page of one's own applications and wait for the one card, of this state."""
    page.goto(f"{public.url}/apply/mine?lang=zh")
    expect(page.locator("#cards > li")).to_have_count(1)
    shown = page.locator(f"#cards > li[data-state={state}]")
    expect(shown).to_be_visible()
    return shown


def test_what_the_point_signed_for_is_received(page: Page, public: Place) -> None:
    ready(page, public)
    phone.submit(page)
    [body] = public.line.received
    assert slip.read(body).id in public.taken()
    shown = card(page, public, "received")
    [reference] = [row[0] for row in public.db.execute(
        "SELECT reference FROM application WHERE record_id = ?", [slip.read(body).id])]  # fmt: skip
    expect(shown.locator("[data-reference]")).to_have_text(reference)


@pytest.mark.parametrize("answer", [PORTAL, UNSIGNED, BROKEN], ids=["portal", "unsigned", "500"])
def test_whatever_is_not_our_receipt_leaves_the_record_where_it_is(page: Page, public: Place, answer: Any) -> None:
    ready(page, public)
    public.line.answers.append(answer)
    phone.submit(page, "queued")
    phone.until(page, ANSWERED)
    [kept] = phone.queue(page)
    assert (kept["state"], kept["sealed"]) == ("sent", True)
    phone.again(page)
    phone.says(page, "received")
    assert len(public.line.received) == 2 and len(public.line.ids()) == 1


def test_another_s_signature_is_none(page: Page, public: Place) -> None:
    forged: list[dict[str, str]] = []

    def strangers(environ: dict[str, Any], start: Any) -> Any:
        read = slip.read(environ["wsgi.input"].read())
        receipt = Receipt(
            id=read.id, digest=read.digest.hex(), reference="JL-26-0000-0000-0", code="0" * 16,
            received_at="2026-11-20T00:00:00Z", point="JL",
        )  # fmt: skip
        forged.append(sign(receipt, SigningKey(b"x" * 32)).texts)
        return said(201, forged[0])(environ, start)

    ready(page, public)
    public.line.answers += [strangers, strangers]
    phone.submit(page, "queued")
    phone.again(page)
    phone.again(page)
    phone.says(page, "received")
    assert forged and len(public.line.ids()) == 1


def test_a_receipt_for_another_record_is_none(page: Page, public: Place) -> None:
    ready(page, public)
    phone.submit(page)
    held: list[bytes] = []

    def remember(environ: dict[str, Any], start: Any) -> Any:
        held.extend(public.line.point(environ, start))
        return held

    page.goto("about:blank")
    ready(page, public)
    public.line.answers.append(remember)
    phone.submit(page)
    page.goto("about:blank")
    ready(page, public)
    public.line.answers.append(said(200, json.loads(b"".join(held))))
    phone.submit(page, "queued")
    phone.again(page)
    phone.says(page, "received")


def test_a_lost_answer_is_asked_for_again_and_the_record_taken_once(page: Page, public: Place) -> None:
    before = len(public.taken())
    ready(page, public)
    public.line.answers.append(lost(public.line.point))
    phone.submit(page, "queued")
    phone.again(page)
    phone.says(page, "received")
    assert len(public.taken()) == before + 1


def test_without_a_line_it_waits_and_goes_by_itself_when_one_comes(kept: Page, public: Place) -> None:
    ready(kept, public)
    phone.until(kept, "navigator.serviceWorker.ready.then(() => true)")
    kept.context.set_offline(True)
    phone.submit(kept, "queued")
    [waiting] = phone.queue(kept)
    assert waiting["state"] in ("waiting", "sent") and not public.line.received
    kept.context.set_offline(False)
    phone.says(kept, "received")


def test_a_server_that_says_nothing_is_left_after_a_while(page: Page, public: Place) -> None:
    page.clock.install()
    ready(page, public)
    page.evaluate("""() => {
      const { fetch } = window;
      const silence = (signal) => new Promise((_, failed) => {
        window.asked = true;
        signal.addEventListener("abort", () => failed(new DOMException("", "AbortError")));
      });
      window.fetch = (address, given) => given?.method === "POST" ? silence(given.signal) : fetch(address, given);
      window.unhook = () => { window.fetch = fetch };
    }""")
    phone.submit(page, "queued")
    phone.until(page, "window.asked")
    page.evaluate("unhook()")
    page.clock.fast_forward(91_000)
    page.clock.fast_forward(16_000)
    phone.says(page, "received")


def test_a_busy_point_is_left_alone_as_long_as_it_asks(page: Page, public: Place) -> None:
    ready(page, public)
    public.line.answers.append(said(503, {"problem": "busy"}, Retry_After="3600"))
    phone.submit(page, "queued")
    phone.until(page, ANSWERED)
    for _ in range(3):
        phone.again(page)
    phone.until(page, IDLE)
    assert len(public.line.received) == 1


def test_an_old_phone_checks_the_signature_by_the_vendored_code(page: Page, public: Place) -> None:
    page.add_init_script("""
      const { importKey } = SubtleCrypto.prototype;
      SubtleCrypto.prototype.importKey = async function (...given) {
        if (given[2] === "Ed25519") throw new DOMException("", "NotSupportedError");
        return importKey.apply(this, given);
      };
    """)
    ready(page, public)
    phone.submit(page)
    loaded = page.evaluate("performance.getEntriesByType('resource').map(({ name }) => name)")
    assert [name for name in loaded if "/vendor/ed25519@3.2.0/" in name]


def test_work_that_is_asked_for_is_done_and_the_record_sent_again(page: Page, public: Place) -> None:
    worked: list[str] = []

    def under_pressure(environ: dict[str, Any], start: Any) -> Any:
        worked.append(environ.get("HTTP_X_WORK", ""))
        asked = said(429, {"challenge": {"bits": 4, "nonce": "n"}}, Retry_After="60")
        return (public.line.point if worked[-1] else asked)(environ, start)

    ready(page, public)
    public.line.answers += [under_pressure, under_pressure]
    phone.submit(page)
    assert [work[:2] for work in worked] == ["", "n."]


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (422, {"problems": [{"field": "buyers-0-name", "text": "示例原因：名称不全", "code": "x"}]}),
        (409, {"problem": "示例原因：名称不全", "code": "x"}),
        (413, {"problem": "示例原因：名称不全", "code": "x"}),
    ],
)
def test_what_is_refused_stays_with_its_reason_and_can_be_corrected(
    page: Page, public: Place, status: int, body: Any
) -> None:
    ready(page, public)
    public.line.answers.append(said(status, body))
    phone.submit(page, "refused")
    phone.again(page)
    shown = card(page, public, "refused")
    expect(shown.locator("[data-problems]")).to_have_text("示例原因：名称不全")
    assert len(public.line.received) == 1
    shown.locator("[value=correct]").click()
    page.wait_for_url("**/apply?lang=zh")
    expect(page.locator("#policyholder-name")).to_have_value(phone.WHO)
    if status == 422:
        expect(page.locator("#buyers-0-name-error")).to_have_text("示例原因：名称不全")
        page.fill("#buyers-0-name", "那曲试验特产有限公司")
        expect(page.locator("#buyers-0-name-error")).to_be_hidden()
    phone.submit(page)
    assert len(public.line.ids()) == 1
    assert phone.queue(page) == []


def test_one_that_is_refused_holds_up_no_other(page: Page, public: Place) -> None:
    ready(page, public)
    public.line.answers += [BROKEN, said(422, {"problems": [{"field": "", "text": "示例原因", "code": "x"}]})]
    phone.submit(page, "queued")
    page.goto("about:blank")
    ready(page, public)
    phone.submit(page)
    assert [kept["state"] for kept in phone.queue(page)] == ["refused"]


def test_two_tabs_send_one_record_once(kept: Page, public: Place) -> None:
    ready(kept, public)
    phone.until(kept, "navigator.serviceWorker.ready.then(() => true)")
    kept.context.set_offline(True)
    phone.submit(kept, "queued")
    other = kept.context.new_page()
    other.goto(f"{public.url}/apply/mine?lang=zh")
    expect(other.locator("#cards > li")).to_have_count(1)
    kept.context.set_offline(False)
    for tab in (kept, other, kept, other):
        phone.again(tab)
    expect(other.locator("#cards > li[data-state=received]")).to_be_visible()
    assert len(public.line.received) == 1


def test_a_record_set_aside_is_not_sent_until_it_is_taken_up_again(page: Page, public: Place) -> None:
    ready(page, public)
    public.line.answers.append(BROKEN)
    phone.submit(page, "queued")
    public.line.answers.append(BROKEN)
    card(page, public, "sent").locator("[value=aside]").click()
    expect(page.locator("#cards > li[data-state=aside]")).to_be_visible()
    sent = len(public.line.received)
    phone.again(page)
    page.locator("[value=again]").click()
    expect(page.locator("#cards > li[data-state=received]")).to_be_visible()
    assert len(public.line.received) <= sent + 2


@pytest.mark.parametrize("wrong", [YEAR, -YEAR], ids=["ahead", "behind"])
def test_a_clock_wrong_by_a_year_changes_nothing(page: Page, public: Place, wrong: int) -> None:
    page.add_init_script(f"const now = Date.now; Date.now = () => now() + {wrong};")
    ready(page, public)
    public.line.answers.append(BROKEN)
    phone.submit(page, "queued")
    page.reload()
    page.goto(f"{public.url}/apply/mine?lang=zh")
    expect(page.locator("#cards > li[data-state=received]")).to_be_visible()
    [record] = public.line.ids()
    assert record in public.taken()


def test_after_the_receipt_nothing_about_anybody_is_left_on_the_phone(kept: Page, public: Place) -> None:
    ready(kept, public)
    phone.until(kept, "navigator.serviceWorker.ready.then(() => true)")
    phone.submit(kept)
    left = phone.dump(kept)
    assert "格＊＊" in left and "tsheg" in left
    assert not [canary for canary in phone.CANARIES if canary in left]


def test_before_the_receipt_it_lies_there_sealed(page: Page, public: Place) -> None:
    ready(page, public)
    public.line.answers += [BROKEN] * 100
    phone.submit(page, "queued")
    phone.open_form(page, public.url)
    kept = phone.dump(page)
    assert "queue" in kept
    assert not [canary for canary in phone.CANARIES if canary in kept]
