"""What no Tibetan translation may contain, and what a reader of Tibetan should look at again.

A rule takes the Chinese source and the translation and says whether the translation breaks it.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont

Rule = Callable[[str, str], bool]

FONT = Path(__file__).parent.parent / "static/fonts/noto-serif-tibetan-400.woff2"
HAN = re.compile(r"[\u3400-\u9FFF\uF900-\uFAFF\U00020000-\U0003FFFF]")
PLACE = re.compile(r"%\(\w+\)[sd]|%%|<[^>]+>")
NUMBER = r"%\(\w+\)[sd]|[0-9.,]+"
BASE, SUBJOINED = r"\u0f40-\u0f6c\u0f88-\u0f8c\u0f20-\u0f33", r"\u0f8d-\u0fbc"
SIGNS = r"\u0f71-\u0f7e\u0f80-\u0f84\u0f86\u0f87\u0fc6\u0f18\u0f19\u0f35\u0f37\u0f39"
TSHEG = "\u0f0b\u0f0c"
NOT_TIBETAN = re.compile(r"[^\u0f00-\u0fff\x20-\x7e\u00a0《》（）–—…·×¥]")
FORBIDDEN = re.compile(r"[\u0f00\u0f73\u0f75\u0f76\u0f77\u0f78\u0f79\u0f81]")
STRAY = re.compile(rf"(?<![{BASE}{SUBJOINED}])[{SUBJOINED}]|(?<![{BASE}{SUBJOINED}{SIGNS}])[{SIGNS}]")
NOT_INSURANCE = ("ཉེན་སྲུང", "འགན་སྲུང")
LONGEST_SYLLABLE = 9
RATIO = (0.7, 12.0)


@cache
def drawable() -> frozenset[int]:
    """Return the code points that the shipped font draws."""
    return frozenset(TTFont(FONT).getBestCmap())


def same(source: str, translation: str) -> bool:
    """Say whether Chinese was left as it was; text without Chinese may stay."""
    return source == translation and bool(HAN.search(PLACE.sub("", source)))


def places_differ(source: str, translation: str) -> bool:
    """Say whether a placeholder or tag was lost, added or changed."""
    return Counter(PLACE.findall(source)) != Counter(PLACE.findall(translation))


def cannot_be_drawn(_source: str, translation: str) -> bool:
    """Say whether the shipped font lacks a Tibetan character; other scripts have fonts of their own."""
    return any(0x0F00 <= ord(character) <= 0x0FFF and ord(character) not in drawable() for character in translation)


def names_another_thing(source: str, translation: str) -> bool:
    """Say whether insurance (保险) became protection or guarantee."""
    return "保险" in source and any(word in translation for word in NOT_INSURANCE)


def _found(pattern: str) -> Rule:
    expression = re.compile(pattern)
    return lambda _source, translation: expression.search(PLACE.sub("1", translation)) is not None


def _length_is_odd(source: str, translation: str) -> bool:
    ratio = len(PLACE.sub("", translation)) / max(1, len(PLACE.sub("", source)))
    return not RATIO[0] <= ratio <= RATIO[1]


def _digits_are_mixed(_source: str, translation: str) -> bool:
    return bool(re.search("[0-9]", PLACE.sub("", translation)) and re.search("[\u0f20-\u0f33]", translation))


def _long_syllable(_source: str, translation: str) -> bool:
    return any(len(part) > LONGEST_SYLLABLE for part in re.findall(r"[\u0f40-\u0fbc]+", translation))


ERRORS: dict[str, Rule] = {
    "untranslated": lambda _source, translation: not translation.strip(),
    "same as the source": same,
    "placeholders differ": places_differ,
    "character of another script": lambda _source, text: bool(NOT_TIBETAN.search(PLACE.sub("", text))),
    "forbidden character": lambda _source, text: bool(FORBIDDEN.search(text)),
    "not in NFC": lambda _source, text: not unicodedata.is_normalized("NFC", text),
    "sign without a letter": lambda _source, text: bool(STRAY.search(text)),
    "double tsheg": _found(f"[{TSHEG}]{{2}}"),
    "space at the edge": lambda _source, text: text != text.strip(),
    "wrong word for insurance": names_another_thing,
    "not in the font": cannot_be_drawn,
}

WARNINGS: dict[str, Rule] = {
    "tsheg before shad": _found(rf"(?<!ང)[{TSHEG}]།"),
    "nga directly before shad": _found("ང།"),
    "ka or ga before shad": _found("[ཀག]།"),
    "three shads": _found("།[ \u00a0]?།[ \u00a0]?།"),
    "ends with tsheg": _found(f"[{TSHEG}]$"),
    "space inside": _found("(?<![།ཀག0-9A-Za-z.,:;!?·)）])[ ](?![0-9A-Za-z(（·])"),
    "two digit systems": _digits_are_mixed,
    "long syllable": _long_syllable,
    "odd length": _length_is_odd,
}


def broken(rules: dict[str, Rule], source: str, translation: str) -> list[str]:
    """Return the names of the *rules* that *translation* breaks; of a missing one nothing else is said."""
    if not translation.strip():
        return [name for name in rules if name == "untranslated"]
    return [name for name, breaks in rules.items() if breaks(source, translation)]
