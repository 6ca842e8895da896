"""docs/vectors: what another language is tested against is what this program does."""

import base64
import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from scripts.vectors import FILE, FOLDER, entries, vectors
from wire.columns.entries import read_entries
from wire.columns.source import Source
from wire.columns.values import read_values
from wire.entry import GENESIS, first_break
from wire.keys import PublicKey, SigningKey
from wire.lines import line_of
from wire.message import open_message
from wire.schema import header_schema

FILES = {path.stem: json.loads(path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.json"))}
SCHEMA = json.loads((FOLDER.parent / "schema" / "message-header.schema.json").read_text("utf-8"))
MESSAGES: list[dict[str, Any]] = FILES["messages"]["messages"]


@pytest.mark.parametrize("name", vectors())
def test_the_script_writes_the_very_files_that_are_here(name: str):
    assert FILES[name] == json.loads(json.dumps(vectors()[name]))
    assert set(FILES) == set(vectors())


def test_the_entries_follow_from_each_other():
    assert first_break(entries()) is None
    assert FILES["entries"][0]["prev_hash"] == GENESIS.hex()
    assert [entry["hash"] for entry in FILES["entries"]] == [entry.hash.hex() for entry in entries()]


@pytest.mark.parametrize("example", FILES["columns"], ids=lambda example: json.dumps(example["values"])[:30])
def test_each_column_reads_as_its_values(example: dict[str, Any]):
    source = Source(bytes.fromhex(example["columns"]), 1000)
    assert read_values(source, len(example["values"])) == example["values"]
    source.end()


def test_the_columns_of_the_entries_read_as_the_entries():
    found = FILES["entry-columns"]
    lines = read_entries(bytes.fromhex(found["columns"]), found["count"], 10_000)
    assert list(lines) == [line_of(entry) for entry in entries()]


@pytest.mark.parametrize("example", MESSAGES, ids=lambda example: example["name"])
def test_each_message_opens(example: dict[str, Any]):
    key = PublicKey.from_hex(FILES["messages"]["public_key"])
    assert SigningKey(bytes.fromhex(FILES["messages"]["private_key"])).public == key
    opened = open_message(base64.b64decode(example["message"]), key)
    assert opened.piece == (FILE[5:9] if example["name"] == "piece" else b"")
    assert list(opened.entries) == (entries() if example["name"].startswith("entries") else [])


@pytest.mark.parametrize("example", MESSAGES, ids=lambda example: example["name"])
def test_each_header_fits_the_schema(example: dict[str, Any]):
    header = json.loads(base64.b64decode(example["message"]).split(b"\n")[1])
    assert list(Draft202012Validator(SCHEMA).iter_errors(header)) == []
    assert list(Draft202012Validator(SCHEMA).iter_errors(header | {"later": 1})) == []
    assert not Draft202012Validator(SCHEMA).is_valid(header | {"nonce": "ü"})


def test_the_schema_is_what_the_types_say():
    Draft202012Validator.check_schema(SCHEMA)
    assert json.loads(json.dumps(header_schema())) == SCHEMA
