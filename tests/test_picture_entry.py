"""What becomes of a picture that comes in: upright, small, nothing but pixels; bad ones take nobody down."""

import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from domain.errors import FieldError
from pictures import shrink
from pictures.entry import MOST_BYTES, Picture, take
from tests.photographs import LINE, photograph, read, sheet, written

SIDE, MOST = 1600, 200_000
RED, BLUE = (255, 0, 0), (0, 0, 255)


def taken(data: bytes) -> Picture:
    return take(data, SIDE, MOST)


def two_colours(kind: str = "RGB") -> Image.Image:
    """Return red with a blue corner at the top left."""
    image = Image.new("RGB", (400, 300), RED)
    image.paste(BLUE, (0, 0, 100, 100))
    return image.convert(kind)


def like(pixel: tuple[int, ...], colour: tuple[int, ...]) -> bool:
    return all(abs(one - other) < 24 for one, other in zip(pixel, colour, strict=True))


def pixel(picture: Picture, x: int, y: int) -> tuple[int, ...]:
    found = read(picture.data).convert("RGB").getpixel((x, y))
    assert isinstance(found, tuple)
    return found


def png_header(width: int, height: int) -> bytes:
    """Return a PNG that promises *width* × *height* pixels and holds none."""
    head = b"IHDR" + width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x02\0\0\0"
    return b"\x89PNG\r\n\x1a\n\0\0\0\r" + head + zlib.crc32(head).to_bytes(4, "big") + b"\0\0\0\x01IDATx"


def test_a_photograph_becomes_small_and_its_smallest_print_stays_legible():
    small = taken(photograph())
    assert (small.width, small.height) == (1200, 1600)
    assert len(small.data) < 120_000
    kept = read(small.data)
    (code,) = zxingcpp.read_barcodes(kept)
    assert code.text == LINE
    greys = kept.convert("L").crop((60, 635, 610, 695)).tobytes()
    assert max(greys) - min(greys) > 130


def test_a_seal_stays_red():
    assert like(pixel(taken(written(two_colours(), "PNG")), 300, 200), RED)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_it_takes_what_cameras_and_scanners_write(kind: str):
    assert taken(written(two_colours(), kind)).width == 400


def test_it_stands_upright_and_tells_nothing_of_where_and_by_whom():
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = 6, "secret description"
    exif.get_ifd(0x8825)[2] = (28.0, 51.0, 0.0)
    sent = written(
        two_colours(), "JPEG", exif=exif, comment=b"secret comment", icc_profile=b"secret profile",
        xmp=b"<x>secret</x>",
    ) + b"secret tail"  # fmt: skip
    small = taken(sent)
    assert (small.width, small.height) == (300, 400)
    assert like(pixel(small, 280, 20), BLUE)
    assert b"secret" in sent and b"secret" not in small.data
    assert small.data[:4] == b"RIFF" and small.data[8:16] == b"WEBPVP8 "
    assert int.from_bytes(small.data[4:8], "little") + 8 == len(small.data)


@pytest.mark.parametrize(
    ("image", "colour"),
    [
        (Image.new("CMYK", (400, 300), (0, 255, 255, 0)), RED),
        (Image.new("I;16", (400, 300), 0x8000), (128, 128, 128)),
        (Image.new("1", (400, 300), 1), (255, 255, 255)),
        (Image.new("L", (400, 300), 77), (77, 77, 77)),
        (two_colours("P"), BLUE),
        (Image.new("RGBA", (400, 300), (0, 0, 0, 0)), (255, 255, 255)),
        (Image.new("LA", (400, 300), (0, 255)), (0, 0, 0)),
    ],
    ids=["CMYK", "16 bits", "1 bit", "grey", "palette", "glass", "grey and opaque"],
)
def test_every_kind_of_pixel_looks_as_it_did(image: Image.Image, colour: tuple[int, ...]):
    assert like(pixel(taken(written(image, "JPEG" if image.mode == "CMYK" else "PNG")), 5, 5), colour)


def test_of_a_moving_picture_the_first_frame_is_kept():
    first, second = (Image.new("RGB", (40, 40), colour) for colour in (RED, BLUE))
    moving = written(first, "WEBP", save_all=True, append_images=[second])
    assert like(pixel(taken(moving), 5, 5), RED)


def test_the_same_picture_gives_the_same_bytes():
    assert taken(photograph(600)).sha256 == taken(photograph(600)).sha256


def test_the_noisiest_picture_stays_within_its_bytes():
    assert len(take(written(Image.effect_noise((900, 700), 200), "PNG"), SIDE, 30_000).data) <= 30_000


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (lambda: b"", "picture.unreadable"),
        (lambda: b"x", "picture.unreadable"),
        (lambda: photograph(600)[:9_000], "picture.unreadable"),
        (lambda: b"%PDF-1.7\n" + photograph(600), "picture.pdf"),
        (lambda: b"\0\0\0\x18ftypheic" + bytes(50), "picture.heic"),
        (lambda: b"<svg xmlns='http://www.w3.org/2000/svg'/>", "picture.unreadable"),
        (lambda: b"GIF89a" + bytes(50), "picture.unreadable"),
        (lambda: b"PK\x03\x04" + photograph(600), "picture.unreadable"),
        (lambda: written(Image.new("RGB", (40, 40)), "TIFF"), "picture.unreadable"),
        (lambda: png_header(50_000, 50_000), "picture.too_large"),
        (lambda: png_header(2**31 - 1, 1), "picture.too_large"),
        (lambda: written(Image.new("1", (30_000, 30_000)), "PNG"), "picture.too_large"),
        (lambda: b"\xff\xd8" + bytes(MOST_BYTES), "picture.too_many_bytes"),
    ],
    ids=["nothing", "one byte", "cut off", "PDF", "HEIC", "SVG", "GIF", "ZIP", "TIFF", "header alone", "one long line",
         "bomb", "many bytes"],
)  # fmt: skip
def test_it_refuses_what_is_no_picture_or_too_much_of_one(make: Callable[[], bytes], why: str):
    sent = make()
    with pytest.raises(FieldError) as refused:
        taken(sent)
    assert refused.value.code == why


def test_a_picture_that_is_also_a_page_is_a_picture_only():
    both = photograph(600) + b"<script>alert(1)</script>"
    assert b"script" not in taken(both).data


@pytest.mark.parametrize("greed", ["bytearray(2 << 30)", "open('x', 'wb', 0).write(b'x')"])
def test_a_decoder_gets_little_memory_and_no_file(tmp_path: Path, greed: str):
    home = str(Path(shrink.__file__).parent)
    code = f"import sys; sys.path.insert(0, {home!r}); import shrink; shrink.confine(); {greed}"
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode != 0
    assert not any(path.stat().st_size for path in tmp_path.iterdir())


def test_a_decoder_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    endless = tmp_path / "shrink.py"
    endless.write_text("while True: pass\n")
    monkeypatch.setattr("pictures.alone.FOLDER", tmp_path)
    monkeypatch.setattr("pictures.alone.SECONDS", 0.5)
    with pytest.raises(FieldError):
        taken(photograph(600))


def test_a_sheet_of_paper_fits_the_longest_side_a_point_may_choose():
    assert take(written(sheet(1000), "PNG"), 800, MOST).height == 800
