"""However much is entered, the form keeps to two pages and leaves no name out."""

import re

import pytest

from printing import press
from printing.paper import render, sheets
from tests.papers import LINE, NAME, PLAIN, form, longest, pages, with_buyers, words
from tests.sample import BUYER, changed

ORDERS = ("zh_first", "bo_first")
LONG_NAMES = with_buyers(5, changed(BUYER, name=NAME, address=LINE))


def joined(pdf):
    return re.sub(r"\s", "", words(pdf))


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("record", [PLAIN, with_buyers(5), LONG_NAMES, longest(1), longest(2), longest(5)])
def test_it_keeps_to_two_pages(record, order):
    assert len(pages(render(form(record), order), dpi=20)) == 2


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("record", [PLAIN, with_buyers(2), with_buyers(5)])
def test_what_is_ordinary_needs_no_second_try(record, order):
    first, *_ = sheets(form(record), order)
    assert render(form(record), order) == press.press([first], 0)


@pytest.mark.parametrize("buyers", [1, 5])
def test_it_prints_names_whole_however_long(buyers):
    assert joined(render(form(longest(buyers)))).count(NAME[:20]) >= 1 + buyers


def test_it_says_that_something_was_left_out():
    assert "其余内容见电子记录" in words(render(form(longest(5))))
    assert "其余内容见电子记录" not in words(render(form(PLAIN)))


def test_the_style_sheet_has_nothing_that_is_not_understood():
    press._plates.cache_clear()
    render(form())


def test_what_is_not_understood_is_an_error_in_these_tests():
    with pytest.raises(AssertionError, match="widht"):
        press.press(['<html><body style="widht: 1cm">'], 1)
