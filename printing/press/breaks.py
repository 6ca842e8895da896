"""Where a line may end: after a tsheg and a space, between Han characters, never before what closes (tlreq, clreq)."""

import unicodedata

NEVER_FIRST = frozenset("，。、；：？！）》」』】〕〉…—·%‰°’”)]}།༎༏༐༑༔་༌") | {"\u00a0", " "}
NEVER_LAST = frozenset("（《「『【〔〈¥￥#‘“([{") | {"\u00a0"}
AFTER = frozenset(" ་།༎")
WIDE = frozenset("WF")


def may_end(text: str, after: int) -> bool:
    """Say whether a line of *text* may end behind the character at *after*."""
    here, following = text[after], text[after + 1]
    if following in NEVER_FIRST or here in NEVER_LAST:
        return False
    return here in AFTER or is_wide(here) or is_wide(following)


def is_wide(character: str) -> bool:
    """Say whether *character* is written in a square of its own, as Han characters are."""
    return unicodedata.east_asian_width(character) in WIDE
