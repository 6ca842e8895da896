"""Borders as WeasyPrint draws them, said more shortly: sides that continue each other are one rule."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

SIDE = (b"q", b"m", b"l", b"l", b"l", b"W*", b"n", b"rg", b"re", b"re", b"f*", b"Q")
SHAPE = slice(1, 5)
COLOUR = 7
# px: what is nearer than this touches.
NEAR = 0.6


class Rule(NamedTuple):
    """A filled rectangle."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def lies(self) -> bool:
        """Whether it is wider than high."""
        return self.right - self.left > self.bottom - self.top

    def continues(self, other: "Rule") -> bool:
        """Say whether it begins where *other*, which is in line with it, ends."""
        return self.left - other.right < NEAR and self.top - other.bottom < NEAR

    def written(self) -> bytes:
        """Return it as an operator exact to 0.1 px: wherever it lies, it is as thick as the others."""
        left, top, right, bottom = self
        return b"%.6g %.6g %.6g %.6g re" % tuple(round(one, 1) for one in (left, top, right - left, bottom - top))


def shortened(operators: Sequence[bytes]) -> list[bytes]:
    """Return *operators* with the sides of borders as few rules, and with neighbouring artifacts as one.

    The box between two rectangles, clipped to a side, is that side; where two of one colour meet, nobody sees the seam.
    """
    shorter: list[bytes] = []
    sides: list[tuple[bytes, Rule]] = []
    at = 0
    while at < len(operators):
        side = operators[at : at + len(SIDE)]
        if _is_side(side):
            sides.append((side[COLOUR], _rule(side[SHAPE])))
            at += len(SIDE)
        elif sides and operators[at : at + 3] == [b"EMC", b"/Artifact", b"BMC"] and _opens(shorter):
            at += 3
        else:
            shorter += _drawn(sides)
            sides.clear()
            shorter.append(operators[at])
            at += 1
    return _as_one_artifact([*shorter, *_drawn(sides)])


def _is_side(operators: Sequence[bytes]) -> bool:
    return tuple(one.rsplit(b" ", 1)[-1] for one in operators) == SIDE


def _rule(shape: Sequence[bytes]) -> Rule:
    points = [tuple(map(float, operator.split()[:2])) for operator in shape]
    across, down = zip(*points, strict=True)
    return Rule(min(across), min(down), max(across), max(down))


def _drawn(sides: Sequence[tuple[bytes, Rule]]) -> Iterator[bytes]:
    for colour, some in groupby(sides, lambda side: side[0]):
        yield colour
        yield from (rule.written() for rule in _joined([rule for _, rule in some]))
        yield b"f"


def _joined(rules: Sequence[Rule]) -> list[Rule]:
    """Return *rules*, those in line that touch each other as one."""
    joined: list[Rule] = []
    for rule in sorted(rules, key=_line):
        last = joined[-1] if joined else None
        if last and _line(last)[:3] == _line(rule)[:3] and rule.continues(last):
            joined[-1] = Rule(last.left, last.top, max(last.right, rule.right), max(last.bottom, rule.bottom))
        else:
            joined.append(rule)
    return joined


def _line(rule: Rule) -> tuple[bool, float, float, float]:
    """Return which line *rule* is part of, and where on it it begins."""
    if rule.lies:
        return True, rule.top, rule.bottom, rule.left
    return False, rule.left, rule.right, rule.top


def _opens(operators: Sequence[bytes]) -> bool:
    """Say whether an artifact is what is open at the end of *operators*."""
    for operator in reversed(operators):
        if operator in (b"BMC", b"EMC") or operator.endswith(b"BDC"):
            return operator == b"BMC"
    return False


def _as_one_artifact(operators: Sequence[bytes]) -> list[bytes]:
    kept: list[bytes] = []
    for operator in operators:
        kept.append(operator)
        if kept[-3:] == [b"EMC", b"/Artifact", b"BMC"] and _opens(kept[:-3]):
            del kept[-3:]
    return kept
