"""Single characters: the twins that typing mixes up, and those that no record may hold."""

import re
import unicodedata

from domain.errors import FieldError

FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xFFE5: 0xA5}
TIBETAN_DIGITS = {0x0F20 + digit: 0x30 + digit for digit in range(10)}
LINE_BREAKS = "\t\n\r"
REPLACEMENT = "\ufffd"
DAMAGED = frozenset([ord(REPLACEMENT), *range(0xFDD0, 0xFDF0)])
TIBETAN = re.compile(r"[\u0F00-\u0FFF]")
HAN = re.compile(r"[\u3005\u3007\u3400-\u4DBF\u4E00-\u9FFF\uF900-\uFAFF\U00020000-\U0003FFFF]")
TSHEG = "\u0f0b\u0f0c"
DEPRECATED = "\u0f77\u0f79"
_SIGNS = "".join(chr(code) for code in range(0x0F00, 0x1000) if unicodedata.category(chr(code)) == "Mn")
REFUSED_IN_TIBETAN = re.compile(f"[^\u0f00-\u0fff ]|[{DEPRECATED}]|(?:^|[{TSHEG} ])[{_SIGNS}]")


def fold(text: str) -> str:
    """Return *text* with full-width Latin, digits and signs, and Tibetan digits, as their ASCII twins."""
    return text.translate(FULL_WIDTH | TIBETAN_DIGITS)


def codepoint(character: str) -> str:
    """Return how a character is named to people: ``U+202E``."""
    return f"U+{ord(character):04X}"


def language(character: str) -> str:
    """Return "bo" or "zh" for a character of that script, "" for all others."""
    if TIBETAN.match(character):
        return "bo"
    return "zh" if HAN.match(character) else ""


def refuse(character: str) -> None:
    """Raise FieldError for controls, invisible and direction characters, private use, surrogates and noncharacters."""
    code, category = ord(character), unicodedata.category(character)
    if category == "Co":
        raise FieldError("text_private_use", codepoint=codepoint(character))
    if category == "Cs" or code in DAMAGED or code & 0xFFFE == 0xFFFE:
        raise FieldError("text_damaged", codepoint=codepoint(character))
    if category == "Cf" or (category == "Cc" and character not in LINE_BREAKS):
        raise FieldError("text_invisible", codepoint=codepoint(character))


def refuse_in_tibetan(character: str, before: str) -> None:
    """Raise FieldError for what a name in Tibetan script cannot hold, seen after the character *before*."""
    if character in DEPRECATED:
        raise FieldError("tibetan_deprecated", codepoint=codepoint(character))
    if character != " " and not TIBETAN.match(character):
        raise FieldError("tibetan_only", character=character)
    if before in TSHEG + " " and unicodedata.category(character) == "Mn":
        raise FieldError("tibetan_sign_alone", codepoint=codepoint(character))
