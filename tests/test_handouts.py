"""Code lists and calendars: loaded at the hub, held by whom they concern, the newest version in use at once."""

import json
import shutil
from datetime import date
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from msgspec.structs import asdict, replace

from domain import calendar, codelist
from domain.canonical import canonical
from domain.codelist import Code
from domain.errors import Conflict, Invalid
from hub import handing_out
from hub.catalogue import load as load_product
from hub.catalogue import sign
from hub.installation import Installation
from store import calendars, codes, journal, migrations, products
from store.connection import connect
from store.rehearsal import differing
from tests.insurer import Counter
from tests.pair import Pair, new_pair
from tests.sample import PRODUCT, TODAY
from wire.entry import GENESIS, SALT_BYTES, Revision, place

FOLDER = Path(__file__).parent.parent / "handouts"
GOODS = codelist.read((FOLDER / "goods.json").read_bytes())
TRADES = codelist.read((FOLDER / "trades.json").read_bytes())
YEAR = calendar.read((FOLDER / "calendar-2026.json").read_bytes())
SHIGATSE = replace(YEAR, area="540200", origin="示例", off=(*YEAR.off, date(2026, 2, 24)))
NEWER = replace(GOODS, version=2, items=(Code(code="tea", zh="茶", bo="ཇ"),))


@pytest.fixture
def pair(tmp_path: Path) -> Pair:
    pair = new_pair(tmp_path)
    assert pair.exchange().complete
    return pair


def test_a_list_comes_down_and_its_newest_version_holds_whole(pair: Pair, tmp_path: Path):
    assert handing_out.load_codes(pair.hub, GOODS) == ["JL"]
    pair.exchange()
    assert codes.words(pair.db, "goods") == [(item.zh, item.bo) for item in GOODS.items]
    handing_out.load_codes(pair.hub, NEWER)
    handing_out.load_codes(pair.hub, TRADES)
    pair.exchange()
    assert codes.words(pair.db, "goods") == [("茶", "ཇ")]
    assert differing(pair.db, tmp_path, "") == []


def test_without_a_list_nothing_is_offered(pair: Pair):
    assert codes.words(pair.db, "goods") == []


def test_loading_twice_sends_once(pair: Pair):
    handing_out.load_codes(pair.hub, GOODS)
    assert handing_out.load_codes(pair.hub, GOODS) == []


def test_a_version_never_changes_and_never_goes_back(pair: Pair):
    handing_out.load_codes(pair.hub, NEWER)
    with pytest.raises(Conflict, match=r"handout\.other_content"):
        handing_out.load_codes(pair.hub, replace(NEWER, origin="x"))
    with pytest.raises(Conflict, match=r"handout\.older"):
        handing_out.load_codes(pair.hub, GOODS)


def test_a_calendar_goes_to_the_points_it_concerns(hub: Installation):
    Counter(hub, code="JL").enrolled()
    assert handing_out.load_calendar(hub, SHIGATSE) == ["JL"]
    assert handing_out.load_calendar(hub, replace(YEAR, area="540100")) == []


def test_a_prefectures_own_calendar_takes_the_place_of_the_one_for_all(pair: Pair, tmp_path: Path):
    assert calendars.here(pair.db) == {}
    handing_out.load_calendar(pair.hub, SHIGATSE)
    handing_out.load_calendar(pair.hub, YEAR)
    pair.exchange()
    assert calendars.here(pair.db) == {2026: SHIGATSE}
    assert differing(pair.db, tmp_path, "") == []


def test_a_point_enrolled_later_gets_the_newest_of_all(hub: Installation):
    for one in (GOODS, NEWER, TRADES):
        handing_out.load_codes(hub, one)
    handing_out.load_calendar(hub, YEAR)
    late = Counter(hub, code="ZM").enrolled()
    late.send([])
    down = [(entry.kind, entry.revision) for entry in late.down if entry.kind != "product"]
    assert down == [("calendar", 1), ("codes", 2), ("codes", 1)]


@pytest.mark.parametrize(
    ("changes", "path", "code"),
    [
        ({"items": [{"code": "a", "zh": "x", "bo": "x"}] * 2}, "items/1", "listed_twice"),
        ({"items": []}, "items", "shape_too_short"),
        ({"items": [{"code": "a b", "zh": "x", "bo": "x"}]}, "items/0/code", "shape_code"),
        ({"origin": "\u200b"}, "origin", "text_invisible"),
    ],
)
def test_it_refuses_a_list_that_could_not_be_used(changes: dict[str, object], path: str, code: str):
    body = json.dumps(json.loads((FOLDER / "goods.json").read_bytes()) | changes).encode()
    with pytest.raises(Invalid) as refused:
        codelist.read(body)
    assert (refused.value.problems[0].path, refused.value.problems[0].code) == (path, code)


