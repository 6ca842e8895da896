"""docs/openapi.json, against which every answer that a test gets from the hub's machine interface is held."""

import json
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from werkzeug.test import TestResponse

from wire.message import MAGIC

DESCRIBED: dict[str, Any] = json.loads((Path(__file__).parent.parent / "docs" / "openapi.json").read_text("utf-8"))
SIGNED = "application/octet-stream"


def hold(answer: TestResponse) -> None:
    """Raise AssertionError where *answer* is not one that the description knows."""
    operation = DESCRIBED["paths"].get(answer.request.path, {}).get(answer.request.method.lower())
    if operation is None:
        return
    said = operation["responses"].get(str(answer.status_code))
    assert said, f"status {answer.status_code} is not described"
    for name, header in said["headers"].items():
        require(header["schema"], _read(answer.headers[name]))
    _content(answer, said.get("content", {}))


def require(schema: dict[str, Any], value: object) -> None:
    """Raise AssertionError where *value* does not fit *schema*, whose references are into the description."""
    validator = Draft202012Validator(schema | {"components": DESCRIBED["components"]})
    problems = [error.message for error in validator.iter_errors(value)]
    assert not problems, problems


def _content(answer: TestResponse, described: dict[str, Any]) -> None:
    if not answer.data:
        assert "Content-Type" not in answer.headers
        assert "Retry-After" in answer.headers
        return
    assert answer.mimetype in described, f"{answer.mimetype} is not described"
    if answer.mimetype == SIGNED:
        magic, header, _ = answer.data.split(b"\n", 2)
        assert magic + b"\n" == MAGIC
        require({"$ref": "#/components/schemas/Header"}, json.loads(header))


def _read(text: str) -> object:
    return int(text) if text.isascii() and text.isdigit() else text
