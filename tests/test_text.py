import sys
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.characters import REPLACEMENT, refuse
from domain.errors import FieldError
from domain.text import clean, compact, line, name, runs, tibetan_name, undrawable

INVISIBLE = [
    *(chr(code) for code in (0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x2066, 0x2067, 0x2068, 0x2069)),
    *(chr(code) for code in (0x200E, 0x200F, 0x061C, 0xFEFF, 0x200B, 0x200C, 0x200D, 0x2060, 0x00AD, 0xE0041)),
    *(chr(code) for code in (0x00, 0x07, 0x1B, 0x1C, 0x7F, 0x85, 0x9F)),
]
PRIVATE_USE = ["\ue000", "\uf300", "\U000f0000", "\U0010fffd"]
DAMAGED = ["\ud800", "\udfff", "\ufffd", "\ufffe", "\ufdd0", "\U0001ffff"]
TASHI = "བཀྲ་ཤིས་དོན་གྲུབ"


def refusal(text: str) -> FieldError:
    with pytest.raises(FieldError) as refused:
        clean(text)
    return refused.value


def test_it_trims_and_joins_white_space() -> None:
    assert clean("  扎西\u3000顿珠 \r\n\t 商店\u00a0") == "扎西 顿珠 商店"


def test_it_writes_nfc() -> None:
    assert clean("e\u0301") == "\u00e9"
    assert clean("\u0f40\u0f73") == "\u0f40\u0f71\u0f72"


def test_it_keeps_full_width_letters_unless_a_number_is_read() -> None:
    assert clean("（Ａ１）") == "（Ａ１）"
    assert compact(" ａ１－ b 2 ") == "A1B2"


@pytest.mark.parametrize("text", ["扎西·顿珠", TASHI, "𠅤㐂䶮𬍛", "བོད་ཡིག ༼༡༽།", "<script>&'\"--", "Ñandú, Ⅳ № 5"])
def test_it_keeps_what_matters(text: str) -> None:
    assert clean(text) == text


@pytest.mark.parametrize("character", INVISIBLE, ids=ascii)
def test_it_refuses_what_cannot_be_seen(character: str) -> None:
    refused = refusal(f"扎西{character}顿珠")
    assert (refused.code, refused.values["codepoint"]) == ("text_invisible", f"U+{ord(character):04X}")


@pytest.mark.parametrize("character", PRIVATE_USE, ids=ascii)
def test_it_refuses_private_use(character: str) -> None:
    refused = refusal(character)
    assert (refused.code, refused.values["codepoint"]) == ("text_private_use", f"U+{ord(character):04X}")


@pytest.mark.parametrize("character", DAMAGED, ids=ascii)
def test_it_refuses_damaged_text(character: str) -> None:
    refused = refusal(character)
    assert (refused.code, refused.values["codepoint"]) == ("text_damaged", f"U+{ord(character):04X}")


@given(st.text())
def test_clean_text_is_clean_nfc_and_stays_so(text: str) -> None:
    try:
        cleaned = clean(text)
    except FieldError:
        return
    assert clean(cleaned) == cleaned
    assert unicodedata.is_normalized("NFC", cleaned)
    assert not any(char in cleaned for char in [*INVISIBLE, "\n", "\t"])
    assert "".join(cleaned.split()) == unicodedata.normalize("NFC", "".join(text.split()))


def test_a_line_may_be_empty_and_as_long_as_its_limit() -> None:
    assert line("  ", 3) == ""
    assert line("𠅤㐂䶮", 3) == "𠅤㐂䶮"


def test_a_line_may_not_be_longer() -> None:
    with pytest.raises(FieldError) as refused:
        line("一二三四", 3)
    assert (refused.value.code, refused.value.values) == ("text_too_long", {"limit": "3", "length": "4"})


def test_a_name_may_not_be_empty() -> None:
    with pytest.raises(FieldError) as refused:
        name(" \u3000 ")
    assert refused.value.code == "required"


def test_a_name_has_up_to_sixty_characters_and_one_kind_of_middle_dot() -> None:
    assert name("长" * 60) == "长" * 60
    assert {name(f"次仁{dot}卓玛") for dot in "·•‧・･"} == {"次仁·卓玛"}


@pytest.mark.parametrize("text", ["", TASHI, f"{TASHI}་", "སྐྱིད་གྲོང་ ཚོང་ཁང", "ཨོཾ", "རྫོང༣"])
def test_it_takes_names_in_tibetan_script(text: str) -> None:
    assert tibetan_name(text) == text


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("扎西", "tibetan_only"),
        (f"{TASHI} Tashi", "tibetan_only"),
        (f"{TASHI},", "tibetan_only"),
        ("\u0f40\u0f77", "tibetan_deprecated"),
        ("\u0f40\u0f79", "tibetan_deprecated"),
        ("\u0f72\u0f40", "tibetan_sign_alone"),
        ("བོད་\u0fb1", "tibetan_sign_alone"),
        ("བོད \u0f71", "tibetan_sign_alone"),
        ("བོད་\u200bཡིག", "text_invisible"),
        ("བོ" * 61, "text_too_long"),
    ],
)
def test_it_names_the_mistake_in_a_tibetan_name(text: str, code: str) -> None:
    with pytest.raises(FieldError) as refused:
        tibetan_name(text)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("2026-11", [("", "2026-11")]),
        ("吉隆县", [("zh", "吉隆县")]),
        ("1. 吉隆 བོད་ཡིག 2", [("zh", "1. 吉隆 "), ("bo", "བོད་ཡིག 2")]),
        ("《བོད》", [("bo", "《བོད》")]),
        ("བོད吉𠅤", [("bo", "བོད"), ("zh", "吉𠅤")]),
    ],
)
def test_it_splits_text_into_runs_of_one_script(text: str, expected: list[tuple[str, str]]) -> None:
    assert runs(text) == expected


@given(st.text("བོད་吉隆 12a《》"))
def test_runs_lose_nothing_and_alternate(text: str) -> None:
    split = runs(text)
    assert "".join(run for _, run in split) == text
    assert all(left[0] != right[0] for left, right in pairwise(split))
    assert all(language for language, _ in split) or len(split) == 1


def test_it_lists_what_the_fonts_cannot_draw_once_and_in_order() -> None:
    coverage = frozenset(map(ord, "扎西"))
    assert undrawable("扎𬍛西 㐂\u3000𬍛", coverage) == ["𬍛", "㐂"]
    assert undrawable("扎 西", coverage) == []


def test_whatever_is_printable_needs_no_second_look_but_the_sign_of_damage() -> None:
    printable = filter(str.isprintable, map(chr, range(sys.maxunicode + 1)))
    assert [character for character in printable if is_refused(character)] == [REPLACEMENT]


def is_refused(character: str) -> bool:
    try:
        refuse(character)
    except FieldError:
        return True
    return False
