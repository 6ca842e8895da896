"""The font that a phone without Tibetan may fetch: small, whole for what we write, and made by our own script."""

import hashlib
from io import BytesIO

from fontTools.ttLib import TTFont

from scripts.phone_font import FONT, ROOT, make

MOST_BYTES = 120_000


def test_it_is_small_enough_for_an_old_network() -> None:
    assert FONT.stat().st_size <= MOST_BYTES - 500  # the headers of its answer


def test_it_is_what_the_script_makes_and_the_sums_say() -> None:
    made = make()
    assert FONT.read_bytes() == made
    assert f"{hashlib.sha256(made).hexdigest()}  {FONT.name}" in FONT.with_name("SHA256SUMS").read_text("ascii")


def test_it_has_every_tibetan_letter_of_the_catalogue_and_of_the_sample_product() -> None:
    written = (ROOT / "translations/bo/LC_MESSAGES/messages.po").read_text("utf-8")
    written += (ROOT / "products/sample.json").read_text("utf-8")
    tibetan = {letter for letter in written if "\u0f00" <= letter <= "\u0fff"}
    assert len(tibetan) > 50
    assert {chr(code) for code in TTFont(BytesIO(FONT.read_bytes())).getBestCmap()} >= tibetan
