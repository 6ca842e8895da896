"""`flask application …`: import, list, show and print without a browser."""

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import jsonschema
import msgspec
import pypdfium2
import pytest
from flask import Flask
from flask.testing import FlaskCliRunner
from sqlite_utils import Database

from demo.applications import applications as generated
from domain.uuid7 import new_uuid7
from domain.words import PrintReason
from store import applications, journal, ledger, prints
from store.clock import today
from tests.enrolment import PRODUCT, enrol

EXAMPLES = Path("docs/schema/application.example.jsonl").read_text("utf-8").splitlines()
SCHEMA = json.loads(Path("docs/schema/application.schema.json").read_text("utf-8"))
Record = dict[str, Any]


@pytest.fixture
def runner(app: Flask, db: Database) -> FlaskCliRunner:
    enrol(db)
    return app.test_cli_runner()


@pytest.fixture
def take(runner: FlaskCliRunner, tmp_path: Path) -> Callable[[Iterable[str]], list[Record]]:
    """Import lines and return the result of each."""

    def take(lines: Iterable[str]) -> list[Record]:
        file = tmp_path / "lines.jsonl"
        file.write_text("\n".join(lines), "utf-8")
        answer = runner.invoke(args=["application", "import", str(file)])
        assert answer.exception is None or isinstance(answer.exception, SystemExit), answer.exception
        return [json.loads(line) for line in answer.stdout.splitlines()]

    return take


def changed(path: str, value: object, example: int = 0) -> str:
    """Return an example line with one value changed (``...`` takes it out)."""
    record = json.loads(EXAMPLES[example])
    *parents, last = [int(part) if part.isdigit() else part for part in path.split("/")]
    part = record
    for parent in parents:
        part = part[parent]
    if value is ...:
        del part[last]
    else:
        part[last] = value
    return json.dumps(record, ensure_ascii=False)


def test_the_ten_examples_import(take: Callable[[Iterable[str]], list[Record]], db: Database) -> None:
    assert [line["result"] for line in take(EXAMPLES)] == ["imported"] * 10
    assert ledger.count(db).pending == 10
    assert journal.verify(db) == []


def test_ten_thousand_lines_import_with_a_result_for_each(
    take: Callable[[Iterable[str]], list[Record]], db: Database
) -> None:
    lines = [msgspec.json.encode(record).decode() for record in generated(PRODUCT, today(), 10_000, seed=7)]
    broken = dict(zip(range(0, 10_000, 97), _breaks() * 8, strict=False))
    for place, (path, value, _code) in broken.items():
        lines[place] = changed(path, value, place % 10)
    results = take(lines)
    assert len(results) == 10_000 and [line["line"] for line in results] == list(range(1, 10_001))
    assert {line["line"] - 1 for line in results if line["result"] == "refused"} == set(broken)
    for place, (_path, _value, code) in broken.items():
        assert code in {reason["code"] for reason in results[place]["reasons"]}, results[place]
    assert ledger.count(db).total == 10_000 - len(broken)
    assert journal.verify(db) == []


def _breaks() -> list[tuple[str, object, str]]:
    return [
        ("policyholder/name", 7, "shape_text"),
        ("policyholder/mobile", "12345678901", "shape_mobile"),
        ("policyholder/county", "110101", "county_unknown"),
        ("policyholder/industry", "mining", "shape_choice"),
        ("policyholder/surname", "示例", "shape_unknown"),
        ("policyholder/contact", ..., "shape_missing"),
        ("buyers", [], "shape_too_short"),
        ("buyers/0/credit_code", "91540234MA6T0A1B8N", "credit_code_check"),
        ("buyers/0/trade/amount_fen", "8500.00", "shape_integer"),
        ("buyers/0/trade/amount_fen", -1, "shape_too_small"),
        ("buyers/0/trade/amount_fen", 10**13, "shape_too_large"),
        ("buyers/0/trade/delivery_date", "2026-02-30", "shape_date"),
        ("buyers/0/related", "no", "shape_boolean"),
        ("business/purposes", "all", "shape_list"),
        ("cover/tier", "gold", "tier_unknown"),
        ("declarations/truthful", False, "declaration_required"),
    ]  # fmt: skip


@pytest.mark.parametrize(("path", "value", "code"), _breaks())
def test_a_wrong_field_is_refused_with_its_own_message_in_both_languages(
    take: Callable[[Iterable[str]], list[Record]], path: str, value: object, code: str
) -> None:
    (result,) = take([changed(path, value)])
    reasons = {reason["code"]: reason for reason in result["reasons"]}
    assert result["result"] == "refused" and code in reasons, result
    assert reasons[code]["path"].startswith(path.split("/")[0])
    assert reasons[code]["zh"] and reasons[code]["bo"] and reasons[code]["zh"] != reasons[code]["bo"]


