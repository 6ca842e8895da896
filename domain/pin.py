"""PINs (密码) of the counter: digits only, so that every keyboard and input method can type them."""

from itertools import pairwise

from domain.errors import FieldError
from domain.text import compact

SHORTEST, LONGEST = 6, 12
STEPS_OF_A_RUN = ({0}, {1}, {9})


def new_pin(text: str) -> str:
    """Return a PIN chosen by a person; raise FieldError for other characters, a wrong length or an obvious one."""
    digits = compact(text)
    if not (digits.isascii() and digits.isdigit()):
        raise FieldError("pin_digits")
    if not SHORTEST <= len(digits) <= LONGEST:
        raise FieldError("pin_length", low=str(SHORTEST), high=str(LONGEST), length=str(len(digits)))
    if _steps(digits) in STEPS_OF_A_RUN:
        raise FieldError("pin_simple")
    return digits


def _steps(digits: str) -> set[int]:
    return {(int(after) - int(before)) % 10 for before, after in pairwise(digits)}
