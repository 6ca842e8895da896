"""What a page looks like to a thumb, an eye and a keyboard, measured in the browser; lengths in CSS pixels."""

from typing import Any

from playwright.sync_api import Page

TARGETS = """() => {
  const shown = one => one.checkVisibility({visibilityProperty: true}) && !one.closest(".unseen, [aria-hidden=true]");
  const target = one => one.matches("[type=radio], [type=checkbox]") ? one.closest("label") ?? one : one;
  return [...document.querySelectorAll("button, input, select, textarea, summary")].filter(shown)
    .map(one => [one.outerHTML.slice(0, 90), target(one).getBoundingClientRect()])
    .map(([html, box]) => ({html, width: box.width, height: box.height}));
}"""
LINKS = """() => [...document.querySelectorAll("a[href]")].filter(one => one.checkVisibility() && !one.closest("p"))
  .map(one => ({html: one.outerHTML.slice(0, 90), height: one.getBoundingClientRect().height}))"""
LOST = """() => {
  const shown = [...document.querySelectorAll("body *")].filter(one => one.checkVisibility() && !one.closest(".unseen"));
  const cut = one => ["hidden", "clip"].includes(getComputedStyle(one).overflowX)
    && (one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1);
  const outside = one => { const box = one.getBoundingClientRect(); return box.width && (box.right > innerWidth + 1 || box.left < -1); };
  return shown.filter(one => cut(one) || outside(one)).map(one => one.outerHTML.slice(0, 120));
}"""
FOCUSED = """() => {
  const one = document.activeElement, box = one.getBoundingClientRect();
  return one === document.body ? null : {
    name: one.name ? `${one.name}=${one.value}` : one.outerHTML.slice(0, 60),
    top: box.top + scrollY, left: box.left, bar: Boolean(one.closest(".bar")),
    ring: getComputedStyle(one).outlineStyle !== "none" || getComputedStyle(one.closest("label") ?? one).outlineStyle !== "none",
  };
}"""
MOST_STOPS = 120


def small_targets(page: Page, least: float = 48) -> list[str]:
    """Return buttons and fields that are less than *least* high or 24 wide; a choice is as large as its label."""
    return [one["html"] for one in page.evaluate(TARGETS) if one["height"] < least or one["width"] < 24]


def small_links(page: Page, least: float = 24) -> list[str]:
    """Return links outside of sentences that are less than *least* high."""
    return [one["html"] for one in page.evaluate(LINKS) if one["height"] < least]


def lost(page: Page) -> list[str]:
    """Return elements that are cut off or stand outside of the screen's width."""
    found: list[str] = page.evaluate(LOST)
    return found


def stops(page: Page) -> list[dict[str, Any]]:
    """Return where the tab key stops, from the top of the page until it leaves it."""
    page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
    found: list[dict[str, Any]] = []
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUSED)
        if stop is None or (found and stop["name"] == found[0]["name"]):
            return found
        found.append(stop)
    raise AssertionError("the tab key never leaves the page")
