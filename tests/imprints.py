"""Records as papers carry them: one at a counter, made of drawn answers, and pages on which their codes stand."""

import io
from collections.abc import Sequence
from random import Random
from typing import Any

from PIL import Image

import imprint
from demo.applications import applications
from domain.application import Application, PointStamp
from domain.canonical import canonical
from domain.complete import complete
from domain.reference import reference_for
from domain.uuid7 import uuid7
from domain.words import PointKind
from printing.qr import matrix
from tests.sample import PRODUCT, TODAY
from wire.entry import GENESIS, SALT_BYTES, Entry, Revision, place

STAMP = PointStamp(code="JL", name="示例服务点", kind=PointKind.COOPERATIVE)
MODULE = 0.5  # millimetres
INCH = 25.4
QUIET = 4  # modules


def taken(count: int = 1, seed: int = 1) -> list[Application]:
    """Return applications as a counter submits them, all different."""
    typed = applications(PRODUCT, TODAY, count, seed)
    return [completed(one, _id(f"{seed} {place}")) for place, one in enumerate(typed)]


def completed(application: Application, record_id: str) -> Application:
    """Return *application* with everything that the point adds."""
    reference = reference_for(record_id, STAMP.code, TODAY.year)
    return complete(application, PRODUCT, STAMP, record_id, reference, "示例经办", TODAY)


def revision(application: Application, number: int = 1, **changes: Any) -> Revision:
    """Return *application* as the journal gets it."""
    known: dict[str, Any] = {
        "record_id": str(application.record_id), "kind": "application", "revision": number,
        "form_version": 1, "made_at": f"{TODAY}T03:04:05Z", "made_by": _id("示例经办"), "body": canonical(application),
    }  # fmt: skip
    return Revision(**known | changes)


def entry(application: Application, number: int = 1, **changes: Any) -> Entry:
    """Return *application* as the first entry of a journal."""
    salt = Random(str(application.record_id)).randbytes(SALT_BYTES)
    new = revision(application, number, **changes)
    return place(new, producer=STAMP.code, epoch="e", seq=1, prev_hash=GENESIS, salt=salt)


def page(codes: Sequence[str], dpi: int = 300, across: int = 4, fine: int = 2) -> Image.Image:
    """Return a white page in grey on which *codes* stand at level Q, *across* in a row, half a millimetre a module.

    Drawn *fine* times larger and made small again, as a scanner sees a print: grey where a pixel has both.
    """
    drawn = [_drawn(code) for code in codes]
    dots = MODULE / INCH * dpi * fine
    side, gap = round(drawn[0].width * dots), round(QUIET * dots)
    wide, high = min(across, len(drawn)), -(-len(drawn) // across)
    sheet = Image.new("L", (gap + wide * (side + gap), gap + high * (side + gap)), "white")
    for place_, code in enumerate(drawn):
        corner = tuple(gap + at * (side + gap) for at in (place_ % across, place_ // across))
        sheet.paste(code.resize((side, side), Image.Resampling.NEAREST), (corner[0], corner[1]))
    return sheet.resize((sheet.width // fine, sheet.height // fine), Image.Resampling.BOX)


def file(image: Image.Image, kind: str = "PNG") -> bytes:
    """Return *image* as a file."""
    data = io.BytesIO()
    image.save(data, kind)
    return data.getvalue()


def scanned(entries: Sequence[Revision], dpi: int = 300) -> Image.Image:
    """Return one page with the codes of several papers, one below the other."""
    pages = [page(imprint.written(one), dpi) for one in entries]
    sheet = Image.new("L", (max(one.width for one in pages), sum(one.height for one in pages)), "white")
    top = 0
    for one in pages:
        sheet.paste(one, (0, top))
        top += one.height
    return sheet


def _id(of: str) -> str:
    return uuid7(1_795_104_000_000, Random(of).randbytes(10))


def _drawn(code: str) -> Image.Image:
    rows = matrix(code, "q")
    dark = b"".join(rows).translate(bytes([255, 0]) + bytes(254))
    return Image.frombytes("L", (len(rows), len(rows)), dark)
