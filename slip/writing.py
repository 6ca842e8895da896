"""A slip written: what the phone's ``slip.js`` does, for whoever has the answers and no phone."""

import zlib
from collections.abc import Mapping
from typing import Any

from slip.table import BUYERS, VERSION, places
from slip.values import said

RAW_DEFLATE = -15


def text(record_id: str, language: str, product: str, version: int, answers: Mapping[str, Any]) -> str:
    """Return the text of a slip: *answers* as a draft holds them, *product* and its *version*."""
    buyers = answers.get(BUYERS, [])
    head = [str(VERSION), record_id.replace("-", ""), language, f"{product}:{version}", str(len(buyers))]
    lines = [
        said(field, (answers.get(field.step, {}) if number is None else buyers[number]).get(field.name, []))
        for field, number in places(len(buyers))
    ]
    return "\n".join(head + lines).rstrip("\n")


def write(record_id: str, language: str, product: str, version: int, answers: Mapping[str, Any]) -> bytes:
    """Return the same as bytes: raw deflate of the text."""
    packer = zlib.compressobj(9, wbits=RAW_DEFLATE)
    return packer.compress(text(record_id, language, product, version, answers).encode()) + packer.flush()
