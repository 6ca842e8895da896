"""How a paper looks, drawn in a process of its own: small, legible, and no trouble for the counter."""

from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from PIL import Image
from sqlite_utils import Database

from domain.errors import Unavailable
from pictures import preview
from printing.render import render
from tests.browser import Browser
from tests.enrolment import PRODUCT, enrol
from tests.papers import form, longest, pages


def drawn(pdf: bytes) -> list[Image.Image]:
    return [Image.open(BytesIO(page)) for page in preview.pages(pdf)]


@pytest.mark.parametrize("buyers", [1, 5])
def test_every_page_is_a_picture_that_fits_and_can_be_enlarged(buyers: int):
    pdf = render(form(longest(buyers)))
    pictures = drawn(pdf)
    assert len(pictures) == len(pages(pdf, 20))
    for picture in pictures:
        assert picture.format == "WEBP"
        assert abs(picture.width / picture.height - 210 / 297) < 0.002
        assert picture.width > 3 * 328
        dark = sum(picture.convert("L").histogram()[:64])
        assert dark > picture.width * picture.height / 100


@pytest.mark.parametrize("pdf", [b"", b"x", b"%PDF-1.7\n%%EOF", render(form())[:5000]])
def test_what_is_no_pdf_is_said_to_be_none(pdf: bytes):
    with pytest.raises(Unavailable, match=r"paper\.no_preview"):
        preview.pages(pdf)


def test_a_drawing_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    (tmp_path / "pages.py").write_text("while True: pass\n")
    monkeypatch.setattr("pictures.alone.FOLDER", tmp_path)
    monkeypatch.setattr("pictures.alone.SECONDS", 0.5)
    with pytest.raises(Unavailable, match=r"paper\.no_preview"):
        preview.pages(render(form()))


def test_whoever_begins_an_application_finds_its_form_laid_out_once(
    app: Flask, signed_in: Browser, db: Database, monkeypatch: pytest.MonkeyPatch
):
    enrol(db)
    asked: list[tuple[int, str]] = []
    monkeypatch.setattr(app.extensions["workshop"], "prepare", lambda papers, order: asked.append((len(papers), order)))
    for _ in range(2):
        assert signed_in.get("/drafts/new").status_code == 200
    [(shapes, order)] = asked
    assert shapes >= 2 * PRODUCT.max_buyers and order == "zh_first"
