"""Policy numbers (保单号): ``SL-2026-4F7K-9QTM-3``. Drawn, not counted: a number says nothing of the next."""

import secrets

from stdnum.iso7064 import mod_37_36

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
PREFIX = "SL"
DRAWN = 8


def policy_number(year: int, drawn: str) -> str:
    """Return the number of *year* with the eight *drawn* characters and the check character of both."""
    check = mod_37_36.calc_check_digit(f"{year}{drawn}", CROCKFORD)
    return f"{PREFIX}-{year}-{drawn[:4]}-{drawn[4:]}-{check}"


def draw() -> str:
    """Return eight characters, 40 bits, from the system's random source."""
    drawn = secrets.randbits(5 * DRAWN)
    return "".join(CROCKFORD[drawn >> place & 31] for place in range(0, 5 * DRAWN, 5))
