"""What "saved" means on the phone: on disk and read back, else "not saved"; older databases come along whole."""

import base64
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

import slip
from domain.uuid7 import new_uuid7
from tests import phone
from tests.phone import Place
from views.apply.signing import receipt_key

STORES = ["queue", "keys", "drafts", "receipts", "aside", "notes"]
OBSERVE = """
  window.modes = [];
  const { transaction } = IDBDatabase.prototype;
  IDBDatabase.prototype.transaction = function (...given) {
    const made = transaction.apply(this, given);
    if (made.mode === "readwrite") window.modes.push(made.durability);
    return made;
  };
"""
FORGETFUL = """
  const { put } = IDBObjectStore.prototype;
  IDBObjectStore.prototype.put = function (value, key) {
    return this.name === "drafts" ? this.get(key) : put.call(this, value, key);
  };
"""
FULL = """
  const { add } = IDBObjectStore.prototype;
  IDBObjectStore.prototype.add = function (...given) {
    if (this.name === "queue") throw new DOMException("", "QuotaExceededError");
    return add.apply(this, given);
  };
"""
LITTLE = 300_000
TYPE_MUCH = """(where) => {
  const note = document.querySelector(where);
  const chance = Array.from(crypto.getRandomValues(new Uint32Array(16_000)), (number) => number.toString(36));
  note.value = chance.join(" ").repeat(4);
  note.dispatchEvent(new Event("input", { bubbles: true }));
}"""
# A database as an earlier version of the page left it: the first one knew no key and sealed nothing.
EARLIER = """async ([version, stores, records]) => {
  const database = await new Promise((done) => {
    const request = indexedDB.open("tsheg", version);
    request.onupgradeneeded = () => stores.forEach((name) => request.result.createObjectStore(name));
    request.onsuccess = () => done(request.result);
  });
  const key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  const sealed = await Promise.all(records.map(async ({ text, answers, ...open }) => {
    if (!stores.includes("keys")) return { ...open, text, answers };
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const plain = new TextEncoder().encode(JSON.stringify({ text, answers }));
    return { ...open, iv, data: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, plain) };
  }));
  await new Promise((done) => {
    const transaction = database.transaction(stores, "readwrite");
    if (stores.includes("keys")) transaction.objectStore("keys").put(key, "own");
    for (const record of sealed) transaction.objectStore("queue").put(record, record.id);
    transaction.oncomplete = done;
  });
  database.close();
}"""
VERSION = "indexedDB.databases().then(([{ version }]) => version)"


@pytest.fixture
def page(chromium: Browser, public: Place) -> Iterator[Page]:
    """A phone without the worker, which has tests of its own."""
    with phone.visit(chromium, public, service_workers="block") as page:
        yield page


def waiting(public: Place) -> dict[str, Any]:
    """Return one finished application as it waits on a phone."""
    typed, record_id = phone.answers(), new_uuid7()
    with public.app.app_context():
        key = base64.urlsafe_b64encode(receipt_key().public.raw).rstrip(b"=").decode()
    text = slip.writing.text(record_id, "zh", "sample-micro", 1, typed)
    open_part = {"id": record_id.replace("-", ""), "page": "/apply", "key": key, "language": "zh", "state": "waiting"}
    return {**open_part, "text": text, "answers": f"policyholder-name={phone.WHO}"}


def cdp(page: Page, command: str, **given: Any) -> None:
    """Tell the browser's machinery."""
    page.context.new_cdp_session(page).send(command, given)


def test_every_write_asks_for_the_disk(page: Page, public: Place) -> None:
    page.add_init_script(OBSERVE)
    phone.open_form(page, public.url)
    phone.fill(page)
    phone.submit(page, "received")
    modes = page.evaluate("window.modes")
    assert len(modes) >= 4 and set(modes) == {"strict"}


def test_saved_is_said_only_of_what_can_be_read_back(page: Page, public: Place) -> None:
    page.add_init_script(FORGETFUL)
    phone.open_form(page, public.url)
    page.check("[name=start-kind][value=natural_person]")
    phone.says(page, "unsaved")


