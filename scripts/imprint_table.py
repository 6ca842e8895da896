"""Write imprint/LETTER.json: the places of today's application, in the order in which an imprint says them.

A table never changes once it was shipped, for papers are read for ever: another form gets the next letter.
"""

import sys
from pathlib import Path
from typing import Any

import msgspec
from msgspec import inspect

from domain.application import Application
from imprint.table import Place

ROOT = Path(__file__).parent.parent
PLAIN: dict[type, Any] = {
    inspect.StrType: "text",
    inspect.IntType: "number",
    inspect.BoolType: "yes_no",
    inspect.DateType: "day",
}


def application() -> Place:
    """Return the table of a revision of an application."""
    text = Place(kind="text")
    return Place(
        kind="fields",
        fields={
            "record_id": text,
            "revision": Place(kind="number"),
            "form_version": Place(kind="number"),
            "made_at": Place(kind="moment"),
            "made_by": text,
            "salt": text,
            "body": _place(inspect.type_info(Application)),
        },
    )


def _place(of: Any) -> Place:
    match of:
        case inspect.Metadata(type=inner):
            return _place(inner)
        case inspect.UnionType(types=types):
            (inner,) = (one for one in types if not isinstance(one, inspect.NoneType))
            return msgspec.structs.replace(_place(inner), optional=True)
        case inspect.EnumType(cls=words):
            return Place(kind="word", words=tuple(word.value for word in words))
        case inspect.VarTupleType(item_type=item):
            return Place(kind="list", item=_place(item))
        case inspect.StructType(fields=fields):
            return Place(kind="fields", fields={one.encode_name: _place(one.type) for one in sorted(fields, key=_name)})
    return Place(kind=PLAIN[type(of)])


def _name(field: inspect.Field) -> str:
    return field.encode_name


if __name__ == "__main__":
    written = msgspec.json.format(msgspec.json.encode(application()), indent=1)
    (ROOT / "imprint" / f"{sys.argv[1]}.json").write_bytes(written + b"\n")
