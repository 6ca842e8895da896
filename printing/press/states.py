"""Graphics states (8.4.2) of a page: saved and restored only around what changes more than the colour."""

from collections.abc import Iterator, Sequence

BLACK = b"0 0 0 rg"
# What asks for the colour: the beginning of a path, and text. Holes are among them.
COLOURED = (b" re", b" m", b" TJ", b"%")
HARMLESS = (b" rg", b" re", b" m", b" l", b" c", b" h", b"f", b"f*", b"n", b"BT", b"ET", b" Tm", b" Tf", b" TJ", b"%")
MARKS = (b"BMC", b"BDC", b"EMC", b" Do")
# What stands before BMC and BDC is an operator of its own to WeasyPrint.
NAMES = (b"/", b"<<")


def lightened(operators: Sequence[bytes]) -> list[bytes]:
    """Return *operators* without states that change nothing but the colour, and with a colour only where it changes."""
    return list(_coloured(_without_needless(list(_asking(operators)))))


def _asking(operators: Sequence[bytes]) -> Iterator[tuple[bytes, bytes]]:
    """Yield each operator, but those of colour, with the colour that is in force there."""
    colours = [BLACK]
    for operator in operators:
        if operator.endswith(b" rg"):
            colours[-1] = operator
            continue
        if operator == b"q":
            colours.append(colours[-1])
        elif operator == b"Q":
            colours.pop()
        yield operator, colours[-1]


def _without_needless(asking: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """Leave out each q and its Q between which nothing on their own level outlives the Q."""
    opened: list[tuple[int, bool]] = []
    needless: set[int] = set()
    for at, (operator, _) in enumerate(asking):
        if operator == b"q":
            opened.append((at, True))
        elif operator == b"Q":
            start, harmless = opened.pop()
            needless |= {start, at} if harmless else set()
        elif opened and not operator.endswith(HARMLESS + MARKS) and not operator.startswith(NAMES):
            opened[-1] = (opened[-1][0], False)
    return [one for at, one in enumerate(asking) if at not in needless]


def _coloured(asking: Sequence[tuple[bytes, bytes]]) -> Iterator[bytes]:
    colours = [BLACK]
    for operator, colour in asking:
        if operator == b"q":
            colours.append(colours[-1])
        elif operator == b"Q":
            colours.pop()
        elif colour != colours[-1] and operator.endswith(COLOURED):
            yield colour
            colours[-1] = colour
        yield operator
