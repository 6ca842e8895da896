import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import FieldError
from domain.reference import CROCKFORD
from wire.entry import GENESIS, NO_SALT, Entry, Revision, place
from wire.status_code import EXAMPLE, code_of, grouped, parse_status_code, status_code

RECORD = "017f22e2-79b0-7cc3-98c4-dc0c0c07398f"
SALT = bytes(range(16))
CODES = st.text(CROCKFORD, min_size=16, max_size=16)


def entry(salt: bytes = SALT, body: bytes = b"{}", record_id: str = RECORD) -> Entry:
    revision = Revision(record_id=record_id, kind="application", revision=1, form_version=1,
                        made_at="2026-11-20T00:00:00+00:00", made_by="self", body=body)  # fmt: skip
    return place(revision, producer="JL", epoch="1", seq=1, prev_hash=GENESIS, salt=salt, committed=bytes(32))


def test_it_is_the_same_for_the_same_record_for_ever() -> None:
    assert status_code(entry()) == status_code(entry(body=b'{"other":1}')) == "42R6K70Z5DD74JTJ"


def test_it_changes_with_the_salt_and_with_the_record() -> None:
    codes = {status_code(entry()), status_code(entry(b"\1" * 16)), status_code(entry(record_id=RECORD[:-1] + "0"))}
    assert len(codes) == 3


def test_it_holds_eighty_bits() -> None:
    made = [code_of(number.to_bytes(16, "big"), RECORD) for number in range(1, 4_000)]
    for position in range(16):
        assert len({code[position] for code in made}) == 32
    assert len(set(made)) == len(made)


def test_an_erased_record_has_none() -> None:
    with pytest.raises(ValueError, match="erased"):
        status_code(entry(NO_SALT, b""))


@given(CODES)
def test_it_reads_back_what_people_were_shown(code: str) -> None:
    assert parse_status_code(grouped(code)) == code


@given(CODES)
def test_it_reads_small_full_width_and_spaced_writing(code: str) -> None:
    wide = "".join(chr(ord(char) + 0xFEE0) for char in code)
    for typed in (code.lower(), grouped(code).replace("-", " "), code.replace("0", "o").replace("1", "l"), wide):
        assert parse_status_code(typed) == code


@pytest.mark.parametrize("typed", ["", "7K3M", EXAMPLE + "Z", "U" * 16, "吉隆" * 8, "\0" * 16])
def test_it_refuses_what_is_no_code_with_an_example(typed: str) -> None:
    with pytest.raises(FieldError) as refused:
        parse_status_code(typed)
    assert refused.value.values.get("example", EXAMPLE) == EXAMPLE


def test_its_own_example_is_right() -> None:
    assert grouped(parse_status_code(EXAMPLE)) == EXAMPLE
