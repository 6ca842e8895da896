"""The types, lengths and patterns of a record, as its schema says, each failure with a message of its own."""

import re

import msgspec

from domain.application import Application
from domain.errors import Invalid, Problem

KINDS = (
    (r"Object missing required field `(?P<field>.+)`", "shape_missing"),
    (r"Object contains unknown field `(?P<field>.+)`", "shape_unknown"),
    (r"Invalid enum value .+", "shape_choice"),
    (r"Invalid RFC3339 .+", "shape_date"),
    (r"Expected `(?:str|array)` of length <= (?P<most>\d+)", "shape_too_long"),
    (r"Expected `(?:str|array)` of length >= (?P<least>\d+)", "shape_too_short"),
    (r"Expected `int` <= (?P<most>\d+)", "shape_too_large"),
    (r"Expected `int` >= (?P<least>\d+)", "shape_too_small"),
    (r"Expected `date.*", "shape_date"),
    (r"Expected `int.*", "shape_integer"),
    (r"Expected `bool.*", "shape_boolean"),
    (r"Expected `str.*", "shape_text"),
    (r"Expected `array.*", "shape_list"),
    (r"Expected `object.*", "shape_object"),
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
PLACE = re.compile(r"(?P<what>.*?)(?: - at `\$(?P<path>.*)`)?", re.DOTALL)

_decoder = msgspec.json.Decoder(Application)


def read(line: bytes) -> Application:
    """Return the application in one JSON *line*. Raises Invalid with the first problem of its shape."""
    try:
        return _decoder.decode(line)
    except msgspec.ValidationError as error:
        raise Invalid([_problem(str(error))]) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise Invalid([Problem("", "shape_json")]) from None


def check(record: msgspec.Struct) -> list[Problem]:
    """Return the first thing in *record*, built by hand, that its own type would not read back."""
    try:
        msgspec.convert(msgspec.to_builtins(record), type(record))
    except msgspec.ValidationError as error:
        return [_problem(str(error))]
    return []


def _problem(message: str) -> Problem:
    found = PLACE.fullmatch(message)
    what, place = (found["what"], found["path"] or "") if found else (message, "")
    path = re.sub(r"[.\[\]]+", "/", place).strip("/")
    if what.startswith(PATTERN):
        return Problem(path, BY_PATTERN[path.rsplit("/", 1)[-1]])
    return next(
        Problem("/".join(filter(None, (path, match.groupdict().get("field")))), code, _values(match))
        for pattern, code in KINDS
        if (match := re.fullmatch(pattern, what))
    )


def _values(match: re.Match[str]) -> dict[str, str]:
    return {name: value for name, value in match.groupdict().items() if name != "field"}
