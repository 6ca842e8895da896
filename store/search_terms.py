"""How names, numbers and references become search terms: at the clerk's pace, from any fragment.

FTS5's own tokenisers find nothing for the one or two characters that Chinese names have, so Han
text is cut into single characters and pairs, Tibetan into syllables, and a Han name is also
findable by its pinyin initials (``zxdz`` for 扎西顿珠).
"""

import os
import re
from collections.abc import Iterator
from functools import lru_cache

from domain.application import Application

# The phrase dictionary costs 60 MB and disambiguates words; names need single characters only.
os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")

_RUNS = re.compile(r"(?P<han>[\u3400-\u9fff\U00020000-\U0003ffff]+)|(?P<bo>[\u0f40-\u0fbc]+)|(?P<code>[0-9a-z]+)")
SHORTEST_PREFIX = 2


def terms_of(application: Application) -> str:
    """Return every term an application is found by, separated by spaces."""
    holder = application.policyholder
    names = [holder.name, holder.name_bo, holder.contact, *(buyer.name for buyer in application.buyers)]
    codes = [application.reference or "", holder.id_number, holder.mobile]
    codes += [buyer.trade.invoice_number for buyer in application.buyers]
    codes += [buyer.trade.contract_number for buyer in application.buyers]
    found = {holder.mobile[-4:]}.union(*map(_name_terms, names), *map(_code_terms, codes))
    return " ".join(sorted(found))


def match_of(query: str) -> str | None:
    """Return the FTS5 expression for what a clerk typed, or None when there is nothing to look for."""
    terms: list[str] = []
    for word in query.casefold().split():
        joined = _joined(word)
        if joined.isascii() and joined:
            terms.append(f'"{joined}"*' if len(joined) >= SHORTEST_PREFIX else f'"{joined}"')
        else:
            terms += [f'"{term}"' for term in _pieces(word)]
    return " AND ".join(dict.fromkeys(terms)) or None


def initials_of(name: str) -> str:
    """Return the pinyin initials of a name's Han characters, and its Latin letters and digits as they are."""
    runs = _RUNS.finditer(name.casefold())
    return "".join(_initials(run.group()) if run.lastgroup == "han" else run.group() for run in runs)


def _pieces(word: str) -> Iterator[str]:
    for run in _RUNS.finditer(word):
        text = run.group()
        if run.lastgroup == "han" and len(text) > 1:
            yield from _pairs(text)
        else:
            yield text


@lru_cache(maxsize=2048)
def _name_terms(name: str) -> frozenset[str]:
    # Remembered, because the same traders and their few buyers come again and again.
    runs = [(run.lastgroup, run.group()) for run in _RUNS.finditer(name.casefold())]
    han = [text for script, text in runs if script == "han"]
    initials = [_initials(text) for text in han]
    terms = {*initials, "".join(initials), *(text for script, text in runs if script != "han")}
    return frozenset(terms.union(*han, *map(_pairs, han)) - {""})


def _code_terms(code: str) -> Iterator[str]:
    yield from (run.group() for run in _RUNS.finditer(code.casefold()))
    if joined := _joined(code):
        yield joined


def _joined(code: str) -> str:
    return "".join(character for character in code.casefold() if character.isalnum())


def _pairs(text: str) -> Iterator[str]:
    return (text[start : start + 2] for start in range(len(text) - 1))


def _initials(text: str) -> str:
    from pypinyin import Style, lazy_pinyin

    return "".join(lazy_pinyin(text, style=Style.FIRST_LETTER, errors="ignore"))
