"""The types, lengths and patterns of a record, as its schema says, each failure with a message of its own."""

import re
from typing import TypeVar

import msgspec

from domain.application import Application
from domain.errors import Invalid, Problem

KINDS = (
    ("Object missing required field `(?P<field>.+)`", "shape_missing"),
    ("Object contains unknown field `(?P<field>.*)`", "shape_unknown"),
    ("Invalid enum value .+", "shape_choice"),
    ("Invalid RFC3339 .+", "shape_date"),
    ("Expected `(?:str|array)` of length <= (?P<most>[0-9]+)", "shape_too_long"),
    ("Expected `(?:str|array)` of length >= (?P<least>[0-9]+)", "shape_too_short"),
    ("Expected `int` <= (?P<most>[0-9]+)", "shape_too_large"),
    ("Expected `int` >= (?P<least>[0-9]+)", "shape_too_small"),
    ("Expected `date.*", "shape_date"),
    ("Expected `int.*|Integer .*", "shape_integer"),
    ("Expected `bool.*", "shape_boolean"),
    ("Expected `str.*", "shape_text"),
    ("Expected `array.*", "shape_list"),
    ("Expected `object.*", "shape_object"),
)
PATTERN = "Expected `str` matching regex"
BY_PATTERN = {
    "mobile": "shape_mobile",
    "county": "shape_county",
    "area": "shape_area",
    "product": "shape_product",
    "tier": "shape_tier",
    "code": "shape_code",
    "record_id": "shape_record_id",
}
PLACE = " - at `$"
NUL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")
Shape = TypeVar("Shape", bound=msgspec.Struct)


def read(line: bytes) -> Application:
    """Return the application in one JSON *line*. Raises Invalid with the first problem of its shape."""
    return decode(line, Application)


def decode(body: bytes, shape: type[Shape]) -> Shape:
    """Return the record of type *shape* that *body* holds as JSON. Raises Invalid."""
    if NUL.search(body):  # no database of ours but the embedded one can hold it
        raise Invalid([Problem("", "text_invisible", {"codepoint": "U+0000"})])
    try:
        return msgspec.json.decode(body, type=shape)
    except msgspec.ValidationError as error:
        raise Invalid([_problem(str(error))]) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise Invalid([Problem("", "shape_json")]) from None


def convert(record: object, shape: type[Shape]) -> Shape:
    """Return the record of type *shape* that *record* is, as JSON was read without a type. Raises Invalid."""
    try:
        return msgspec.convert(record, type=shape)
    except msgspec.ValidationError as error:
        raise Invalid([_problem(str(error))]) from None


def check(record: msgspec.Struct) -> list[Problem]:
    """Return the first thing in *record*, built by hand, that its own type would not read back."""
    try:
        msgspec.convert(msgspec.to_builtins(record), type(record))
    except msgspec.ValidationError as error:
        return [_problem(str(error))]
    return []


def _problem(message: str) -> Problem:
    what, _, place = message.rpartition(PLACE) if PLACE in message else (message, "", "")
    path = re.sub(r"[.\[\]]+", "/", place.removesuffix("`")).strip("/")
    if what.startswith(PATTERN):
        return Problem(path, BY_PATTERN.get(path.rsplit("/", 1)[-1], "shape_choice"))
    for pattern, code in KINDS:
        if match := re.fullmatch(pattern, what, re.DOTALL):
            values = match.groupdict()
            field = values.pop("field", "")
            return Problem("/".join(filter(None, (path, field))), code, values)
    return Problem(path, "shape_choice")
