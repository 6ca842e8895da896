import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import FieldError
from domain.pin import new_pin


@pytest.mark.parametrize("typed", ["271828", " 271 828 ", "２７１８２８", "271828182845"])
def test_it_takes_six_to_twelve_digits_however_typed(typed: str) -> None:
    assert new_pin(typed).startswith("271828")


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("27182", "pin_length"),
        ("2718281828459", "pin_length"),
        ("27182a", "pin_digits"),
        ("", "pin_digits"),
        ("٢٧١٨٢٨", "pin_digits"),
        ("000000", "pin_simple"),
        ("123456", "pin_simple"),
        ("890123", "pin_simple"),
        ("654321", "pin_simple"),
        ("210987", "pin_simple"),
    ],
)
def test_it_refuses_what_is_no_pin_or_an_obvious_one(typed: str, code: str) -> None:
    with pytest.raises(FieldError) as refused:
        new_pin(typed)
    assert refused.value.code == code


@given(st.text(max_size=20))
def test_whatever_is_typed_becomes_a_pin_or_a_field_error(typed: str) -> None:
    try:
        pin = new_pin(typed)
    except FieldError:
        return
    assert pin.isascii()
    assert pin.isdigit()
    assert 6 <= len(pin) <= 12
