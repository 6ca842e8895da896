"""Square codes of every paper are read from the page by two programs that are not ours, at any usual resolution."""

from itertools import product

import pytest
from PIL import ImageDraw

from printing import qr
from tests import eyes
from tests.papers import ASKING, CODES, MARK, POSTER, REFERENCE, family, pages, printed

ALONE = {"poster": POSTER.address}
ALSO = {"receipt": {ASKING.address}, "receipt-a5": {ASKING.address}, "receipt-roll": {ASKING.address}}
WITH_CODE = [name for name in family() if name != "handover"]
DPI = (150, 200, 300)
# ZBar alone loses its way where a stain's sharp edge crosses a code of four dots a module; ZXing does not.
TOO_MUCH = (150, eyes.stained, eyes.by_zbar)


def expected(name):
    """Return what a scanner should read from paper *name*; the data sheet's own codes are for finer eyes."""
    return {ALONE.get(name) or family()[name].values["code"]} | ALSO.get(name, set())


def seen(name, dpi, state, reader):
    read = set()
    for page in pages(printed(name, "zh_first"), dpi):
        read |= reader(state(page))
    return read


@pytest.mark.parametrize("reader", eyes.READERS)
@pytest.mark.parametrize("name", WITH_CODE)
def test_two_programs_read_the_codes_of_every_paper(name, reader):
    assert expected(name) <= seen(name, 150, eyes.straight, reader)


@pytest.mark.parametrize(("dpi", "state", "reader"), [
    one for one in product(DPI, eyes.STATES, eyes.READERS) if one != TOO_MUCH
])  # fmt: skip
def test_the_forms_code_is_read_from_a_page_that_has_seen_a_day(dpi, state, reader):
    [page, _] = pages(printed("application", "bo_first"), dpi)
    assert qr.content(REFERENCE, MARK.digest) in reader(state(page))


@pytest.mark.parametrize("reader", eyes.READERS)
@pytest.mark.parametrize("state", [eyes.straight, eyes.tilted])
def test_the_data_sheets_codes_are_all_read_at_300_dpi(state, reader):
    assert set(CODES) <= seen("data-sheet", 300, state, reader)


@pytest.mark.parametrize("reader", eyes.READERS)
def test_a_code_that_is_half_gone_is_not_read(reader):
    [page, _] = pages(printed("application", "zh_first"), 150)
    ImageDraw.Draw(page).rectangle((page.width * 0.85, 0, page.width, page.height / 8), fill=255)
    assert reader(page) == set()


def test_the_code_says_which_record_and_what_its_digest_is():
    assert qr.content("JL-26-4F7K-9QTM-3", bytes(32)) == "TSHEG:1:JL-26-4F7K-9QTM-3:" + "0" * 64
    assert qr.content(REFERENCE, MARK.digest).split(":")[3].startswith(qr.short(MARK.digest).replace(" ", ""))
