"""Whatever is typed where a code is expected, the counter answers in an orderly way."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from slip import digits
from tests.browser import Browser
from tests.enrolment import enrol
from tests.slips import code

CODE = code()
TYPED = st.text("0123456789 ", max_size=80) | st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
MARKED = TYPED.map(lambda text: f"{digits.MARK}1{text}")
FRAMED = st.binary(min_size=1, max_size=120).map(lambda data: digits.written(data)[0])
CHANGED = st.builds(
    lambda at, put: CODE[:at] + put + CODE[at + 1 :], st.integers(0, len(CODE)), st.sampled_from("0189x ")
)


@pytest.fixture
def token(signed_in: Browser, db: Database) -> str:
    enrol(db)
    return signed_in.csrf_token()


@settings(max_examples=500)
@given(typed=TYPED | MARKED | FRAMED | CHANGED)
def test_nothing_that_is_typed_breaks_it(signed_in: Browser, token: str, typed: str) -> None:
    url, name = ("/scans", "code") if len(typed) % 2 else ("/searches", "q")
    answer = signed_in.post(url, data={"csrf_token": token, name: typed, "read": typed[::-1]})
    assert answer.status_code < 500, typed