def test_a_line_that_is_no_json_stops_nothing(take: Callable[[Iterable[str]], list[Record]]) -> None:
    results = take(["{", EXAMPLES[0], "[]", "\x00", EXAMPLES[1]])
    assert [line["result"] for line in results] == ["refused", "imported", "refused", "refused", "imported"]


def test_the_same_record_twice_is_already_here(take: Callable[[Iterable[str]], list[Record]], db: Database) -> None:
    line = changed("record_id", new_uuid7())
    first, second = take([line, line])
    assert (first["result"], second["result"]) == ("imported", "already_here")
    assert first["reference"] == second["reference"]
    assert ledger.count(db).total == 1


def test_the_same_record_with_other_content_is_a_conflict(take: Callable[[Iterable[str]], list[Record]]) -> None:
    record_id = new_uuid7()
    other = json.loads(changed("record_id", record_id))
    other["policyholder"]["address"] = "别的地址"
    _first, second = take([changed("record_id", record_id), json.dumps(other, ensure_ascii=False)])
    assert [reason["code"] for reason in second["reasons"]] == ["journal.other_content"]


def test_what_show_gives_fits_the_schema_and_imports_again(
    take: Callable[[Iterable[str]], list[Record]], runner: FlaskCliRunner
) -> None:
    (result,) = take(EXAMPLES[:1])
    shown = json.loads(runner.invoke(args=["application", "show", result["reference"], "--json"]).stdout)
    jsonschema.validate(shown, SCHEMA)
    assert shown["state"] == {"revision": 1, "sync": "pending", "outcome": None, "policy_number": ""}
    assert take([json.dumps(shown, ensure_ascii=False)])[0]["result"] == "already_here"


def test_list_is_json_with_numbers_masked(
    take: Callable[[Iterable[str]], list[Record]], runner: FlaskCliRunner, db: Database
) -> None:
    take(EXAMPLES)
    listed = runner.invoke(args=["application", "list", "--json"]).stdout
    assert len(json.loads(listed)) == 10
    for line in json.loads(listed):
        holder = applications.read(db, line["record_id"]).policyholder
        assert holder.id_number not in listed and holder.mobile not in listed


def test_print_writes_a_pdf_and_the_same_bytes_again(
    take: Callable[[Iterable[str]], list[Record]], runner: FlaskCliRunner, db: Database, tmp_path: Path
) -> None:
    (result,) = take(EXAMPLES[:1])
    files = [tmp_path / "one.pdf", tmp_path / "two.pdf"]
    for file in files:
        answer = runner.invoke(args=["application", "print", result["reference"], "--output", str(file)])
        assert answer.exit_code == 0, answer.output
    assert files[0].read_bytes() == files[1].read_bytes()
    kept = prints.of(db, applications.page(db)[0].record_id)
    assert [(one.about.paper, one.about.reason) for one in kept] == [
        ("application", None), ("application", PrintReason.PRINTER)
    ]  # fmt: skip
    assert 1 <= len(pypdfium2.PdfDocument(files[0])) <= 2


def test_print_takes_the_languages_asked_for(
    take: Callable[[Iterable[str]], list[Record]], runner: FlaskCliRunner, db: Database, tmp_path: Path
) -> None:
    (result,) = take(EXAMPLES[:1])
    output = ["--output", str(tmp_path / "one.pdf"), "--language-order", "bo"]
    assert runner.invoke(args=["application", "print", result["reference"], *output]).exit_code == 0
    assert prints.of(db, applications.page(db)[0].record_id)[0].about.order == "bo"


def test_an_unknown_reference_is_said_plainly(runner: FlaskCliRunner) -> None:
    answer = runner.invoke(args=["application", "show", "JL-26-0000-0000-0"])
    assert answer.exit_code == 1 and "Traceback" not in answer.output


def test_a_paper_that_cannot_be_written_is_said_plainly(
    take: Callable[[Iterable[str]], list[Record]], runner: FlaskCliRunner, tmp_path: Path
) -> None:
    (result,) = take(EXAMPLES[:1])
    output = str(tmp_path / "no such folder" / "one.pdf")
    answer = runner.invoke(args=["application", "print", result["reference"], "--output", output])
    assert answer.exit_code == 1
    assert "写不了文件" in answer.stderr
