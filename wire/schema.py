"""The JSON Schema of a message's header, made from the types."""

from typing import Any

import msgspec

from wire.header import Header

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def header_schema() -> dict[str, Any]:
    """Return the schema; what it does not name may be there and is ignored."""
    (root,), definitions = msgspec.json.schema_components([Header], ref_template="#/$defs/{name}")
    return {"$schema": DIALECT, "title": "Header of a message", **root, "$defs": definitions}
