import json
from collections.abc import Iterator
from contextlib import suppress
from functools import reduce
from operator import getitem
from typing import Any

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from domain.check import shape, whole
from domain.complete import complete
from domain.errors import Invalid
from domain.problems import MESSAGES
from domain.words import ApplicantKind, IdKind, OtherInsurance, TradeMode
from tests.sample import APPLICATION, POINT, PRODUCT, TODAY

COMPLETE = complete(APPLICATION, PRODUCT, POINT, "0" * 36, "JL-26-4F7K-9QTM-3", "示例经办", TODAY)


def leaves(value: Any, *path: Any) -> Iterator[Any]:
    if isinstance(value, dict | list | tuple):
        for key, item in value.items() if isinstance(value, dict) else enumerate(value):
            yield from leaves(item, *path, key)
    else:
        yield path


PLAIN = json.loads(msgspec.json.encode(COMPLETE))
ODD = [
    "", " ", "0", "x" * 60, "༡" * 18, "1" * 18, "འ" * 18, "0001-01-01", "9999-12-31", 0, 1, 10**11, True, False, None,
    *ApplicantKind, *IdKind, *TradeMode, *OtherInsurance,
]  # fmt: skip


@given(st.lists(st.tuples(st.sampled_from(list(leaves(PLAIN))), st.sampled_from(ODD)), max_size=6))
def test_it_never_breaks_on_what_the_types_allow(odd):
    record = json.loads(msgspec.json.encode(PLAIN))
    for path, value in odd:
        reduce(getitem, path[:-1], record)[path[-1]] = value
    with suppress(Invalid):
        for problem in whole.check(shape.read(msgspec.json.encode(record)), PRODUCT, TODAY):
            assert MESSAGES[problem.code] % problem.values
