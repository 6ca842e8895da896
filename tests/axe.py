"""What axe-core finds on a page against WCAG 2.2, levels A and AA."""

from importlib.resources import files
from typing import Any

from playwright.sync_api import Page

AXE = (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
RUN = "levels => axe.run(document, {runOnly: {type: 'tag', values: levels}, resultTypes: ['violations']})"


def violations(page: Page) -> list[str]:
    """Return one line for each element that breaks a rule; with all of the page in view no bar hides any of it."""
    screen = page.viewport_size
    page.set_viewport_size({"width": 360, "height": max(640, page.evaluate("document.documentElement.scrollHeight"))})
    if not page.evaluate("'axe' in globalThis"):
        page.evaluate(AXE)
    found: dict[str, Any] = page.evaluate(RUN, LEVELS)
    page.set_viewport_size(screen or {"width": 360, "height": 640})
    return [
        f"{rule['id']} {node['target']}: {node['failureSummary']}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]
