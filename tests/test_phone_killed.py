"""Chromium is killed by SIGKILL the moment the page has said "saved": what was said to be saved is there afterwards.

A killed process does not lose what the system has taken, so this finds what is said too early, not what the disk has
not got yet; that every write asks for the disk is test_phone_store's matter.
"""

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests import phone
from tests.chromium import FLAGS
from tests.killing import figure, often
from tests.phone import Place, said

KILLS = 100
DRAFTS = 1
LEAN = ["--headless", "--remote-debugging-port=0", "--no-first-run", "--disable-extensions", "--disable-sync",
        "--disable-background-networking", "--disable-component-update", "--mute-audio"]  # fmt: skip
# As many drafts one after another as asked for, each said to be saved before the next; then one finished application.
SAVE = """async (drafts) => {
  const form = document.getElementById("form");
  const state = document.getElementById("state");
  const says = (wanted) => new Promise((done) => {
    const look = () => state.dataset.state === wanted && done(watch.disconnect());
    const watch = new MutationObserver(look);
    watch.observe(state, { attributeFilter: ["data-state"] });
  });
  const ids = [];
  for (let number = 0; number <= drafts; number++) {
    const moment = Date.now().toString(16).padStart(12, "0");
    const another = moment + "7" + crypto.randomUUID().replaceAll("-", "").slice(13);
    const id = number ? another : form.elements.id.value;
    form.elements.id.value = id;
    ids.push(id);
    state.dataset.state = "";
    const saved = says("saved");
    form.elements["policyholder-name"].dispatchEvent(new Event("input", { bubbles: true }));
    await saved;
  }
  const queued = says("queued");
  form.requestSubmit(form.querySelector(".bar [value=submit]"));
  await queued;
  return ids;
}"""


@contextmanager
def started(chromium: Browser, folder: Path, url: str) -> Iterator[Page]:
    """Start Chromium on its profile in *folder*; yield a page of it; in the end kill all its processes."""
    command = [str(shutil.which("chromium")), *FLAGS, *LEAN, f"--user-data-dir={folder}", "about:blank"]
    with subprocess.Popen(
        command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True, start_new_session=True
    ) as process:
        try:
            assert process.stderr
            address = next(line.split()[-1] for line in process.stderr if "DevTools listening" in line)
            page = chromium.browser_type.connect_over_cdp(address).contexts[0].pages[0]
            page.goto(f"{url}/apply?lang=zh")
            yield page
        finally:
            os.killpg(process.pid, signal.SIGKILL)


def test_a_killed_browser_loses_nothing_that_was_said_to_be_saved(
    chromium: Browser, public: Place, tmp_path: Path
) -> None:
    public.line.answers += [said(503, {}, Retry_After="3600")] * 10_000
    promised: set[str] = set()
    kills = often(KILLS)
    for _ in range(kills):
        with started(chromium, tmp_path / "profile", public.url) as page:
            if promised:
                page.locator("[value=anew]").wait_for()
                assert promised <= ids(page)
                page.click("[value=anew]")
            expect(page.locator("[name=id]")).not_to_have_value("")
            page.evaluate(phone.FILL, phone.controls(phone.answers()))
            promised |= set(page.evaluate(SAVE, DRAFTS))
    with started(chromium, tmp_path / "profile", public.url) as page:
        page.goto(f"{public.url}/apply/mine?lang=zh")
        expect(page.locator("#cards > li")).to_have_count(len(promised))
        lost = promised - ids(page)
    figure("phone.kills", kills, "kills")
    figure("phone.saved", len(promised), "records")
    figure("phone.lost", len(lost), "records")
    assert not lost and len(promised) == kills * (DRAFTS + 1)


def ids(page: Page) -> set[str]:
    """Return the records that this browser keeps."""
    return {record["id"] for store in ("drafts", "queue") for record in page.evaluate(phone.KEPT, store)}
