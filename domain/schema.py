"""The JSON Schema of an application, made from the types: what import takes, show gives and the hub receives."""

from typing import Any

import msgspec

from domain.application import Application

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def application_schema() -> dict[str, Any]:
    """Return the schema; every type of the record is one entry of ``$defs``."""
    (root,), definitions = msgspec.json.schema_components([Application], ref_template="#/$defs/{name}")
    return {"$schema": DIALECT, "title": "Application for cover (投保申请)", **root, "$defs": definitions}
