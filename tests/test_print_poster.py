"""The poster: a phone reads its code, people read its words, and it looks as it did when it was looked at."""

from pathlib import Path

import pytest
import zxingcpp
from flask import Flask
from msgspec.structs import replace
from PIL import Image, ImageDraw
from sqlite_utils import Database

from app import create_app
from domain.characters import TIBETAN
from domain.text import runs
from i18n import text
from printing.bilingual import ORDERS
from printing.poster import TITLE, Poster, paper
from printing.render import render
from settings import Settings
from tests.browser import Browser
from tests.enrolment import POINT, PRODUCT, enrol
from tests.papers import POSTER, html, pages, shown

ADDRESS = "https://jl.example.cn/p/JL/apply"
MARKUP = "<script>alert(1)</script>"


@pytest.mark.parametrize("dpi", [150, 300])
@pytest.mark.parametrize("order", ORDERS)
def test_a_phone_reads_the_code_from_its_one_page(order: str, dpi: int) -> None:
    [page] = pages(render(paper(POSTER), order), dpi)
    assert [code.text for code in zxingcpp.read_barcodes(page)] == [ADDRESS]


def test_the_code_is_read_with_a_torn_corner_and_from_aside() -> None:
    [page] = pages(render(paper(POSTER)), 150)
    middle = (page.width // 2, page.height // 3)
    ImageDraw.Draw(page).rectangle((middle[0], middle[1], middle[0] + 60, middle[1] + 60), fill=120)
    aside = page.transform(page.size, Image.Transform.AFFINE, (1, 0.15, -100, 0, 1, 0), fillcolor=255)
    assert [code.text for code in zxingcpp.read_barcodes(aside)] == [ADDRESS]


@pytest.mark.parametrize("order", ["zh_first", "bo_first"])
def test_it_says_everything_in_both_scripts(order: str) -> None:
    page = shown(html(paper(POSTER), order))
    for said in (TITLE, "服务点不是保险公司，提交申请不代表承保。", "示例", "服务电话"):
        assert said in page
        assert text("bo", said) in page
    for document in PRODUCT.documents:
        assert (document.name.zh in page) is (document.name.bo in page) is bool(document.required_for)
    assert PRODUCT.hotline in page
    assert ADDRESS in page


def test_every_run_of_tibetan_is_marked() -> None:
    for part in html(paper(POSTER)).split("<")[1:]:
        tag, _, said = part.partition(">")
        if TIBETAN.search(said):
            assert 'lang="bo"' in tag, said
            assert {language for language, _ in runs(said)} <= {"bo"}


def test_a_long_name_and_a_long_address_stay_on_one_page() -> None:
    long = Poster(
        replace(POINT, code="ABCDEF", name="示例供销社联合社综合服务点" * 4), PRODUCT, f"https://{'a' * 60}.cn"
    )
    assert len(pages(render(paper(long)), dpi=20)) == 1


def test_markup_in_a_name_is_printed_as_text() -> None:
    page = html(paper(Poster(replace(POINT, name=MARKUP), PRODUCT, POSTER.origin)))
    assert MARKUP not in page
    assert MARKUP in shown(page)


def test_the_command_writes_it_and_says_where(settings: Settings, db: Database, tmp_path: Path) -> None:
    enrol(db)
    app = create_app(_reachable(settings))
    file = tmp_path / "here.pdf"
    result = app.test_cli_runner().invoke(
        args=["point", "poster", "--output", str(file), "--language-order", "bo_first"]
    )
    assert result.exit_code == 0, result.output
    assert result.output.strip() == str(file)
    assert file.read_bytes() == render(paper(Poster(POINT, PRODUCT, POSTER.origin)), "bo_first")


def test_without_an_address_it_says_what_to_set_in_both_languages(app: Flask, db: Database, tmp_path: Path) -> None:
    enrol(db)
    file = tmp_path / "here.pdf"
    result = app.test_cli_runner().invoke(args=["point", "poster", "--output", str(file)])
    assert result.exit_code == 1
    assert result.output.count("TSHEG_PUBLIC_URL") == 2
    assert not file.exists()


def test_the_manager_prints_it_and_a_clerk_does_not(
    settings: Settings, db: Database, as_manager: Browser, signed_in: Browser
) -> None:
    enrol(db)
    app = create_app(_reachable(settings))
    manager, clerk = Browser(app).hold(as_manager.token()), Browser(app).hold(signed_in.token())
    assert 'action="/posters"' in manager.get("/staff/").text
    for chosen, order in (({}, "zh_first"), ({"order": "bo"}, "bo")):
        poster = render(paper(Poster(POINT, PRODUCT, POSTER.origin)), order)
        assert manager.submit("/posters", **chosen).data == poster
    assert clerk.submit("/posters").status_code == 403


def test_the_managers_page_says_what_to_set_where_there_is_no_address(db: Database, as_manager: Browser) -> None:
    enrol(db)
    assert "TSHEG_PUBLIC_URL" in as_manager.get("/staff/").text
    assert as_manager.submit("/posters").status_code == 503


def _reachable(settings: Settings) -> Settings:
    return Settings(data=settings.data, public_url=POSTER.origin)