def test_a_full_phone_says_not_saved_and_keeps_the_form(page: Page, public: Place) -> None:
    cdp(page, "Storage.overrideQuotaForOrigin", origin=public.url, quotaSize=LITTLE)
    phone.open_form(page, public.url)
    page.check("[name=start-kind][value=enterprise]")
    phone.says(page, "saved")
    page.evaluate(TYPE_MUCH, "#policyholder-affiliates")
    phone.says(page, "unsaved")
    expect(page.locator("#state")).to_contain_text("没有保存")
    assert len(page.input_value("#policyholder-affiliates")) > LITTLE


def test_a_full_phone_can_still_hand_in_over_a_line(page: Page, public: Place) -> None:
    page.add_init_script(FULL)
    phone.open_form(page, public.url)
    phone.fill(page)
    before = len(public.taken())
    phone.submit(page, "unsaved")
    with page.expect_navigation():
        page.click(".bar [value=submit]")
    assert len(public.taken()) == before + 1


def test_storage_cleared_under_an_open_form_is_filled_again_at_the_next_change(page: Page, public: Place) -> None:
    phone.open_form(page, public.url)
    phone.fill(page)
    cdp(page, "Storage.clearDataForOrigin", origin=public.url, storageTypes="all")
    page.click(".bar [value=next]")
    page.fill("#policyholder-name", "卓玛·示例")
    page.fill("#policyholder-name", "卓玛·试验")
    phone.says(page, "saved")
    assert len(page.evaluate(phone.KEPT, "drafts")) == 1


@pytest.mark.parametrize("broken", ["missing", "refusing"])
def test_a_private_window_is_told_and_served_step_by_step(page: Page, public: Place, broken: str) -> None:
    without = {
        "missing": "delete window.indexedDB; Object.defineProperty(window, 'indexedDB', { value: undefined });",
        "refusing": "IDBFactory.prototype.open = () => { throw new DOMException('', 'InvalidStateError') };",
    }
    page.add_init_script(without[broken])
    page.goto(f"{public.url}/apply?lang=zh")
    expect(page.locator("main")).to_contain_text("无痕模式")
    page.check("[name=start-kind][value=natural_person]")
    with page.expect_navigation():
        page.click(".bar [value=next]")
    expect(page.locator("[name=start-kind][value=natural_person]")).to_be_checked()
    page.goto(f"{public.url}/apply/mine?lang=zh")
    expect(page.locator("#unkept")).to_be_visible()


def test_wechat_is_told_plainly_what_works(chromium: Any, public: Place) -> None:
    context = chromium.new_context(user_agent="Mozilla/5.0 (Linux) MicroMessenger/8.0.49", viewport=phone.SCREEN)
    page = context.new_page()
    phone.open_form(page, public.url)
    expect(page.locator("main")).to_contain_text("在浏览器打开")
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0
    context.close()


@pytest.mark.parametrize("version", range(1, len(STORES)))
def test_an_earlier_database_comes_along_with_a_full_queue(page: Page, public: Place, version: int) -> None:
    records = [waiting(public) for _ in range(3)]
    page.goto(f"{public.url}/apply/status?lang=zh")
    page.evaluate(EARLIER, [version, STORES[:version], records])
    page.goto(f"{public.url}/apply/mine?lang=zh")
    expect(page.locator("#cards > li[data-state=received]")).to_have_count(3)
    assert page.evaluate(VERSION) == len(STORES)
    assert len(public.line.received) == 3
    assert {record["id"] for record in records} == {taken.replace("-", "") for taken in public.line.ids()}


def test_a_page_from_before_works_on_with_a_newer_database(page: Page, public: Place) -> None:
    page.goto(f"{public.url}/apply/status?lang=zh")
    page.evaluate(EARLIER, [9, [*STORES, "later"], [waiting(public)]])
    phone.open_form(page, public.url)
    phone.fill(page)
    phone.submit(page, "received")
    assert page.evaluate(VERSION) == 9


def test_the_browser_s_answer_to_keeping_is_shown(page: Page, public: Place) -> None:
    page.add_init_script("StorageManager.prototype.persist = () => Promise.resolve(true);")
    phone.open_form(page, public.url)
    phone.fill(page)
    phone.until(page, f"({phone.KEPT})('notes').then(([note]) => note?.granted)")
    page.goto(f"{public.url}/apply/mine?lang=zh")
    expect(page.locator("#stays")).to_be_visible()
