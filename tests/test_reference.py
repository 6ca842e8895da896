import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import FieldError
from domain.reference import CROCKFORD, EXAMPLE, parse_reference, reference_for

RECORD = "017f22e2-79b0-7cc3-98c4-dc0c0c07398f"
POINTS = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=2, max_size=6)
REFERENCES = st.builds(reference_for, st.uuids(version=4).map(str), POINTS, st.integers(1999, 2199))


def test_it_is_the_same_for_the_same_record() -> None:
    made = reference_for(RECORD, "JL", 2026)
    assert made == reference_for(RECORD, "JL", 2026)
    assert re.fullmatch(r"JL-26-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]", made)


def test_its_own_example_is_right() -> None:
    assert parse_reference(EXAMPLE) == EXAMPLE


@given(REFERENCES)
def test_it_reads_back_what_it_made(reference: str) -> None:
    assert parse_reference(reference) == reference


@given(REFERENCES)
def test_it_reads_small_full_width_and_spaced_writing(reference: str) -> None:
    wide = "".join(chr(ord(char) + 0xFEE0) for char in reference.replace("-", ""))
    for typed in (reference.lower(), reference.replace("-", " "), reference.replace("-", ""), wide):
        assert parse_reference(typed) == reference


@given(REFERENCES)
def test_it_reads_letters_taken_for_digits_and_zero_for_o(reference: str) -> None:
    point, _, rest = reference.partition("-")
    assert parse_reference(f"{point.replace('O', '0')}-{rest.replace('0', 'O').replace('1', 'l')}") == reference


@given(REFERENCES, st.data())
def test_it_refuses_every_single_wrong_character(reference: str, data: st.DataObject) -> None:
    place = data.draw(st.sampled_from([i for i, char in enumerate(reference) if char != "-"]))
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ" if place < reference.index("-") else CROCKFORD
    wrong = data.draw(st.sampled_from(alphabet.replace(reference[place], "")))
    with pytest.raises(FieldError):
        parse_reference(reference[:place] + wrong + reference[place + 1 :])


def test_it_names_a_wrong_check_character() -> None:
    made = reference_for(RECORD, "JL", 2026)
    with pytest.raises(FieldError) as refused:
        parse_reference(made[:-1] + ("A" if made[-1] != "A" else "B"))
    assert refused.value.code == "reference_check"


@pytest.mark.parametrize("typed", ["", "JL", "JL-26-4F7K-9QTM", "J-26-4F7K-9QTM-3", "JL-26-4F7U-9QTM-3", "吉隆-26"])
def test_it_names_a_wrong_shape(typed: str) -> None:
    with pytest.raises(FieldError) as refused:
        parse_reference(typed)
    assert refused.value.code == "reference_shape"


def test_neighbouring_records_have_references_far_apart() -> None:
    made = [reference_for(f"{RECORD[:-5]}{number:05}", "JL", 2026)[6:15].replace("-", "") for number in range(20_000)]
    steps = [CROCKFORD.index(after[0]) - CROCKFORD.index(before[0]) for before, after in pairwise(made)]
    assert len(set(made)) == 20_000
    assert max(steps.count(step) for step in set(steps)) < 20_000 / 32 * 1.3
