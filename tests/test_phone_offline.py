"""The pages without a line: kept whole by the worker, changed when nobody has anything half filled in, or given up."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from settings import Settings
from store import installation
from tests import phone
from tests.phone import Place, said
from views import addresses

READY = "navigator.serviceWorker.ready.then(() => true)"
CACHES = "caches.keys().then((names) => names.filter((name) => name !== 'tsheg-choice'))"
HERE = "navigator.serviceWorker.getRegistration()"
UPDATE = f"{HERE}.then((worker) => worker.update()).then(() => true, () => false)"
WAITING = f"{HERE}.then(({{ waiting }}) => waiting?.state === 'installed')"
ALONE = f"{HERE}.then(({{ installing, waiting }}) => !installing && !waiting)"
SCRIPT = "text/javascript"


def script(public: Place, address: str = "/apply/worker.js") -> str:
    """Return the worker as the point serves it."""
    return public.app.test_client().get(address).text


def newer(public: Place, **changes: Any) -> None:
    """Let the point serve a newer worker from now on."""
    text = re.sub(r'const VERSION = "\w+"', 'const VERSION = "newer"', script(public))
    for name, value in changes.items():
        text = re.sub(rf"const {name} = .*;", f"const {name} = {json.dumps(value)};", text)
    public.line.instead["/apply/worker.js"] = said(200, text, SCRIPT, Service_Worker_Allowed="/apply")


def kept(page: Page, public: Place) -> None:
    """Open the form and wait until the phone keeps the pages."""
    phone.open_form(page, public.url)
    phone.until(page, READY)


@pytest.mark.parametrize("language", ["zh", "bo"])
def test_everything_opens_without_a_line_in_both_languages(page: Page, public: Place, language: str) -> None:
    errors: list[str] = []
    kept(page, public)
    page.context.set_offline(True)
    page.on("pageerror", lambda error: errors.append(str(error)))
    for address in ("/apply", "/apply/mine", "/apply/status"):
        page.goto(f"{public.url}{address}?lang={language}")
        expect(page.locator("html")).to_have_attribute("lang", {"zh": "zh-CN", "bo": "bo"}[language])
    phone.open_form(page, public.url, language)
    phone.fill(page)
    page.wait_for_selector("#policyholder-mobile-understood", state="attached")
    phone.submit(page, "queued")
    page.goto(f"{public.url}/apply/mine?lang={language}")
    page.click("[value=code]")
    expect(page.locator("dialog svg")).to_be_visible()
    assert errors == []


def test_the_page_comes_in_the_language_that_was_chosen_last(page: Page, public: Place) -> None:
    kept(page, public)
    page.goto(f"{public.url}/apply?lang=bo")
    page.context.set_offline(True)
    page.goto(f"{public.url}/apply")
    expect(page.locator("html")).to_have_attribute("lang", "bo")


def test_a_newer_version_waits_for_a_half_filled_form(page: Page, public: Place) -> None:
    kept(page, public)
    phone.fill(page)
    before = page.evaluate(CACHES)
    newer(public)
    page.evaluate(UPDATE)
    phone.until(page, WAITING)
    other = page.context.new_page()
    other.goto(f"{public.url}/apply/mine?lang=zh")
    other.evaluate(UPDATE)
    assert page.evaluate(CACHES) == [*before, "tsheg-newer"]
    page.click(".bar [value=next]")
    page.fill("#policyholder-name", "卓玛·示例")
    phone.says(page, "saved")
    page.close()
    phone.until(other, "navigator.locks.query().then(({ held }) => !held.length)")
    other.goto(f"{public.url}/apply?lang=zh")
    other.click("[value=anew]")
    phone.until(other, f"{CACHES}.then((names) => names.join() === 'tsheg-newer')")
    other.click("[value=continue]")
    expect(other.locator("#policyholder-name")).to_have_value("卓玛·示例")


def test_an_installation_that_lacks_a_file_fails_and_the_old_one_goes_on(page: Page, public: Place) -> None:
    kept(page, public)
    newer(public, FILES=["/static/v/0/nothing.js"])
    page.evaluate(UPDATE)
    phone.until(page, ALONE)
    page.context.set_offline(True)
    phone.open_form(page, public.url)


def test_the_kill_switch_takes_the_pages_away_and_leaves_what_was_filled_in(page: Page, public: Place) -> None:
    kept(page, public)
    phone.fill(page)
    switch = (Path(__file__).parent.parent / "static/apply/without.js").read_text("utf-8")
    public.line.instead["/apply/worker.js"] = said(200, switch, SCRIPT, Service_Worker_Allowed="/apply")
    page.evaluate(UPDATE)
    phone.until(page, "caches.keys().then((names) => !names.length)")
    page.goto(f"{public.url}/apply/mine?lang=zh")
    phone.until(page, "navigator.serviceWorker.getRegistrations().then((all) => !all.length)")
    expect(page.locator("#cards > li[data-state=draft]")).to_be_visible()


def test_one_tap_takes_everything_off_the_phone(page: Page, public: Place) -> None:
    phone.open_form(page, public.url)
    phone.until(page, "navigator.serviceWorker.ready.then(() => true)")
    phone.fill(page)
    page.goto(f"{public.url}/apply/mine?lang=zh")
    page.on("dialog", lambda dialog: dialog.accept())
    with page.expect_navigation():
        page.click("#wipe button")
    expect(page.locator("#nothing")).to_be_visible()
    assert page.evaluate("caches.keys()") == []
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0
    assert page.evaluate(phone.KEPT, "keys") == []


def test_the_setting_turns_the_switch(settings: Settings, tmp_path: Path) -> None:
    with phone.place(tmp_path, phone_offline=False) as place:
        answer = place.app.test_client().get("/apply/worker.js")
    assert "unregister" in answer.text and "addAll" not in answer.text
    assert answer.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("base", ["/apply", "/p/JL/apply"])
def test_each_address_has_a_worker_of_its_own(public: Place, base: str) -> None:
    answer = public.app.test_client().get(f"{base}/worker.js")
    assert answer.headers["Service-Worker-Allowed"] == base
    assert f'"{base}?lang=bo"' in answer.text and f'"{base}/mine?lang=zh"' in answer.text
    assert answer.mimetype == "text/javascript"
    again = public.app.test_client().get(f"{base}/worker.js", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize(("language", "tag"), [("zh", "zh-CN"), ("bo", "bo")])
def test_the_manifest_speaks_the_page_s_language(public: Place, language: str, tag: str) -> None:
    client = public.app.test_client()
    answer = client.get(f"/apply/manifest.webmanifest?lang={language}")
    manifest = json.loads(answer.data)
    assert answer.mimetype == "application/manifest+json"
    assert (manifest["lang"], manifest["start_url"], manifest["scope"]) == (tag, f"/apply?lang={language}", "/apply")
    assert {icon["sizes"] for icon in manifest["icons"]} == {"192x192", "512x512"}
    assert {icon["purpose"] for icon in manifest["icons"]} == {"any", "maskable"}
    for icon in manifest["icons"]:
        picture = client.get(icon["src"], buffered=True)
        assert picture.data.startswith(b"\x89PNG") and int.from_bytes(picture.data[16:20]) == int(icon["sizes"][:3])


def test_no_newer_version_takes_over_a_draft_that_came_back(page: Page, public: Place) -> None:
    kept(page, public)
    phone.fill(page)
    page.reload()
    expect(page.locator("#policyholder-name")).to_have_value(phone.WHO)
    page.evaluate("window.mark = 1")
    newer(public)
    page.evaluate(UPDATE)
    phone.until(page, WAITING)
    page.wait_for_timeout(500)
    assert page.evaluate("window.mark") == 1


def test_the_clerk_s_code_opens_without_a_line_where_the_poster_led(page: Page, public: Place) -> None:
    here = addresses.status(public.url, installation.get(public.db).stamp.code)
    page.goto(here.removesuffix("/status"))
    phone.until(page, "navigator.serviceWorker.ready.then(() => true)")
    page.context.set_offline(True)
    page.goto(f"{here}#JL-26-4F7K-9QTM-W.7K3M9QTM4F7KW2XY")
    expect(page.locator("main")).to_be_visible()
