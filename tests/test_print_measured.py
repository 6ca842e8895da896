"""The longest and strangest records: nothing is clipped, nothing lies on anything else, nothing is missing.

Found by measuring every letter's ink, and for some by looking at the dots of the page. ``TSHEG_SEED`` plays a run
again, ``TSHEG_TIMES`` asks for more; ``make soak ONLY=print`` measures a thousand records.
"""

import re
from random import Random

import msgspec
import pytest

from domain.money import format_yuan
from printing import certificate, consents, key_terms, receipt
from printing.bilingual import ORDERS, typed
from printing.press.platestore import Plates
from printing.press.setting import Fitted, fit
from printing.render import Composed, compose
from tests import dots, ink
from tests.killing import figure, often, seeded
from tests.papers import MARK, PLAIN, PLATES, accepted, family, form
from tests.sample import PRODUCT, changed
from tests.strange import Strange

SHAPES, OF_A_SHAPE = 3, 8
ORDERS_OF = tuple(ORDERS)
OTHERS = {
    "receipt": lambda record: receipt.paper(record, PRODUCT, MARK),
    "receipt-a5": lambda record: receipt.paper(record, PRODUCT, MARK, "a5"),
    "receipt-roll": lambda record: receipt.paper(record, PRODUCT, MARK, "roll80"),
    "consents": lambda record: consents.paper(record, PRODUCT, MARK),
    "key-terms": lambda record: key_terms.paper(record, PRODUCT, MARK),
    "certificate": lambda record: certificate.paper(record, PRODUCT, MARK, accepted(record)),
}


def never_shortened(record):
    """Yield what has to be on the form to its last letter: names, numbers, amounts."""
    yield record.policyholder.name
    yield record.policyholder.id_number
    yield record.policyholder.mobile
    for buyer in record.buyers:
        yield buyer.name
        yield buyer.credit_code
        yield f"¥{format_yuan(buyer.trade.amount_fen)}"
        if buyer.arrears.owed:
            yield f"¥{format_yuan(buyer.arrears.amount_fen)}"
    yield f"¥{format_yuan(record.quote.payable_fen)}"


def read(composed):
    """Return what stands in all places, a string each, without its spaces."""
    return [re.sub(r"\s", "", "".join(map(ink.said, fitted.lines))) for _, _, fitted in ink.standing(composed)]


def lost(record, composed):
    """Yield what should never be shortened and is."""
    page = read(composed)
    for said in never_shortened(record):
        whole = re.sub(r"\s", "", typed(said).striptags())
        if not any(whole in one for one in page):
            yield f"{said!r} is not there whole"


def drawn(shape, letters):
    return Strange(shape, letters).application()


def test_the_form_of_strange_records_is_as_it_should_be():
    chance, plates, cut = seeded(), Plates(), 0
    first = chance.randrange(len(ORDERS_OF))
    for number in range(first, first + often(SHAPES)):
        shape, order = chance.getrandbits(32), ORDERS_OF[number % len(ORDERS_OF)]
        for _ in range(OF_A_SHAPE):
            letters = chance.getrandbits(32)
            record = drawn(shape, Random(letters))
            composed = compose(form(record), order, plates)
            wrong = [*ink.complaints(composed), *lost(record, composed)]
            assert wrong == [], (shape, letters, order)
            assert len(composed.plate.pages) <= 2, (shape, letters, order)
            cut += not composed.whole
    figure("print.records_measured", often(SHAPES) * OF_A_SHAPE, "records")
    figure("print.records_shortened", cut, "records")


@pytest.mark.parametrize("name", OTHERS)
def test_the_other_papers_of_strange_records_are_as_they_should_be(name):
    chance, plates = seeded(), Plates()
    for _ in range(min(often(2), 40)):
        shape, order = chance.getrandbits(32), chance.choice(ORDERS_OF)
        for _ in range(3):
            letters = chance.getrandbits(32)
            composed = compose(OTHERS[name](drawn(shape, Random(letters))), order, plates)
            assert ink.complaints(composed) == [], (shape, letters, order)


@pytest.mark.parametrize("name", family())
def test_every_paper_of_the_family_is_as_it_should_be(name):
    for order in ORDERS:
        composed = compose(family()[name], order, PLATES)
        assert composed.whole, order
        assert ink.complaints(composed) == [], order


def test_the_dots_of_strange_pages_say_the_same():
    chance, plates = seeded(), Plates()
    for _ in range(min(often(1), 10)):
        shape, order = chance.getrandbits(32), chance.choice(ORDERS_OF)
        for _ in range(4):
            letters = chance.getrandbits(32)
            composed = compose(form(drawn(shape, Random(letters))), order, plates)
            assert dots.shared(composed) == 0, (shape, letters, order)


def composed_of(record=PLAIN):
    return compose(form(record), "zh_first", PLATES)


def with_place(composed, number, **changes):
    """Return *composed* whose place *number* is another than its values were fitted for."""
    places = list(composed.plate.places)
    places[number] = msgspec.structs.replace(places[number], **changes)
    return Composed(msgspec.structs.replace(composed.plate, places=tuple(places)), composed.values, composed.squares)


def holder(composed):
    """Return the number of the place that the policyholder's name stands in."""
    name = re.sub(r"\s", "", PLAIN.policyholder.name)
    return next(at for at, said in enumerate(read(composed)) if said.startswith(name))


def saying(composed, said, size=13.0):
    """Return *composed* in which the policyholder's name is *said*, at *size* whatever its place is."""
    at = holder(composed)
    place = composed.plate.places[at]
    values = list(composed.values)
    values[place.put] = [Fitted(fit(said, msgspec.structs.replace(place, width=9999.0), 9).lines, size)]
    return Composed(composed.plate, values, composed.squares)


def found(composed):
    return {check.__name__ for check in ink.CHECKS if any(check(composed))}


def test_a_place_made_too_narrow_is_seen():
    composed = composed_of()
    assert found(with_place(composed, holder(composed), width=20.0)) == {"too_wide"}


def test_a_line_for_which_there_is_no_baseline_is_seen():
    assert "unwritten" in found(saying(composed_of(), "甲<br>乙"))


def test_a_letter_that_no_face_draws_is_seen():
    assert found(saying(composed_of(), "甲\U000323b0")) == {"undrawn"}


@pytest.mark.parametrize("left", [-5.0, 780.0])
def test_ink_at_the_edge_of_the_sheet_is_seen(left):
    composed = composed_of()
    assert "off_the_sheet" in found(with_place(composed, holder(composed), left=left))


def test_ink_on_another_values_ink_is_seen_by_box_and_by_dot():
    composed = composed_of()
    one, other = (composed.plate.places[at] for at in (holder(composed), holder(composed) + 3))
    moved = with_place(composed, holder(composed), left=other.left, baselines={0: other.baselines[0]}, page=other.page)
    assert "over_each_other" in found(moved)
    assert one.page == other.page
    assert dots.shared(moved) > 20


def test_ink_on_a_rule_is_seen_by_box_and_by_dot():
    composed = composed_of()
    lower = composed.plate.places[holder(composed)].baselines[0] + 8
    moved = with_place(composed, holder(composed), baselines={0: lower})
    assert "on_the_plate" in found(moved)
    assert dots.shared(moved) > 5


def test_what_should_never_be_shortened_is_missed_when_it_is():
    other = changed(PLAIN, policyholder__name=PLAIN.policyholder.name + "西")
    assert [*lost(other, composed_of())] == [f"{other.policyholder.name!r} is not there whole"]
    assert [*lost(PLAIN, composed_of())] == []
