"""Codes on paper, scanned: two decoders that know nothing of each other give the record back, stained or not."""

import subprocess
from pathlib import Path
from random import Random
from typing import Any

import pytest
from PIL import Image

import imprint
from imprint import digits
from imprint.content import Content, content_of
from imprint.papers import Papers
from pictures import codes
from tests import stains
from tests.imprints import entry, file, page, taken
from tests.stains import SHAPES

ENTRY = entry(taken()[0])
CODES = imprint.written(ENTRY)
NEEDED = digits.parts(CODES[0])[0].parts


def zxing(image: Image.Image, _folder: Path) -> list[str]:
    """Read a page as the counter does."""
    return codes.texts(file(image), twice=True)


def zbar(image: Image.Image, folder: Path) -> list[str]:
    """Read a page by a program that shares no line with ours."""
    (folder / "page.png").write_bytes(file(image))
    asked = ["zbarimg", "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", str(folder / "page.png")]
    return subprocess.run(asked, capture_output=True, text=True, check=False).stdout.split()


DECODERS = [zxing, zbar]


def record(texts: list[str]) -> Content | None:
    papers = Papers()
    for text in texts:
        for part in digits.parts(text):
            papers.add(part)
    (paper,) = papers
    return paper.content()


@pytest.mark.parametrize("decoder", DECODERS)
@pytest.mark.parametrize(("dpi", "blur"), [(150, 0.7), (200, 1.0), (300, 1.3)])
@pytest.mark.parametrize("angle", [0, 3, -3, 180])
def test_every_code_of_a_scan_is_read(decoder: Any, dpi: int, blur: float, angle: int, tmp_path: Path) -> None:
    image = stains.scanned(page(CODES, dpi), angle, blur)
    assert sorted(decoder(image, tmp_path)) == sorted(CODES)


@pytest.mark.parametrize("decoder", DECODERS)
@pytest.mark.parametrize("opaque", [False, True], ids=["coffee", "grounds"])
@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("seed", [1, 2])
def test_a_tenth_of_it_under_coffee_loses_nothing(
    decoder: Any, opaque: bool, shape: str, seed: int, tmp_path: Path
) -> None:
    dice = Random(f"{seed}{shape}")
    dirty = stains.stained(page(CODES), SHAPES[shape], dice, opaque=opaque)
    image = stains.scanned(dirty, dice.choice([0, 3, -3]))
    assert record(decoder(image, tmp_path)) == content_of(ENTRY)


@pytest.mark.parametrize("decoder", DECODERS)
@pytest.mark.parametrize("between", [0, 1, 2, 3])
def test_a_stain_over_the_corners_of_two_codes_at_once_loses_nothing(
    decoder: Any, between: int, tmp_path: Path
) -> None:
    clean = page(CODES)
    at = (clean.width * (between + 1) / len(CODES), clean.height * 0.1)
    dirty = stains.stained(clean, SHAPES["disc"], Random(between), opaque=True, at=at)
    read = decoder(stains.scanned(dirty), tmp_path)
    assert NEEDED <= len(set(read)) < len(CODES)
    assert record(read) == content_of(ENTRY)


def test_a_weak_scan_is_looked_at_twice() -> None:
    image = stains.scanned(page(CODES, 150), 3, 1.3)
    assert len(codes.texts(file(image))) < NEEDED
    assert record(codes.texts(file(image), twice=True)) == content_of(ENTRY)


def test_the_largest_code_is_forty_millimetres_wide() -> None:
    largest = digits.FRAMES.written([bytes(digits.MOST_BYTES)], 1, "0" * 18)[0]
    assert page([largest], fine=1, across=1).width == round(81 * 0.5 / 25.4 * 300) + 2 * round(4 * 0.5 / 25.4 * 300)
    with pytest.raises(AssertionError):
        assert page([largest + "0"], fine=1).width == page([largest], fine=1).width
