"""Amounts of money: always integer fen (分), never a float."""

import re

from domain.characters import fold
from domain.errors import FieldError
from domain.text import clean

HIGHEST_FEN = 999_999_999_999
AMOUNT = re.compile(r"¥?(?P<yuan>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.(?P<fen>[0-9]+))?元?")
NEGATIVE = re.compile(r"¥?[-−–—]")
DIGITS = "零壹贰叁肆伍陆柒捌玖"
PLACES = ("", "拾", "佰", "仟")
SECTIONS = ("", "万", "亿")


def parse_yuan(text: str) -> int:
    """Return the fen in an amount typed in yuan: ``8,500``, ``￥８５００．５``, ``8500 元``.

    At most two places and 9,999,999,999.99 yuan; signs, exponents and words are refused.
    """
    typed = fold(clean(text)).replace(" ", "")
    if NEGATIVE.match(typed):
        raise FieldError("amount_negative")
    found = AMOUNT.fullmatch(typed)
    if not found:
        raise FieldError("amount_shape")
    yuan, places = found["yuan"].replace(",", "").lstrip("0"), found["fen"] or ""
    if len(places) > 2:
        raise FieldError("amount_places")
    if len(yuan) > 10:
        raise FieldError("amount_too_large", highest=format_yuan(HIGHEST_FEN))
    return int(yuan + places.ljust(2, "0"))


def format_yuan(fen: int) -> str:
    """Return *fen* as yuan with two places: ``8,500.00``."""
    sign = "-" if fen < 0 else ""
    return f"{sign}{abs(fen) // 100:,}.{abs(fen) % 100:02}"


def in_words(fen: int) -> str:
    """Return *fen* in the capital numerals of Chinese papers (大写金额), ``人民币捌仟伍佰元整``.

    Where the banks' rule allows a 零 or none, one stands before the parts of a yuan and none
    after 万. Raises ValueError below zero and above ``HIGHEST_FEN``.
    """
    if not 0 <= fen <= HIGHEST_FEN:
        raise ValueError("only amounts from 0 to HIGHEST_FEN have words")
    yuan, (jiao, rest) = fen // 100, divmod(fen % 100, 10)
    words = _integer(yuan) + "元" if yuan or not fen else ""
    if yuan and fen % 100 and (not jiao or yuan % 10 == 0):
        words += "零"
    words += f"{DIGITS[jiao]}角" if jiao else ""
    words += f"{DIGITS[rest]}分" if rest else ""
    return f"人民币{words}{'' if fen % 100 else '整'}"


def _integer(yuan: int) -> str:
    words, gap = "", False
    for index in range(len(SECTIONS) - 1, -1, -1):
        section = yuan // 10 ** (4 * index) % 10_000
        if section:
            words += ("零" if words and (gap or section < 1000) else "") + _section(section) + SECTIONS[index]
        gap = not section
    return words or "零"


def _section(number: int) -> str:
    digits = f"{number:04}"
    words = "".join(
        DIGITS[int(digit)] + PLACES[3 - index] if digit != "0" else "零" for index, digit in enumerate(digits)
    )
    return re.sub("零+", "零", words).strip("零")
