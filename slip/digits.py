"""A slip as digits: its frames, as few as a screen allows, and the slip they make again.

The tag is the CRC-32 of the whole slip.
"""

from collections.abc import Sequence

from slip.errors import Unreadable
from slip.frames import GROUP, SUM, WIDTHS, Frames, Part, Reasons, check, plain

# TSHEG on the keys of a telephone.
FRAMES = Frames(
    mark="87434",
    version=1,
    number=1,
    tag=SUM,
    reasons=Reasons(damaged="slip.damaged", foreign="slip.foreign", older="slip.older", newer="slip.newer"),
)
MARK, VERSION, HEAD = FRAMES.mark, FRAMES.version, FRAMES.head
# A square code of version 34 at the lowest level of correction holds 5,253 digits in 161 modules with its border:
# 4 pixels a module on a screen of 720 with something around it.
MOST_BYTES = 2088
MOST_PARTS = 9

is_ours, parts = FRAMES.is_ours, FRAMES.parts
__all__ = ["FRAMES", "GROUP", "HEAD", "MARK", "MOST_BYTES", "MOST_PARTS", "SUM", "VERSION", "WIDTHS", "Part",
           "is_ours", "joined", "parts", "plain", "together", "written"]  # fmt: skip


def written(data: bytes, least: int = 1) -> list[str]:
    """Return *data* as frames, as few as a screen of 720 pixels allows but *least*; ValueError beyond nine."""
    share = -(-len(data) // max(least, -(-len(data) // MOST_BYTES)))
    share = -(-share // GROUP) * GROUP
    shares = [data[at : at + share] for at in range(0, len(data), share)]
    if len(shares) > MOST_PARTS:
        raise ValueError("a slip has nine parts at most")
    return FRAMES.written(shares, len(shares), check(data))


def together(read: Sequence[Part], new: Part) -> list[Part]:
    """Return *read* with *new*; raise Unreadable when it is there already or belongs to another slip."""
    if any((one.tag, one.parts) != (new.tag, new.parts) for one in read):
        raise Unreadable("slip.another")
    if any(one.number == new.number for one in read):
        raise Unreadable("slip.doubled")
    return sorted([*read, new], key=lambda one: one.number)


def joined(read: Sequence[Part]) -> bytes | None:
    """Return the slip once all its parts are there, None before; raise Unreadable when they do not make one."""
    if not read or len(read) < read[0].parts:
        return None
    data = b"".join(one.data for one in read)
    if check(data) != read[0].tag:
        raise Unreadable("slip.damaged")
    return data
