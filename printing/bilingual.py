"""Both languages side by side on a paper, in the order that the place has chosen; all of it is escaped."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from itertools import accumulate
from typing import Any

from markupsafe import Markup, escape

from domain.characters import TSHEG
from domain.characters import language as script
from domain.dates import format_date
from domain.product import Text
from domain.region import county
from domain.text import runs
from domain.words import NAMES, Language, Word
from i18n import TAGS, text

ORDERS: dict[str, tuple[Language, ...]] = {
    "zh_first": (Language.CHINESE, Language.TIBETAN),
    "bo_first": (Language.TIBETAN, Language.CHINESE),
    "zh": (Language.CHINESE,),
    "bo": (Language.TIBETAN,),
}
STEERING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
NOTHING = Markup("—")
OPENED = {language: Markup('<span lang="{}">').format(tag) for language, tag in TAGS.items()}
CLOSED = Markup("</span>")
LABEL_POINTS = 126


@dataclass(frozen=True)
class Speech:
    """Says things in each of *languages*, one after the other."""

    languages: tuple[Language, ...]

    def both(self, message: str, **values: object) -> Markup:
        """Return a message of the catalogue."""
        if not values:
            return _label(self, message)
        return self.pair({language: _marked(language, message) % values for language in self.languages})

    def words(self, said: Text) -> Markup:
        """Return the insurer's own words."""
        return self.pair({Language.CHINESE: said.zh, Language.TIBETAN: said.bo})

    def named(self, word: Word) -> Markup:
        """Return what a word of the closed lists is called."""
        return self.both(NAMES[word])

    def several(self, listed: Sequence[Word], limit: int) -> Markup:
        """Return what several such words are called, as many as *limit* Chinese characters hold, at least one."""
        lengths = accumulate(len(NAMES[word]) for word in listed)
        kept = max(1, sum(length <= limit for length in lengths))
        said = Markup(" / ").join(map(self.named, listed[:kept])) or NOTHING
        return said if len(listed) <= kept else said + " / …"

    def day(self, value: date) -> Markup:
        """Return a date as people write it."""
        return self.pair({language: format_date(value, language) for language in self.languages})

    def county(self, code: str) -> Markup:
        """Return the name of the county with *code*."""
        return self.both(county(code).name)

    def pair(self, said: dict[Language, str]) -> Markup:
        """Return what is *said* in each language, one after the other."""
        first, *others = self.languages
        runs = (run(first, said[first]), *(spoken(other, said[other]) for other in others))
        return Markup(" ").join(filter(None, runs))


def speech(order: str, limit: int) -> dict[str, Any]:
    """Return what templates call to say something, by name; entries longer than *limit* characters are shortened."""
    said = Speech(ORDERS[order])
    names = ("both", "words", "named", "day", "county", "languages")
    return {name: getattr(said, name) for name in names} | {
        "several": partial(said.several, limit=limit),
        "note": partial(shortened, limit=limit),
    }


def spoken(language: Language, said: str) -> Markup:
    """Return *said* marked as being in *language*."""
    return OPENED[language] + said + CLOSED if said else Markup()


def run(language: str, said: str) -> Markup:
    """Return *said*, marked where it is not in Chinese as the paper itself is."""
    return spoken(Language.TIBETAN, said) if language == Language.TIBETAN else escape(said)


def typed(value: object) -> Markup:
    """Return what people typed, each script marked, without characters that steer the direction of reading."""
    seen = STEERING.sub("", str(value)).strip()
    return Markup().join(run(language, said) for language, said in runs(seen)) or NOTHING


def shortened(value: str, limit: int) -> Markup:
    """Return what people typed, at most *limit* characters of it; the whole stands in the signed record."""
    return typed(value) if len(value) <= limit else typed(value[: limit - 1]) + "…"


@cache
def narrow(label: Markup) -> bool:
    """Guess whether *label* stands in one line of its cell, Chinese at 7.5 pt and Tibetan at 9 pt."""
    return sum(map(_points, label.striptags())) <= LABEL_POINTS


def _points(character: str) -> float:
    if unicodedata.category(character) == "Mn":
        return 0
    if character in TSHEG:
        return 2.3
    return {"zh": 7.5, "bo": 5.7}.get(script(character), 4)


@cache
def _label(speech: Speech, message: str) -> Markup:
    return speech.pair({language: _marked(language, message) for language in speech.languages})


def _marked(language: Language, message: str) -> Markup:
    return escape(text(language, message))
