"""What the counter's screen hands back: a code with the signed receipt and the way to the status, and nothing else."""

import base64
import re

import msgspec
import pypdfium2
import pytest
import zxingcpp
from flask import Flask
from sqlite_utils import Database
from weasyprint import HTML

from app import create_app
from settings import Settings
from store import applications, journal
from store.staff import Staff
from tests.browser import Browser
from tests.enrolment import POINT, enrol
from tests.test_draft import Counter
from views.apply.signing import receipt_key
from wire.receipt import CONTEXT, Receipt
from wire.status_code import grouped, status_code

ORIGIN = "https://tsheg.example"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return Settings(data=settings.data, public_url=ORIGIN)


@pytest.fixture
def submitted(signed_in: Browser, db: Database) -> Counter:
    enrol(db)
    counter = Counter(signed_in).fill()
    counter.send("submission", {})
    return counter


def unpadded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def scanned(page: str) -> str:
    picture = re.search(r'<img src="(data:image/svg[^"]+)"', page)
    assert picture
    paper = pypdfium2.PdfDocument(HTML(string=f'<img src="{picture[1]}">').write_pdf())[0]
    (code,) = zxingcpp.read_barcodes(paper.render(scale=3).to_pil())
    return code.text


def test_the_code_leads_to_the_status_and_carries_a_receipt_that_the_point_signed(
    submitted: Counter, app: Flask, db: Database
) -> None:
    reference = str(applications.read(db, submitted.id).reference)
    page = submitted.browser.get(f"/applications/{reference}").text
    entry = journal.find(db, submitted.id, 1)
    assert entry
    address, fragment = scanned(page).split("#")
    said, code, signed, signature = fragment.split(".")
    assert (address, said, code) == (f"{ORIGIN}/p/{POINT.code}/apply/status", reference, status_code(entry))
    receipt = msgspec.json.decode(unpadded(signed), type=Receipt)
    assert (receipt.id, receipt.digest, receipt.code) == (submitted.id, "", code)
    with app.app_context():
        assert receipt_key().public.verify(unpadded(signature), CONTEXT + unpadded(signed))
    assert grouped(code) in page and f"{ORIGIN}/p/{POINT.code}/apply/status" in page


def test_a_point_that_phones_cannot_reach_hands_nothing_back(
    settings: Settings, db: Database, clerk: Staff, submitted: Counter
) -> None:
    inside = Browser(create_app(Settings(data=settings.data))).sit_down(db, clerk)
    page = inside.get(f"/applications/{applications.read(db, submitted.id).reference}").text
    assert 'id="handback"' not in page
