"""What a page looks like to a thumb, an eye and a keyboard, measured in the browser; lengths in CSS pixels."""

from typing import Any

from playwright.sync_api import Page

SHOWN = """const unseen = ".unseen, [aria-hidden=true]";
const shown = one => one.checkVisibility({visibilityProperty: true}) && !one.closest(unseen);
const told = one => one.outerHTML.slice(0, 100);"""
TARGETS = """const target = one => one.matches("[type=radio], [type=checkbox]") ? one.closest("label") ?? one : one;
return [...document.querySelectorAll("button, input, select, textarea, summary")].filter(shown)
  .map(one => [told(one), target(one).getBoundingClientRect()])
  .filter(([, box]) => box.height < 48 || box.width < 48).map(([html]) => html);"""
LINKS = """return [...document.querySelectorAll("a[href]")].filter(one => shown(one) && !one.closest("p"))
  .filter(one => one.getBoundingClientRect().height < 24).map(told);"""
LOST = """const cut = one => ["hidden", "clip"].includes(getComputedStyle(one).overflowX)
  && (one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1);
const outside = ({left, right, width}) => width && (right > innerWidth + 1 || left < -1);
return [...document.querySelectorAll("body *")].filter(shown)
  .filter(one => cut(one) || outside(one.getBoundingClientRect())).map(told);"""
OUT_OF_ORDER = """const own = one => [...one.childNodes].some(node => node.nodeType === 3 && node.data.trim());
const read = [...document.querySelectorAll("body *")]
  .filter(one => shown(one) && !one.closest(".bar") && (own(one) || one.matches("input, select, textarea, button")))
  .map(one => [told(one), one.getBoundingClientRect()]);
return read.slice(1).filter(([, box], place) => box.bottom <= read[place][1].top + 1).map(([html]) => html);"""
FOCUSED = """() => {
  const one = document.activeElement, box = one.getBoundingClientRect(), seen = one.closest("label") ?? one;
  const over = document.elementFromPoint(box.left + box.width / 2, box.top + Math.min(box.height / 2, 20));
  return one === document.body || one === document.documentElement ? null : {
    name: one.name ? `${one.name}=${one.value}` : one.outerHTML.slice(0, 60), inBar: Boolean(one.closest(".bar")),
    top: box.top + scrollY, covered: !(over && (seen.contains(over) || over.contains(one))),
    ringed: [one, seen].some(each => getComputedStyle(each).outlineStyle !== "none"),
  };
}"""
FROM_THE_TOP = """() => {
  const top = document.querySelector("header");
  top.tabIndex = -1;
  top.focus();
  top.removeAttribute("tabindex");
}"""
MOST_STOPS = 120


def _ask(page: Page, question: str) -> list[str]:
    found: list[str] = page.evaluate(f"() => {{ {SHOWN}\n{question} }}")
    return found


def small_targets(page: Page) -> list[str]:
    """Return buttons and fields that are less than 48 high or wide; a choice is as large as its label."""
    return _ask(page, TARGETS)


def small_links(page: Page) -> list[str]:
    """Return links outside of sentences that are less than 24 high."""
    return _ask(page, LINKS)


def lost(page: Page) -> list[str]:
    """Return what is cut off or stands outside of the screen's width."""
    return _ask(page, LOST)


def out_of_order(page: Page) -> list[str]:
    """Return what is read after something that stands wholly below it."""
    return _ask(page, OUT_OF_ORDER)


def stops(page: Page) -> list[dict[str, Any]]:
    """Return where the tab key stops, from the top of the page until it leaves it."""
    page.evaluate(FROM_THE_TOP)
    found: list[dict[str, Any]] = []
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUSED)
        if stop is None or (found and stop["name"] == found[0]["name"]):
            return found
        found.append(stop)
    raise AssertionError("the tab key never leaves the page")
