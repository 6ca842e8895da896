"""Codes are read from every kind of file people send, and no file takes the counter down."""

from io import BytesIO
from random import Random

import pypdfium2
import pytest
from PIL import Image

from domain.errors import FieldError
from pictures import codes, reading
from tests.imprints import file, page

CODE, OTHER = "94654" + "1" * 400, "94654" + "2" * 400
SHEET = page([CODE], 200)


def pdf(*sheets: Image.Image, dpi: int = 200) -> bytes:
    data = BytesIO()
    sheets[0].save(data, "PDF", resolution=dpi, save_all=True, append_images=sheets[1:])
    return data.getvalue()


def refused(data: bytes) -> str:
    with pytest.raises(FieldError) as caught:
        for number in range(reading.pages(data)):
            reading.texts(data, number)
    return caught.value.code


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "PDF"])
@pytest.mark.parametrize("mode", ["L", "RGB"])
def test_every_kind_of_file_is_read(kind: str, mode: str) -> None:
    data = file(SHEET.convert(mode), kind)
    assert [reading.texts(data, number) for number in range(reading.pages(data))] == [[CODE]]


@pytest.mark.parametrize("mode", ["RGBA", "I;16", "1", "P"])
def test_every_kind_of_png_is_read(mode: str) -> None:
    image = SHEET.convert("L" if mode == "I;16" else mode, dither=Image.Dither.NONE)
    if mode == "I;16":
        image = SHEET.convert("I").point(lambda value: value * 257).convert(mode)
    if mode == "RGBA":
        image.putalpha(SHEET.point(lambda grey: 255 - grey))
    assert reading.texts(file(image)) == [CODE]


def test_each_page_of_a_pdf_is_read_for_itself_also_when_it_lies_on_its_side() -> None:
    data = pdf(SHEET, page([OTHER], 200).rotate(90, expand=True), Image.new("L", (500, 500), "white"))
    assert [reading.texts(data, number) for number in range(reading.pages(data))] == [[CODE], [OTHER], []]


def test_a_page_as_large_as_a_wall_is_drawn_no_larger_than_a_scan() -> None:
    document = pypdfium2.PdfDocument.new()
    document.new_page(14_000, 14_000)
    data = BytesIO()
    document.save(data)
    assert max(codes.opened(data.getvalue(), 0).size) <= codes.SIDE
    assert reading.texts(data.getvalue()) == []


def test_a_pdf_of_very_many_pages_is_refused() -> None:
    document = pypdfium2.PdfDocument.new()
    for _ in range(codes.MOST_PAGES + 1):
        document.new_page(100, 100)
    data = BytesIO()
    document.save(data)
    assert refused(data.getvalue()) == "picture.pdf_too_large"


@pytest.mark.parametrize(("data", "code"), [
    (b"%PDF-1.7", "picture.pdf_unreadable"), (pdf(SHEET)[:400], "picture.pdf_unreadable"), (b"", "picture.unreadable"),
    (b"%PDF-1.7" + bytes(reading.MOST_PDF_BYTES), "picture.pdf_too_large"), (file(SHEET)[:60], "picture.unreadable"),
], ids=["head", "torn", "empty", "huge", "torn picture"])  # fmt: skip
def test_a_file_that_is_none_is_refused_with_its_reason(data: bytes, code: str) -> None:
    assert refused(data) == code


def test_no_damaged_pdf_does_more_than_be_refused() -> None:
    dice, whole, said = Random(7), pdf(SHEET), set()
    for _ in range(12):
        data = bytearray(whole)
        for _ in range(200):
            data[dice.randrange(8, len(data))] = dice.randrange(256)
        try:
            for number in range(reading.pages(bytes(data))):
                said.update(reading.texts(bytes(data), number, twice=True))
        except FieldError as error:
            said.add(error.code)
    assert "picture.pdf_unreadable" in said and said <= {CODE, "picture.pdf_unreadable"}
