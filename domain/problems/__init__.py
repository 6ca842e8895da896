"""What every error code says to people: what is right, with an example (source text Chinese, for the catalogue)."""

from domain.errors import Problem, TshegError
from domain.problems import (
    apply,
    backup,
    blank,
    business,
    buyer,
    choice,
    command,
    consent,
    cover,
    dates,
    handout,
    hub,
    identity,
    imprint,
    limits,
    money,
    paper,
    picture,
    place,
    policyholder,
    product,
    record,
    reference,
    shape,
    slip,
    staff,
    stick,
    store,
    submission,
    sync,
    text,
    trade,
)

APPLICATION = (record, shape, policyholder, buyer, trade, business, cover, consent, product)
HERE = (
    staff, store, backup, submission, sync, stick, limits, paper, picture, blank, command, handout, slip, imprint,
    apply,
)  # fmt: skip
NOUNS = (text, choice, money, identity, dates, place, reference, *APPLICATION, *HERE, hub)
MESSAGES: dict[str, str] = {code: words for noun in NOUNS for code, words in noun.MESSAGES.items()}


def message(error: Problem | TshegError) -> tuple[str, dict[str, str]]:
    """Return the source text of *error* and the values to fill it with, ready for the catalogue."""
    return MESSAGES[error.code], error.values
