"""Entries in columns (列式日志): every body as the tree its canonical JSON stands for, the salts apart as they are."""

from base64 import b64encode
from collections.abc import Sequence
from typing import Any

import msgspec

from wire.columns.source import Source
from wire.columns.values import Unwritable, read_values, write_values
from wire.entry import SALT_BYTES, Entry
from wire.errors import Malformed
from wire.lines import Line, line_of

FIELDS = ("record_id", "kind", "revision", "form_version", "made_at", "made_by")
_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder()


def write_entries(entries: Sequence[Entry]) -> bytes:
    """Write *entries*: a column for each field, one for the bodies, then the salts."""
    lines = [line_of(entry) for entry in entries]
    fields = [write_values([getattr(line, field) for line in lines]) for field in FIELDS]
    return b"".join((*fields, _write_bodies(lines), *(line.salt for line in lines)))


def _write_bodies(lines: Sequence[Line]) -> bytes:
    values = [_tree(line.body) if not line.erased else [b64encode(line.erased).decode()] for line in lines]
    try:
        return write_values(values)
    except Unwritable:
        return write_values(
            [value if _is_writable(value) else line.body for value, line in zip(values, lines, strict=True)]
        )


def _tree(body: str) -> Any:
    """Return what *body* stands for, or *body* itself where its bytes could not be made again from that."""
    try:
        tree = _decoder.decode(body)
    except (msgspec.MsgspecError, RecursionError):
        return body
    return tree if isinstance(tree, dict) and _encoder.encode(tree) == body.encode() else body


def _is_writable(value: Any) -> bool:
    try:
        return bool(write_values([value]))
    except Unwritable:
        return False


def read_entries(data: bytes, count: int, limit: int) -> Sequence[Line]:
    """Read *count* entries, never making more than *limit* bytes of JSON. Raises Malformed, TooLarge."""
    source = Source(data, limit)
    fields = [read_values(source, count) for _ in FIELDS]
    bodies = [_content(value) for value in read_values(source, count)]
    salts = source.take(count * SALT_BYTES)
    source.end()
    rows = zip(*fields, bodies, strict=True)
    return [_line(row, salts[place * SALT_BYTES :][:SALT_BYTES]) for place, row in enumerate(rows)]


def _content(value: Any) -> dict[str, Any]:
    if isinstance(value, str):
        return {"body": value}
    if isinstance(value, dict):
        return {"body": _encoder.encode(value).decode()}
    if isinstance(value, list) and len(value) == 1:
        return {"erased": value[0]}
    raise Malformed("body")


def _line(row: tuple[Any, ...], salt: bytes) -> Line:
    *fields, content = row
    try:
        return msgspec.convert(dict(zip(FIELDS, fields, strict=True)) | content | {"salt": salt}, Line)
    except msgspec.ValidationError as error:
        raise Malformed("entry") from error
