"""However much is entered, the form keeps to two pages and leaves no name out."""

import re
from dataclasses import replace

import pytest

from printing import application
from printing.press import layout
from printing.press.layout import lay_out
from printing.render import compose, render
from tests.papers import CODES, LINE, MARK, NAME, PLAIN, PLATES, form, html, longest, pages, with_buyers, words
from tests.sample import BUYER, PRODUCT, changed

ORDERS = ("zh_first", "bo_first", "zh", "bo")
# One language takes less room than both.
FULLEST = ORDERS[:2]
LONG_NAMES = with_buyers(5, changed(BUYER, name=NAME, address=LINE))
ORDINARY = [PLAIN, with_buyers(2), with_buyers(3), with_buyers(5)]


def joined(pdf):
    return re.sub(r"\s", "", words(pdf))


@pytest.mark.parametrize("order", FULLEST)
@pytest.mark.parametrize("record", [*ORDINARY, LONG_NAMES, longest(1), longest(2), longest(5)])
@pytest.mark.parametrize("codes", [0, application.MOST_CODES])
def test_it_keeps_to_two_pages(record, order, codes):
    paper = application.paper(record, PRODUCT, MARK, codes=CODES[:codes])
    assert len(compose(paper, order, PLATES).plate.pages) == 2


def test_more_codes_than_have_room_are_for_a_sheet_of_their_own():
    paper = application.paper(PLAIN, PRODUCT, MARK, codes=CODES[: application.MOST_CODES + 1])
    assert 'class="data"' not in html(paper)


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("record", ORDINARY)
@pytest.mark.parametrize("codes", [0, 2, 4])
def test_what_is_ordinary_needs_no_second_try_and_has_room_for_its_codes(record, order, codes):
    paper = application.paper(record, PRODUCT, MARK, codes=CODES[:codes])
    first = replace(paper, looks=paper.looks[:1])
    composed = compose(first, order, PLATES)
    assert composed.whole
    assert len(composed.plate.pages) == 2


@pytest.mark.parametrize("buyers", [1, 5])
def test_it_prints_names_whole_however_long(buyers):
    page = joined(render(form(longest(buyers))))
    assert page.count(NAME) >= 1 + buyers


def test_it_says_that_something_was_left_out():
    assert "其余内容见电子记录" in joined(render(form(longest(5))))
    assert "其余内容见电子记录" not in joined(render(form(PLAIN)))


def test_the_style_sheet_has_nothing_that_is_not_understood():
    layout._tools.cache_clear()
    lay_out("<html><body>")


def test_what_is_not_understood_is_an_error_in_these_tests():
    with pytest.raises(AssertionError, match="widht"):
        lay_out('<html><body style="widht: 1cm">')


def test_the_paper_itself_is_two_pages():
    assert len(pages(render(form(longest(5))), dpi=20)) == 2
