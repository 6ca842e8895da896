"""Borders as WeasyPrint draws them, said more shortly: a side is a shape, not two boxes seen through a shape."""

from collections.abc import Sequence

SIDE = (b"q", b"m", b"l", b"l", b"l", b"W*", b"n", b"rg", b"re", b"re", b"f*", b"Q")
SHAPE = slice(1, 5)
COLOUR = 7


def shortened(operators: Sequence[bytes]) -> list[bytes]:
    """Return *operators* with each side of a border as one filled shape, and with neighbouring artifacts as one.

    The box between two rectangles, clipped to a side, is that side: what is drawn stays the same.
    """
    shorter: list[bytes] = []
    at = 0
    while at < len(operators):
        side = operators[at : at + len(SIDE)]
        if _is_side(side):
            shorter += [side[COLOUR], *side[SHAPE], b"f"]
            at += len(SIDE)
        elif shorter[-1:] == [b"EMC"] and _opens(shorter) and operators[at : at + 2] == [b"/Artifact", b"BMC"]:
            shorter.pop()
            at += 2
        else:
            shorter.append(operators[at])
            at += 1
    return _without_repeated_colours(shorter)


def _is_side(operators: Sequence[bytes]) -> bool:
    return tuple(one.rsplit(b" ", 1)[-1] for one in operators) == SIDE


def _opens(operators: Sequence[bytes]) -> bool:
    """Say whether what the last EMC closes is an artifact."""
    for operator in reversed(operators[:-1]):
        if operator in (b"BMC", b"BDC"):
            return operator == b"BMC"
    return False


def _without_repeated_colours(operators: Sequence[bytes]) -> list[bytes]:
    """Leave a colour out that is the one in use, as long as nothing saves or restores it in between."""
    kept: list[bytes] = []
    colour = b""
    for operator in operators:
        if operator in (b"q", b"Q"):
            colour = b""
        if operator.endswith(b" rg"):
            if operator == colour:
                continue
            colour = operator
        kept.append(operator)
    return kept
