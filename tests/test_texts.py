"""All texts of a record are looked at together first; that finds neither more nor less than one by one."""

from collections.abc import Callable

from hypothesis import example, given
from hypothesis import strategies as st

from domain.characters import refuse_in_tibetan
from domain.check import texts
from domain.check.refusal import refusal
from domain.errors import FieldError, Problem
from domain.product import Text
from domain.text import clean, line, tibetan_name

ODD = st.text(st.sampled_from(' \t\n\r\u00a0\u3000"\\\u0301e\u0958\ufffd\u200b字ཀ\u0f72\ue000\ud800\x00a'), max_size=6)
NAMES = st.text(st.sampled_from("ཀབ་༌ \u0f72\u0f74\u0fb1\u0f77\u0f79a1字"), max_size=6)


@given(st.text(max_size=8) | ODD, st.text(max_size=8) | ODD)
@example("e", "\u0301")
@example('" ', "")
def test_together_finds_what_one_by_one_finds(zh: str, bo: str):
    found = [*_below("zh", refusal("", clean, zh)), *_below("bo", refusal("", clean, bo))]
    assert texts.check(Text(zh=zh, bo=bo)) == found


def _below(place: str, problems: list[Problem]) -> list[Problem]:
    return [problem.below(place) for problem in problems]


@given(NAMES)
def test_a_tibetan_name_is_refused_as_its_characters_are(name: str):
    assert _said(tibetan_name, name) == _said(_one_by_one, name)


def _one_by_one(name: str) -> str:
    cleaned = line(name, 120)
    for before, character in zip(" " + cleaned, cleaned, strict=False):
        refuse_in_tibetan(character, before)
    return cleaned


def _said(parse: Callable[[str], str], text: str) -> str:
    try:
        return parse(text)
    except FieldError as error:
        return f"{error.code} {error.values}"
