"""A trader alone with a phone (商户): the answers of one application, as the page's controls and as a slip."""

import re
from collections.abc import Mapping
from copy import deepcopy
from typing import Any

import msgspec
from werkzeug.test import TestResponse

from domain.uuid7 import new_uuid7
from slip import write
from tests.browser import Browser
from tests.enrolment import PRODUCT
from tests.test_draft import BUSINESS, BUYER, HOLDER, START

TICKS = ("truthful", "terms_received", "exclusions_explained", "consent_insurer")
GROUPS = ("start", "policyholder", "buyers-0", "business", "cover", "declarations", "review")
RECORD = "0193a0de-7c00-7000-8000-00000000000a"


def listed(fields: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return fields as a form holds them: every value in a list."""
    return {name: values if isinstance(values, list) else [values] for name, values in fields.items()}


def answers(**changes: Any) -> dict[str, Any]:
    """Return right answers in a draft's shape; a change is named ``step__field`` or ``buyers__field``."""
    given: dict[str, Any] = {
        "start": listed(START),
        "policyholder": listed(HOLDER),
        "buyers": [listed(BUYER)],
        "business": listed(BUSINESS),
        "cover": {"tier": ["starter"]},
        "declarations": {name: ["y"] for name in TICKS},
        "review": {},
    }
    given = deepcopy(given)
    for name, value in changes.items():
        step, _, field = name.partition("__")
        (given["buyers"][0] if step == "buyers" else given[step]).update(listed({field: value}))
    return given


def controls(given: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return the answers by the page's control names."""
    found = {}
    for step, fields in given.items():
        groups = enumerate(fields) if step == "buyers" else [("", fields)]
        for number, group in groups:
            prefix = f"{step}-{number}-" if step == "buyers" else f"{step}-"
            found.update({prefix + name: values for name, values in group.items()})
    return found


def slip(record_id: str = RECORD, language: str = "zh", **changes: Any) -> bytes:
    """Return right answers, changed so, as a phone sends them."""
    return write(record_id, language, PRODUCT.id, PRODUCT.version, answers(**changes))


def send(browser: Browser, body: bytes, address: str = "/apply") -> TestResponse:
    """Send a slip as the page's script does: without any type, without cookies."""
    return browser.post(f"{address}/submissions", data=body, content_type="")


def told(answer: TestResponse) -> dict[str, Any]:
    """Return what a phone's script was answered."""
    return dict(msgspec.json.decode(answer.data))


class Page:
    """The page without script: every button sends all that stands in it."""

    def __init__(self, browser: Browser, language: str = "zh", **changes: Any) -> None:
        self.browser = browser
        self.address = f"/apply?lang={language}"
        self.sent = controls(answers(**changes))
        self.hidden: dict[str, str] = {}
        self.read(browser.get(self.address))

    def read(self, answer: TestResponse) -> TestResponse:
        """Take the hidden fields of a page that came."""
        if found := dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', answer.text)):
            self.hidden = found
        return answer

    def press(self, go: str = "next", **more: str) -> TestResponse:
        """Press a button of the group that is shown."""
        data = {**self.sent, **self.hidden, "go": go, **more}
        return self.read(self.browser.post(self.address, data=data))

    def fill(self) -> TestResponse:
        """Go on from the first group to the review."""
        answer = self.press()
        while answer.status_code == 200 and self.at != "review":
            answer = self.press()
        return answer

    @property
    def at(self) -> str:
        """The group that is shown."""
        return self.hidden["at"]


def wrong(page: str) -> dict[str, str]:
    """Return control → message of every error that is shown."""
    return dict(re.findall(r'<p class="error" id="([^"]+)-error">([^<]+)', page))


def fresh_id() -> str:
    """Return an id as a phone makes it."""
    return new_uuid7()
