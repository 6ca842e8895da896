"""A trader's code photographed: read however it lies, refused with its reason where it is none of ours."""

import io

import pytest
import segno
from PIL import Image
from sqlite_utils import Database
from werkzeug.test import TestResponse

from slip import digits
from tests.browser import Browser
from tests.enrolment import enrol
from tests.slips import RECORD, code


@pytest.fixture
def counter(signed_in: Browser, db: Database) -> Browser:
    enrol(db)
    return signed_in


def shown(frame: str, kind: str = "PNG", turned: int = 0, scale: int = 4) -> bytes:
    """Return a picture of *frame* as a square code, turned by *turned* degrees."""
    drawn = io.BytesIO()
    segno.make_qr(frame, error="l").save(drawn, kind="png", scale=scale, border=8)
    picture = Image.open(drawn).convert("RGB").rotate(turned, expand=True, fillcolor="white")
    file = io.BytesIO()
    picture.save(file, kind)
    return file.getvalue()


def photographed(browser: Browser, picture: bytes) -> TestResponse:
    return browser.submit("/scans", photo=(io.BytesIO(picture), "x.png"))


@pytest.mark.parametrize("turned", [0, 90, 180, 270, 17])
def test_a_photograph_of_the_screen_is_read_however_it_is_turned(counter: Browser, turned: int) -> None:
    picture = shown(code(), "JPEG", turned)
    assert photographed(counter, picture).location == f"/drafts/{RECORD}/review"


@pytest.mark.parametrize(("picture", "said"), [
    (shown("https://example.org/"), "不是申请的二维码"), (b"not a picture", "不是能读的照片"), (b"%PDF-1.7", "PDF"),
])  # fmt: skip
def test_a_photograph_of_anything_else_is_refused_with_its_reason(counter: Browser, picture: bytes, said: str) -> None:
    page = photographed(counter, picture)
    assert page.status_code == 422 and said in page.text


def test_a_photograph_without_a_code_says_how_to_take_it(counter: Browser) -> None:
    file = io.BytesIO()
    Image.new("RGB", (400, 300), "white").save(file, "PNG")
    assert "没有找到二维码" in photographed(counter, file.getvalue()).text


def test_the_camera_is_answered_with_our_codes_only(counter: Browser) -> None:
    token = {"X-CSRFToken": counter.csrf_token()}
    (part,) = digits.parts(code())
    told = [{"text": code(), "of": part.tag, "part": 1, "parts": 1}]
    for picture, codes in ((shown(code()), told), (shown("https://example.org/"), []), (b"x", [])):
        answer = counter.post("/scans/frames", data=picture, content_type="image/jpeg", headers=token)
        assert answer.json == {"codes": codes}
