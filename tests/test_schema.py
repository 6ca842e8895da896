import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec
import pytest
from jsonschema import Draft202012Validator, FormatChecker

from demo.applications import applications
from domain.application import Application
from domain.check import shape, whole
from domain.complete import complete
from domain.errors import Invalid
from domain.schema import application_schema
from tests.sample import POINT, PRODUCT, TODAY

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "docs" / "schema"
SCHEMA = json.loads((FOLDER / "application.schema.json").read_text(encoding="utf-8"))
LINES = (FOLDER / "application.example.jsonl").read_bytes().splitlines()
VALIDATOR = Draft202012Validator(SCHEMA, format_checker=FormatChecker())


def test_the_schema_is_what_the_types_say():
    assert json.loads(json.dumps(application_schema())) == SCHEMA


def test_the_script_writes_the_very_files_that_are_here(tmp_path):
    for room in ("demo", "domain", "products", "scripts", "wire"):
        shutil.copytree(ROOT / room, tmp_path / room, ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "docs" / "schema").mkdir(parents=True)
    subprocess.run([sys.executable, "-m", "scripts.schema"], cwd=tmp_path, check=True)
    for file in FOLDER.iterdir():
        assert (tmp_path / "docs" / "schema" / file.name).read_bytes() == file.read_bytes()


def test_the_schema_is_itself_in_order():
    Draft202012Validator.check_schema(SCHEMA)
    references = {line.split('"')[3] for line in json.dumps(SCHEMA, indent=0).splitlines() if '"$ref"' in line}
    assert references == {f"#/$defs/{name}" for name in SCHEMA["$defs"]}


@pytest.mark.parametrize("line", LINES, ids=range(len(LINES)))
def test_each_example_line_is_taken_by_schema_and_checks(line):
    assert list(VALIDATOR.iter_errors(json.loads(line))) == []
    assert whole.check(shape.read(line), PRODUCT, TODAY) == []


def test_there_are_ten_example_lines_all_different():
    assert len(set(LINES)) == len(LINES) == 10


def test_what_the_point_shows_fits_the_schema():
    for application in applications(PRODUCT, TODAY, 20):
        shown = complete(application, PRODUCT, POINT, "0" * 36, "JL-26-4F7K-9QTM-3", "示例经办", TODAY)
        assert list(VALIDATOR.iter_errors(as_json(shown))) == []


@pytest.mark.parametrize(("place", "value"), [
    (["policyholder", "mobile"], "110"),
    (["policyholder", "kind"], "bank"),
    (["policyholder", "established_on"], "2026-02-30"),
    (["policyholder", "name"], ""),
    (["buyers"], []),
    (["buyers", 0, "trade", "amount_fen"], 0.5),
    (["buyers", 0, "trade", "amount_fen"], "8500"),
    (["buyers", 0, "related"], "no"),
    (["cover", "tier"], None),
    (["wish"], "x"),
])  # fmt: skip
def test_schema_and_reader_refuse_the_same(place, value):
    record = json.loads(LINES[0])
    holder: Any = record
    for step in place[:-1]:
        holder = holder[step]
    holder[place[-1]] = value
    assert not VALIDATOR.is_valid(record)
    with pytest.raises(Invalid):
        shape.read(json.dumps(record).encode())


def as_json(application: Application) -> Any:
    return json.loads(msgspec.json.encode(application))
