"""Most applications share a few plates, and these are made before anybody prints."""

from dataclasses import replace
from time import monotonic, sleep

import pytest

from printing.press.making import made_apart, made_here
from printing.press.platestore import Plates
from printing.render import compose
from printing.usual import usual
from printing.workshop import Workshop
from tests import imprints
from tests.papers import MARK, POINT
from tests.sample import PRODUCT
from views import imprinted

RECORDS, MOST = 60, 18
SECONDS = 120


@pytest.fixture(scope="module")
def papers():
    return [imprinted.form(one, PRODUCT, MARK, imprints.entry(one)) for one in imprints.taken(RECORDS, seed=11)]


def counting():
    made: list[str] = []

    def make(html):
        made.append(html)
        return made_here(html)

    return made, Plates(make=make)


@pytest.mark.parametrize("order", ["zh_first", "bo_first"])
def test_many_records_share_few_plates_and_are_printed_whole(papers, order):
    made, plates = counting()
    assert all(compose(paper, order, plates).whole for paper in papers)
    assert len(made) <= MOST


def test_what_is_made_ahead_is_what_most_records_need(papers):
    _, plates = counting()
    for paper in usual(PRODUCT, POINT):
        compose(paper, "zh_first", plates)
    made, later = counting()
    later.here = plates.here
    for paper in papers:
        compose(paper, "zh_first", later)
    assert len(made) <= MOST // 2


def test_a_plate_made_apart_is_the_same():
    [first, *_] = usual(PRODUCT, POINT)
    apart, here = Plates(make=made_apart), Plates()
    assert compose(first, "zh_first", apart).plate == compose(first, "zh_first", here).plate


def test_the_workshop_makes_plates_while_nobody_prints_and_prints_meanwhile(tmp_path):
    some = [replace(paper, looks=paper.looks[:1]) for paper in usual(PRODUCT, POINT)][:2]
    workshop = Workshop(tmp_path)
    workshop.prepare(some, "zh_first")
    assert workshop.render(some[0], "zh_first").startswith(b"%PDF")
    deadline = monotonic() + SECONDS
    while len(list(tmp_path.iterdir())) < len(some) and monotonic() < deadline:
        sleep(0.1)
    assert len(list(tmp_path.iterdir())) == len(some)
    workshop.close()
