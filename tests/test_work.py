import hashlib
from itertools import count

import pytest

from wire import work
from wire.work import MINUTE, VALID_MINUTES, WAIT_MINUTES

KEY = b"k" * 32
RECORD = "01936b2e-7c00-7000-8000-000000000001"
AT = 1_800_000_000.0
BITS = 8


def solve(nonce: str, bits: int = BITS) -> str:
    return next(answer for n in count() if work.zero_bits(answer := f"{nonce}.{n}") >= bits)


ANSWER = solve(work.nonce(KEY, RECORD, AT))


def test_work_that_was_done_is_believed_for_some_minutes() -> None:
    valid = VALID_MINUTES * MINUTE
    assert [work.is_done(KEY, RECORD, ANSWER, BITS, AT + after) for after in (0, valid - 1, valid, -1)] == [
        True, True, False, False]  # fmt: skip


def test_it_is_worth_nothing_for_another_record_another_installation_or_more_bits() -> None:
    assert not work.is_done(KEY, RECORD[:-1] + "2", ANSWER, BITS, AT)
    assert not work.is_done(b"x" * 32, RECORD, ANSWER, BITS, AT)
    assert not work.is_done(KEY, RECORD, ANSWER, work.zero_bits(ANSWER) + 1, AT)


def test_waiting_counts_as_work_after_three_minutes_and_for_that_record_alone() -> None:
    task, wait = work.nonce(KEY, RECORD, AT), WAIT_MINUTES * MINUTE
    waited = [work.has_waited(KEY, RECORD, task, AT + after) for after in (0, wait - 1, wait, VALID_MINUTES * MINUTE)]
    assert waited == [False, False, True, False]
    assert not work.has_waited(KEY, RECORD[:-1] + "2", task, AT + wait)
    assert not work.has_waited(KEY, RECORD, f"{int(AT) // MINUTE}-{'0' * 32}", AT + wait)


def test_a_nonce_of_ones_own_is_refused() -> None:
    minute = int(AT) // MINUTE
    assert not work.is_done(KEY, RECORD, solve(f"{minute}-{'0' * 32}"), BITS, AT)


@pytest.mark.parametrize("answer", ["", "x", ANSWER.split(".")[0], ANSWER + " ", ANSWER + "\n", "٣" + ANSWER, "9" * 99,
                                    ANSWER.replace(".", "..")])  # fmt: skip
def test_what_is_no_answer_is_no_work(answer: str) -> None:
    assert not work.is_done(KEY, RECORD, answer, 0, AT)


def test_the_bits_are_those_the_hash_begins_with() -> None:
    for text in map(str, range(500)):
        bits = f"{int(hashlib.sha256(text.encode()).hexdigest(), 16):0256b}"
        assert work.zero_bits(text) == len(bits) - len(bits.lstrip("0"))
