"""An imprint as digits: one frame a square code, of which any few enough give the whole again.

The tag is 40 bits of the SHA-256 of the record's id, which its reference shows too, and 16 bits of a CRC-32 of all
bytes: the first finds the record where it is already, the second tells its revisions apart.
"""

import zlib
from collections.abc import Mapping, Sequence

from domain.reference import record_number
from imprint.content import Content, content_of
from imprint.errors import Unreadable, damaged
from imprint.packing import pack, unpack
from imprint.shares import gathered, spread
from slip.frames import GROUP, Frames, Part, Reasons
from wire.entry import Revision

# A square code of version 16 at level Q holds 775 digits in 81 modules, 40 mm at half a millimetre each.
MOST_BYTES = 294
MOST_PARTS = 170
RECORD, SUM = 13, 5
END = b"\x80"


def last(parts: int) -> int:
    """Return how many codes there are where *parts* are needed: two more, or half as many again; 0 for no such."""
    return parts + max(2, -(-parts // 2)) if 1 <= parts <= MOST_PARTS else 0


# YINJI on the keys of a telephone.
FRAMES = Frames(
    mark="94654",
    version=1,
    number=3,
    tag=RECORD + SUM,
    reasons=Reasons(damaged="imprint.damaged", foreign="imprint.foreign", older="imprint.older", newer="imprint.newer"),
    last=last,
)
is_ours, parts = FRAMES.is_ours, FRAMES.parts


def written(revision: Revision) -> list[str]:
    """Return *revision* as the contents of its square codes; raise Unreadable for one that is too long for paper."""
    content = content_of(revision)
    data = pack(content) + END
    needed = -(-len(data) // MOST_BYTES)
    if needed > MOST_PARTS:
        raise Unreadable("imprint.too_long")
    size = -(-len(data) // needed)
    size = -(-size // GROUP) * GROUP
    whole = data.ljust(needed * size, b"\0")
    return FRAMES.written(spread(whole, needed, last(needed)), needed, _tag(revision.record_id, whole))


def number(part: Part) -> int:
    """Return the number by which the record of *part* is known: what its reference spells."""
    return int(part.tag[:RECORD])


def read(held: Sequence[Part]) -> Content | None:
    """Return the content once enough of its parts are there, None before; raise Unreadable where they make none."""
    shares = {part.number - 1: part.data for part in held}
    if not held or len(shares) < held[0].parts:
        return None
    content = _content(shares, held[0].parts, held[0].tag)
    if record_number(content.revision.record_id) != number(held[0]):
        raise damaged()
    return content


def _content(shares: Mapping[int, bytes], needed: int, tag: str) -> Content:
    if len({len(share) for share in shares.values()}) != 1:
        raise damaged()
    whole = gathered(shares, needed)
    data = whole.rstrip(b"\0")
    if _sum(whole) != tag[RECORD:] or not data.endswith(END):
        raise damaged()
    return unpack(data[: -len(END)])


def _tag(record_id: str, whole: bytes) -> str:
    return f"{record_number(record_id):0{RECORD}d}{_sum(whole)}"


def _sum(whole: bytes) -> str:
    return f"{zlib.crc32(whole) & 0xFFFF:0{SUM}d}"
