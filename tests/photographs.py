"""Pictures for tests: synthetic invoices as a phone takes them, and what a point says of a picture."""

import hashlib
import io
from functools import cache
from pathlib import Path
from typing import Any

import segno
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

from domain.attachment import Attachment
from pictures.entry import MEDIA_TYPE
from tests.sample import TODAY

FONT = Path(__file__).parent.parent / "printing" / "fonts" / "han-400.otf"
LINE = "增值税电子普通发票 示例商贸有限公司 91540102MA6T2K3X4Y ¥8,500.00 青稞 FP-20261120-0087"
MILLIMETRES = 210


def announced(data: bytes, application: str, document: str = "invoice") -> Attachment:
    """Return what an entry says of the picture *data*."""
    return Attachment(
        application=application, document=document, sha256=hashlib.sha256(data).hexdigest(), size=len(data),
        media_type=MEDIA_TYPE, width=1200, height=1600, taken_on=TODAY,
    )  # fmt: skip


@cache
def sheet(width: int = 3000) -> Image.Image:
    """Return a photographed sheet of A4 with lines of 16 down to 6.5 points and a seal; paper is never quite white."""
    image = Image.new("RGB", (width, width * 4 // 3), (247, 244, 236))
    draw, top = ImageDraw.Draw(image), width // 15
    for points in (16, 12, 10, 9, 8, 7, 6.5):
        pixels = int(points * 0.3528 * width / MILLIMETRES)
        for _ in range(3):
            draw.text((width // 20, top), LINE, fill=(40, 38, 50), font=ImageFont.truetype(FONT, pixels))
            top += pixels * 3 // 2
    image.paste(_code(max(1, width // 600)), (width // 20, width))
    draw.ellipse((width * 5 // 8, width * 7 // 8, width * 9 // 10, width), outline=(200, 30, 40), width=width // 160)
    noise = Image.effect_noise(image.size, 14).convert("RGB")
    return ImageChops.add(image, noise, offset=-128).filter(ImageFilter.GaussianBlur(1.6))


def _code(module: int) -> Image.Image:
    """Return a QR code of *module* pixels a module, 0.35 mm each where 600 of them are the width of the sheet."""
    rows = segno.make(LINE, error="l").matrix
    small = Image.new("L", (len(rows) + 8, len(rows) + 8), 255)
    dots = bytes(255 * (1 - dot) for row in rows for dot in row)
    small.paste(Image.frombytes("L", (len(rows), len(rows)), dots), (4, 4))
    return small.resize((small.width * module, small.height * module), Image.Resampling.NEAREST).convert("RGB")


@cache
def photograph(width: int = 3000) -> bytes:
    """Return the same as a phone stores it."""
    return written(sheet(width), "JPEG", quality=92)


def written(image: Image.Image, kind: str, **options: Any) -> bytes:
    """Return *image* as the bytes of a file."""
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def read(data: bytes) -> Image.Image:
    """Return the picture in *data*."""
    return Image.open(io.BytesIO(data))
