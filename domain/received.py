"""Records from programs older or newer than ours (表单版本): today's form and the two before it are read.

An older record is brought to today's form step by step, unknown fields are set aside by name. What was sent
stays as it came in either case: nothing here is ever written back.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import msgspec

from domain.application import FORM_VERSION
from domain.check import shape
from domain.errors import Invalid, Problem

BEHIND = 2
UNKNOWN, MOST_UNKNOWN = "shape_unknown", 20
Form = TypeVar("Form", bound=msgspec.Struct)
Step = Callable[[dict[str, Any]], dict[str, Any]]
# By the version it begins with, what makes the next one of a record. The first form has none before it.
STEPS: Mapping[int, Step] = {}


@dataclass(frozen=True)
class Received(Generic[Form]):
    """A record in today's form, and the places of the fields that this form does not have."""

    record: Form
    unknown: tuple[str, ...] = ()


class _Versioned(msgspec.Struct):
    form_version: int = FORM_VERSION


def read(body: bytes, form: type[Form]) -> Received[Form]:
    """Return what *body* holds; raise Invalid, with ``form_version_newer`` where only a newer program can read it."""
    version = shape.decode(body, _Versioned).form_version
    if version > FORM_VERSION:
        raise Invalid([Problem("form_version", "form_version_newer", {"expected": str(FORM_VERSION)})])
    if version < max(1, FORM_VERSION - BEHIND):
        raise Invalid([Problem("form_version", "form_version_other", {"expected": str(FORM_VERSION)})])
    if version == FORM_VERSION and (exact := _exact(body, form)):
        return Received(exact)
    record = msgspec.json.decode(body)
    for step in range(version, FORM_VERSION):
        record = STEPS[step](record)
    return _known(record, form)


def _exact(body: bytes, form: type[Form]) -> Form | None:
    try:
        return shape.decode(body, form)
    except Invalid as error:
        if error.problems[0].code != UNKNOWN:
            raise
        return None


def _known(record: dict[str, Any], form: type[Form]) -> Received[Form]:
    unknown: list[str] = []
    while True:
        try:
            return Received(shape.convert(record, form), tuple(unknown))
        except Invalid as error:
            problem = error.problems[0]
            if problem.code != UNKNOWN or len(unknown) == MOST_UNKNOWN or not _removed(record, problem.path):
                raise
            unknown.append(problem.path)


def _removed(record: Any, path: str) -> bool:
    *places, name = path.split("/")
    try:
        for place in places:
            record = record[int(place) if isinstance(record, list) else place]
        del record[name]
    except (KeyError, IndexError, TypeError, ValueError):
        return False
    return True
