"""A trader's phone (投保人的手机): real Chromium, small and slow, at the far end of an old network."""

import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from playwright.sync_api import (
    Browser,
    BrowserContext,
    BrowserType,
    CDPSession,
    Page,
    ViewportSize,
    sync_playwright,
)

# A phone's address bar has no pages of its own that load with every window.
FLAGS = (
    "--no-sandbox --disable-gpu --disable-dev-shm-usage --disable-background-networking"
    " --disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup"
).split()
CPU_SLOWDOWN = 4
SCREEN: ViewportSize = {"width": 360, "height": 640}
AGENT = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{}.0.0.0 Mobile Safari/537.36"
LOCALES = {"zh": "zh-CN", "bo": "bo-CN"}
FIELDS = "#form :is(input, select, textarea):not([type=hidden])"
FOCUS = f"""(() => {{
  globalThis.first = [...document.querySelectorAll("{FIELDS}")].find(one => one.checkVisibility());
  first.focus();
  return first.type;
}})()"""
HOLDS = "first.checked || first.value === '7'"
# Script has taken over where the form has its id, and a task does not wait for another.
FREE = """new Promise(done => {
  const free = from => document.forms.form.elements.id?.value !== "" && performance.now() - from < 50;
  const beat = from => setTimeout(() => free(from) ? done() : beat(performance.now()));
  beat(performance.now());
})"""
SPACE = {"key": " ", "code": "Space", "text": " ", "windowsVirtualKeyCode": 32}
SEVEN = {"key": "7", "code": "Digit7", "text": "7", "windowsVirtualKeyCode": 55}
FORGET = """async () => {
  while (document.getElementById("state").dataset.state !== "saved") await new Promise(done => setTimeout(done, 20));
  const open = indexedDB.open("tsheg");
  const held = await new Promise(done => { open.onsuccess = () => done(open.result) });
  const work = held.transaction("drafts", "readwrite", { durability: "strict" });
  work.objectStore("drafts").clear();
  await new Promise(done => { work.oncomplete = done });
  held.close();
}"""
GIVE_UP_MS = 120_000


class Line(NamedTuple):
    """A mobile network: bits a second down and up, and the milliseconds that every request waits."""

    down: int
    up: int
    latency: int

    def seconds(self, received: int, round_trips: int) -> float:
        """Return what *received* bytes in so many round trips take when nothing else does."""
        return received * 8 / self.down + round_trips * self.latency / 1000


GPRS = Line(50_000, 20_000, 500)
SECOND_GENERATION = Line(250_000, 50_000, 300)


@dataclass
class Handset:
    """One page on the phone, and the bytes that its own requests brought (a worker's are not its own)."""

    page: Page
    session: CDPSession
    kinds: dict[str, str] = field(default_factory=dict)
    received: dict[str, int] = field(default_factory=dict)

    def watch(self) -> None:
        """Count from now on: what came from the network, headers included; what a cache gave is nothing."""
        self.session.on("Network.requestWillBeSent", self._asked)
        self.session.on("Network.responseReceived", self._answered)
        self.session.on("Network.loadingFinished", self._finished)
        self.session.send("Network.enable")

    def slow_down(self, line: Line | None) -> None:
        """Take the phone's processor, and *line* if there is one."""
        self.session.send("Emulation.setCPUThrottlingRate", {"rate": CPU_SLOWDOWN})
        if line:
            limits = {"downloadThroughput": line.down / 8, "uploadThroughput": line.up / 8, "latency": line.latency}
            self.session.send("Network.emulateNetworkConditions", {"offline": False, **limits})

    def open(self, url: str) -> float:
        """Open *url*; return the seconds until the form can be used.

        Usable: everything the page waits for has come and run, the main thread is free, and the first field is visible
        and holds what was put into it.
        """
        started = time.perf_counter()
        self.page.goto(url, wait_until="load", timeout=GIVE_UP_MS)
        self._evaluate(FREE)
        self._answer_first()
        return time.perf_counter() - started

    def forget(self) -> None:
        """Let the phone keep no answers, so that the next visit is not asked whether to go on with them."""
        self.page.evaluate(FORGET)

    def refuse(self, addresses: Sequence[str]) -> None:
        """Let nothing through to these addresses (* stands for anything)."""
        self.session.send("Network.setBlockedURLs", {"urls": list(addresses)})

    def _answer_first(self) -> None:
        # Playwright's own way first brings a script into the page that weighs more than the page itself.
        choice = self._evaluate(FOCUS) in ("radio", "checkbox")
        for kind in ("keyDown", "keyUp"):
            self.session.send("Input.dispatchKeyEvent", {"type": kind, **(SPACE if choice else SEVEN)})
        if not self._evaluate(HOLDS):
            raise AssertionError("the first field does not hold what was put into it")

    def _evaluate(self, expression: str) -> Any:
        asked = {"expression": expression, "returnByValue": True, "awaitPromise": True}
        return self.session.send("Runtime.evaluate", asked)["result"].get("value")

    def _asked(self, event: dict[str, Any]) -> None:
        self.kinds[event["requestId"]] = event.get("type", "Other")

    def _answered(self, event: dict[str, Any]) -> None:
        answer = event["response"]
        if answer.get("fromServiceWorker") or answer.get("fromDiskCache") or answer["url"].startswith("data:"):
            self.kinds.pop(event["requestId"], None)

    def _finished(self, event: dict[str, Any]) -> None:
        if event["requestId"] in self.kinds:
            self.received[event["requestId"]] = int(event["encodedDataLength"])


def options(browser: Browser | None, language: str) -> dict[str, Any]:
    """Return what Playwright must know of this phone."""
    version = browser.version.partition(".")[0] if browser else "156"
    return {
        "viewport": SCREEN, "screen": SCREEN, "is_mobile": True, "has_touch": True, "device_scale_factor": 2,
        "locale": LOCALES[language], "user_agent": AGENT.format(version),
    }  # fmt: skip


def handset(context: BrowserContext) -> Handset:
    """Open a page that is watched."""
    page = context.new_page()
    held = Handset(page, context.new_cdp_session(page))
    held.watch()
    return held


@contextmanager
def chromium() -> Iterator[Browser]:
    """Hold a Chromium open."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        yield browser
        browser.close()


@contextmanager
def never_been_here(browser: Browser, language: str, **more: Any) -> Iterator[Handset]:
    """Hold a phone whose caches are empty."""
    context = browser.new_context(**options(browser, language), **more)
    yield handset(context)
    context.close()


@contextmanager
def kept(kind: BrowserType, profile: Path, language: str, **more: Any) -> Iterator[Handset]:
    """Hold a phone that is switched on with what *profile* remembers."""
    context = kind.launch_persistent_context(
        profile, executable_path=shutil.which("chromium"), args=FLAGS, **options(None, language), **more
    )
    yield handset(context)
    context.close()
