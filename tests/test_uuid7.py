import time
from uuid import RFC_4122, UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.uuid7 import new_uuid7, uuid7

MOMENTS = st.integers(0, 2**48 - 1)
RANDOM = st.binary(min_size=10, max_size=10)


def test_it_makes_the_example_of_rfc_9562() -> None:
    random = (0xCC3 << 64 | 0x18C4DC0C0C07398F).to_bytes(10, "big")
    assert uuid7(0x017F22E279B0, random) == "017f22e2-79b0-7cc3-98c4-dc0c0c07398f"


@given(MOMENTS, RANDOM)
def test_it_keeps_the_moment_the_version_and_the_variant(now_ms: int, random: bytes) -> None:
    made = UUID(uuid7(now_ms, random))
    assert (made.int >> 80, made.version, made.variant) == (now_ms, 7, RFC_4122)


@given(MOMENTS, MOMENTS, RANDOM, RANDOM)
def test_it_sorts_by_moment(first: int, second: int, left: bytes, right: bytes) -> None:
    if first < second:
        assert uuid7(first, left) < uuid7(second, right)


@pytest.mark.parametrize(("now_ms", "random"), [(0, b"short"), (-1, bytes(10)), (2**48, bytes(10))])
def test_it_refuses_what_does_not_fit(now_ms: int, random: bytes) -> None:
    with pytest.raises(ValueError, match="48 bits"):
        uuid7(now_ms, random)


def test_it_takes_this_machines_clock_and_fresh_randomness() -> None:
    before = time.time_ns() // 1_000_000
    made = {new_uuid7() for _ in range(1000)}
    after = time.time_ns() // 1_000_000
    assert len(made) == 1000
    assert all(before <= UUID(one).int >> 80 <= after for one in made)
