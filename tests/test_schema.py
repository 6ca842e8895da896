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
from domain.activity import Action
from domain.application import Application
from domain.calendar import read as read_calendar
from domain.canonical import canonical
from domain.check import shape, whole
from domain.codelist import read as read_codes
from domain.complete import complete
from domain.errors import Invalid
from domain.known_buyer import read as read_buyer
from domain.limits import Limits
from domain.schema import COMING, KINDS, of_kind
from domain.uuid7 import new_uuid7
from hub.buyers import load as load_buyers
from hub.handing_out import load_calendar, load_codes
from hub.limits import tell
from hub.orders import unfreeze
from store import activity, blanks, journal, prints, projections
from store.clock import now
from store.connection import write
from tests.desk import print_of
from tests.insurer import lead
from tests.pair import STAMP, Pair, new_pair
from tests.photographs import announced
from tests.sample import POINT, PRODUCT, TODAY
from wire.entry import Revision

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "docs" / "schema"
SCHEMA = json.loads((FOLDER / "application.schema.json").read_text(encoding="utf-8"))
LINES = (FOLDER / "application.example.jsonl").read_bytes().splitlines()
VALIDATOR = Draft202012Validator(SCHEMA, format_checker=FormatChecker())


@pytest.fixture
def pair(tmp_path: Path) -> Pair:
    return new_pair(tmp_path)


def test_the_schema_is_what_the_types_say():
    assert json.loads(json.dumps(of_kind("application"))) == SCHEMA


def test_the_script_writes_the_very_files_that_are_here(tmp_path):
    for room in ("demo", "domain", "products", "scripts", "wire"):
        shutil.copytree(ROOT / room, tmp_path / room, ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "docs" / "schema").mkdir(parents=True)
    subprocess.run([sys.executable, "-m", "scripts.schema"], cwd=tmp_path, check=True)
    for file in FOLDER.iterdir():
        assert (tmp_path / "docs" / "schema" / file.name).read_bytes() == file.read_bytes()


@pytest.mark.parametrize("kind", KINDS | COMING)
def test_every_schema_is_itself_in_order(kind: str):
    schema = of_kind(kind)
    Draft202012Validator.check_schema(schema)
    references = {line.split('"')[3] for line in json.dumps(schema, indent=0).splitlines() if '"$ref"' in line}
    assert references == {f"#/$defs/{name}" for name in schema["$defs"]}


def test_every_kind_that_travels_has_its_schema():
    assert set(KINDS) == set(projections.KINDS)


def revision(kind: str, record: msgspec.Struct) -> Revision:
    return Revision(
        record_id=new_uuid7(),
        kind=kind,
        revision=1,
        form_version=1,
        made_at=now(),
        made_by="示例",
        body=canonical(record),
    )


def test_what_two_sides_really_wrote_fits_the_schemas(pair: Pair):
    handouts = ROOT / "handouts"
    load_codes(pair.hub, read_codes((handouts / "goods.json").read_bytes()))
    load_calendar(pair.hub, read_calendar((handouts / "calendar-2026.json").read_bytes()))
    load_buyers(pair.hub, map(read_buyer, (handouts / "buyers.jsonl").read_bytes().splitlines()))
    tell(pair.hub, Limits(days=30))
    unfreeze(pair.hub, "JL", "示例")
    [submitted] = pair.submit()
    with write(pair.db):
        activity.append(pair.db, "示例柜员", Action.SIGNED_IN)
        journal.append(pair.db, revision("lead", lead(STAMP)))
        journal.append(pair.db, revision("attachment", announced(b"picture", submitted.record_id)))
        prints.append(pair.db, new_uuid7(), print_of(submitted.record_id), "示例柜员")
    blanks.reserve(pair.db, new_uuid7(), 1, "示例柜员")
    pair.exchange()
    written = pair.db.execute("SELECT kind, body FROM journal").fetchall()
    assert {kind for kind, _ in written} == set(KINDS)
    for kind, body in written:
        assert list(Draft202012Validator(of_kind(kind)).iter_errors(json.loads(body))) == [], kind


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
