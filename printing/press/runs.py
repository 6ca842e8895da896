"""Values as they come to the press: marked-up text of our own making, read back into runs of one script and weight."""

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

TAG = re.compile(r"<(/?)(\w+)([^>]*)>")
ASIDE = "aside"


class Run(NamedTuple):
    """Text of one style; *aside* is set smaller."""

    text: str
    tibetan: bool = False
    bold: bool = False
    aside: bool = False


def paragraphs(markup: str, bold: bool = False) -> list[list[Run]]:
    """Return the runs of *markup*, a list for each line of its own.

    It knows ``<b>``, ``<br>``, ``<span lang="bo">``, ``<span class="aside">``; raises ValueError for anything else.
    """
    found: list[list[Run]] = [[]]
    for run in _runs(markup, bold):
        if run is None:
            found.append([])
        elif run.text:
            found[-1].append(run)
    return found


def _runs(markup: str, bold: bool) -> Iterator[Run | None]:
    styles = [Run("", bold=bold)]
    at = 0
    for tag in TAG.finditer(markup):
        yield styles[-1]._replace(text=_plain(markup[at : tag.start()]))
        at = tag.end()
        closing, name, attributes = tag.groups()
        if name == "br":
            yield None
        elif closing:
            styles.pop()
        else:
            styles.append(_styled(styles[-1], name, attributes))
    yield styles[-1]._replace(text=_plain(markup[at:]))


def _styled(outer: Run, name: str, attributes: str) -> Run:
    if name == "b":
        return outer._replace(bold=True)
    if name == "span":
        return outer._replace(
            tibetan='lang="bo"' in attributes or outer.tibetan, aside=ASIDE in attributes or outer.aside
        )
    raise ValueError(f"<{name}> cannot be set")


def _plain(markup: str) -> str:
    return re.sub(r"[ \t\r\n]+", " ", unescape(markup))
