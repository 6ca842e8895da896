"""The hub's HTTP side for machines, as OpenAPI 3.1: one entry of ``PATHS`` for each address that is no page.

It is made from what the program itself answers by (``STATUS``, ``LIMITS``, the types of the header), and the tests
hold every answer they see against it.
"""

from collections.abc import Callable, Iterator
from typing import Any

import msgspec

from hub.refusal import STATUS
from wire.header import VERSION, Header, ProblemCode
from wire.message import LIMITS

MESSAGE = "application/octet-stream"
PAGE = "text/html"
OK = 200
WHY = {
    200: "Taken and committed: `ack`, and the entries that follow the cursor.",
    400: "Not understood, or not for this hub; with `unsupported`, `speaks` names what is.",
    401: "Not signed by a key that is known for the sender.",
    403: "The key or the point was revoked.",
    409: "Histories differ: the sender rewinds, or stops and shows it to a person.",
    413: "Larger than a message may be.",
    429: "Too much: a signed `quota`, or, to an address that proves nothing, no content. Nothing was taken.",
    500: "An error nobody thought of. Nothing was taken.",
    503: "The hub cannot commit just now, or too many wait. Nothing was taken.",
}
UNSIGNED: dict[int, dict[str, Any]] = {429: {}, 500: {PAGE: {}}, 503: {}}
RETRY_AFTER = {"required": True, "description": "Seconds.", "schema": {"type": "integer", "minimum": 1}}
ALWAYS = {
    "Cache-Control": {"required": True, "schema": {"const": "no-store"}},
    "X-Content-Type-Options": {"required": True, "schema": {"const": "nosniff"}},
}
SIGNED: dict[str, Any] = {MESSAGE: {"schema": {"$ref": "#/components/schemas/Message"}}}


def describe() -> dict[str, Any]:
    """Return the whole description."""
    return {
        "openapi": "3.1.1",
        "info": {"title": "Tsheg hub", "version": str(VERSION), "description": "Bytes and rules: docs/protocol.md."},
        "paths": {address: operation() for address, operation in PATHS.items()},
        "components": {"schemas": _schemas()},
    }


def _exchange() -> dict[str, Any]:
    post = {
        "operationId": "exchange",
        "summary": "One message in, one signed message out.",
        "description": "Sending again is always right. Only what is signed tells anything, whatever the status.",
        "requestBody": {"required": True, "content": SIGNED},
        "responses": _responses(_codes()),
    }
    return {"post": post}


def _codes() -> dict[int, list[ProblemCode]]:
    codes: dict[int, list[ProblemCode]] = {OK: []}
    for code, status in STATUS.items():
        codes.setdefault(status, []).append(code)
    return codes


def _responses(codes: dict[int, list[ProblemCode]]) -> dict[str, Any]:
    statuses = sorted({*codes, *UNSIGNED})
    return {str(status): dict(_response(status, codes.get(status))) for status in statuses}


def _response(status: int, codes: list[ProblemCode] | None) -> Iterator[tuple[str, Any]]:
    named = ", ".join(f"`{code}`" for code in codes or ())
    yield "description", f"{WHY[status]} Problem: {named}." if named else WHY[status]
    yield "headers", ALWAYS | ({"Retry-After": RETRY_AFTER} if status in (429, 503) else {})
    signed = SIGNED if codes is not None else {}
    if content := signed | UNSIGNED.get(status, {}):
        yield "content", content


def _schemas() -> dict[str, Any]:
    (header,), parts = msgspec.json.schema_components([Header], ref_template="#/components/schemas/{name}")
    message = {
        "type": "string",
        "contentMediaType": MESSAGE,
        "maxLength": LIMITS.message,
        "description": f"TSHEG1, a header ({header['$ref']}) as one line of JSON, its signature in base64, the body.",
    }
    return {"Message": message, **parts}


PATHS: dict[str, Callable[[], dict[str, Any]]] = {"/exchange": _exchange}