def test_the_sample_lists_say_that_they_are(pair: Pair):
    for one in (GOODS, TRADES):
        assert one.sample
        assert "示例" in one.name.zh
        assert "未经审校" in one.origin


def test_fields_of_a_newer_hub_stay_in_the_journal_and_hinder_nothing(pair: Pair):
    body = canonical(json.loads((FOLDER / "goods.json").read_bytes()) | {"colour": "red"})
    entry = pair.next_from_hub(body, "codes")
    pair.line.down = pair.restated(entries=[entry])
    assert pair.exchange().received == 1
    assert len(codes.words(pair.db, "goods")) == len(GOODS.items)
    kept = journal.find(pair.db, entry.record_id)
    assert kept
    assert b"colour" in kept.body


def test_kinds_of_a_newer_hub_are_kept_and_ignored(pair: Pair, tmp_path: Path):
    entry = pair.next_from_hub(b'{"of":"tomorrow"}', "weather")
    pair.line.down = pair.restated(entries=[entry])
    assert pair.exchange().received == 1
    assert journal.find(pair.db, entry.record_id) == entry
    assert differing(pair.db, tmp_path, "") == []


def test_what_came_before_its_kind_was_known_is_used_after_the_update(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    older, db = tmp_path / "older", connect(tmp_path / "point.db")
    older.mkdir()
    for script in sorted(migrations.FOLDER.glob("*.sql"))[:6]:
        shutil.copy(script, older)
    with monkeypatch.context() as before:
        before.setattr(migrations, "FOLDER", older)
        before.setattr(journal, "rebuild", lambda _db: 0)
        migrations.migrate(db)
    codes_then = Revision(
        record_id="0" * 36, kind="codes", revision=1, form_version=1, made_at="", made_by="hub", body=canonical(GOODS)
    )
    entry = place(codes_then, producer="hub/JL", epoch="e", seq=1, prev_hash=GENESIS, salt=b"s" * SALT_BYTES)
    db.table("journal").insert(asdict(entry))
    migrations.migrate(db)
    assert len(codes.words(db, "goods")) == len(GOODS.items)
    db.conn.close()


def test_a_product_that_is_signed_but_not_whole_changes_nothing(pair: Pair):
    pair.line.down = pair.restated(
        entries=[pair.next_from_hub(canonical(sign(replace(PRODUCT, version=2, tiers=()), pair.hub.key)), "product")]
    )
    assert pair.exchange().received == 1
    assert products.in_force(pair.db, TODAY) == PRODUCT
    assert products.find(pair.db, PRODUCT.id, 2) is None


def test_quotes_use_the_newest_version_in_force_and_reprints_their_own(pair: Pair):
    second = replace(PRODUCT, version=2, valid_from=date(2026, 6, 1), valid_to=date(2027, 6, 1))
    load_product(pair.hub, second)
    pair.exchange()
    assert products.in_force(pair.db, date(2026, 5, 31)) == PRODUCT
    assert products.in_force(pair.db, TODAY) == second
    assert products.in_force(pair.db, date(2027, 6, 2)) == PRODUCT
    assert products.in_force(pair.db, date(2028, 1, 1)) is None
    assert products.find(pair.db, PRODUCT.id, 1) == PRODUCT


@pytest.fixture
def flask(hub_app: Flask, counter: Counter):
    def run(*arguments: str) -> Result:
        return hub_app.test_cli_runner().invoke(args=arguments)

    return run


def test_the_commands_load_and_list(flask):
    assert flask("codes", "load", str(FOLDER / "goods.json")).stdout == "goods  1  19  JL\n"
    assert flask("codes", "load", str(FOLDER / "goods.json")).stdout == "goods  1  19\n"
    assert flask("codes", "list").stdout == "goods  1\n"
    assert flask("calendar", "load", str(FOLDER / "calendar-2026.json")).stdout == "2026 *  1  JL\n"
    assert flask("calendar", "list").stdout == "2026  1\n"


def test_the_commands_refuse_what_they_cannot_read(flask, tmp_path: Path):
    (tmp_path / "x").write_text("{}")
    for noun in ("codes", "calendar"):
        refused = flask(noun, "load", str(tmp_path / "x"))
        assert refused.exit_code == 1
        assert refused.stderr
