"""The JSON Schemas of an application, what import takes, show gives and the hub receives, and of an attachment."""

from typing import Any

import msgspec

from domain.application import Application
from domain.attachment import Attachment

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def application_schema() -> dict[str, Any]:
    """Return the schema; every type of the record is one entry of ``$defs``."""
    (root,), definitions = msgspec.json.schema_components([Application], ref_template="#/$defs/{name}")
    return {"$schema": DIALECT, "title": "Application for cover (投保申请)", **root, "$defs": definitions}


def attachment_schema() -> dict[str, Any]:
    """Return the schema of the record that announces a picture; what it does not name may be there and is ignored."""
    (root,), definitions = msgspec.json.schema_components([Attachment], ref_template="#/$defs/{name}")
    return {"$schema": DIALECT, "title": "Photograph of a paper (材料照片)", **root, "$defs": definitions}
