"""Make one picture small, alone in a process of its own: picture on standard input, WebP on standard output.

A decoder is C code that reads what strangers made. It gets little memory, little time and no file to write; what
becomes of it here takes nobody's counter down. Exits with ``UNREADABLE`` or ``TOO_LARGE`` where nothing comes out.
"""

import io
import resource
import sys
import warnings

from PIL import Image, ImageOps

FORMATS = ("JPEG", "PNG", "WEBP")
UNREADABLE, TOO_LARGE = 3, 4
MEMORY_BYTES = 1 << 30
CPU_SECONDS = 15
MOST_PIXELS = 120_000_000
MOST_DECODED = 25_000_000
QUALITIES = (60, 45, 30)
TOO_MUCH = (Image.DecompressionBombError, Image.DecompressionBombWarning)


def confine() -> None:
    """Give up what a decoder does not need, for good; a header that promises too much is refused unread."""
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    for limit, most in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (most, most))


def shrunk(data: bytes, side: int, most_bytes: int) -> bytes:
    """Return the picture upright, no longer than *side* pixels, in at most *most_bytes*; only its pixels remain."""
    with Image.open(io.BytesIO(data), formats=FORMATS) as image:
        image.draft("RGB", (side, side))  # a JPEG is decoded no larger than it needs to be
        if image.width * image.height > MOST_DECODED:
            raise Image.DecompressionBombError
        upright = plain(ImageOps.exif_transpose(image))
    while True:
        upright.thumbnail((side, side), Image.Resampling.LANCZOS)
        for quality in QUALITIES:
            small = io.BytesIO()
            upright.save(small, "WEBP", quality=quality, exif=b"", xmp=b"", icc_profile=b"")
            if small.tell() <= most_bytes:
                return small.getvalue()
        side = max(upright.size) * 3 // 4


def plain(image: Image.Image) -> Image.Image:
    """Return *image* in three colours of 8 bits, as it looks on white paper."""
    # Pillow cuts 16 bits off at 255 when it makes 8 of them, so they are divided first; glass lies on white paper.
    if image.mode.startswith("I"):
        image = image.convert("I").point(lambda value: value / 256).convert("L")
    if image.has_transparency_data:
        image = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image.convert("RGBA"))
    return image.convert("RGB")


def main() -> int:
    """Answer standard input with its picture, or with why there is none."""
    confine()
    try:
        sys.stdout.buffer.write(shrunk(sys.stdin.buffer.read(), *map(int, sys.argv[1:])))
    except Exception as error:
        return TOO_LARGE if isinstance(error, TOO_MUCH) else UNREADABLE
    return 0


if __name__ == "__main__":
    sys.exit(main())
