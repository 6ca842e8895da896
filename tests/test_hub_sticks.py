"""The hub's desk takes bundles by upload and hands out their answers: the same code as by command."""

from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from hub import kept, stick
from hub.installation import Installation
from hub.store import bundles
from hub.store.engine import read
from tests.browser import Browser, multipart
from tests.courier import Carried, carried_at
from tests.insurer import UNDERWRITER
from tests.pair import known


@pytest.fixture
def pair(hub: Installation, tmp_path: Path) -> Carried:
    """A point of this hub, and somebody who carries its files."""
    pair = carried_at(hub, tmp_path / "point", "JL")
    pair.stick.mkdir()
    return pair


def upload(browser: Browser, *files: Path):
    sent = [(file.read_bytes(), file.name) for file in files]
    return browser.post("/sticks", **multipart({"csrf_token": browser.csrf_token()}, sent))


def test_what_is_uploaded_is_taken_and_its_answer_comes_down(desk: Browser, pair: Carried):
    entries = pair.submit(2)
    (file,) = pair.out()
    page = upload(desk, file).text
    assert "收下 2 条" in page and UNDERWRITER in page and "示例服务点" in page
    assert pair.at_the_hub() == known(entries)
    answer = desk.submit(f"/sticks/answers/{file.name}")
    name = file.name.replace(".age", ".return.age")
    assert answer.headers["Content-Disposition"] == f"attachment; filename={name}"
    (pair.stick / name).write_bytes(answer.data)
    assert pair.home()[0].confirmed == 2


def test_each_file_has_its_own_result_and_one_bad_file_stops_no_other(desk: Browser, pair: Carried):
    pair.submit(1)
    (good,) = pair.out()
    scrap = pair.stick / "TSHEG_JL_x_1-2.age"
    scrap.write_bytes(b"scrap")
    page = upload(desk, scrap, good).text
    assert "数据包不完整或有改动" in page and "收下 1 条" in page
    with read(pair.hub.engine) as connection:
        taken = bundles.newest(connection)
    assert {(one.file, one.entries, one.problem, one.taken_by) for one in taken} == {
        (good.name, 1, "", UNDERWRITER),
        (scrap.name, 0, "stick.unreadable", UNDERWRITER),
    }


def test_a_name_people_gave_a_file_is_shown_to_them_and_not_kept(desk: Browser, pair: Carried):
    own = pair.stick / "private name.age"
    own.write_bytes(b"x")
    assert "private name.age" in upload(desk, own).text
    assert "private name.age" not in desk.get("/sticks").text


def test_an_answer_is_not_mistaken_for_a_bundle(desk: Browser, pair: Carried):
    pair.submit(1)
    upload(desk, *pair.out())
    (back,) = pair.back()
    assert "这是要带回服务点的回执" in upload(desk, back).text


def test_the_same_bundle_twice_changes_nothing_but_the_list(desk: Browser, pair: Carried):
    pair.submit(1)
    (file,) = pair.out()
    assert "收下 1 条" in upload(desk, file).text
    assert "收下 1 条" in upload(desk, file).text
    assert len(pair.at_the_hub()) == 1
    assert [str(name) for name, _ in kept.newest(pair.hub)] == [file.name]


@pytest.mark.parametrize("file", ["TSHEG_JL_x_1-2.age", "..%2Fkeys%2Fage.key", "x"])
def test_there_is_no_answer_to_what_was_not_taken(desk: Browser, pair: Carried, file: str):
    assert desk.submit(f"/sticks/answers/{file}").status_code == 404


def test_nothing_chosen_is_said(desk: Browser):
    assert "请先选择文件" in desk.submit("/sticks").text


def test_large_bundles_are_taken_from_those_who_are_signed_in_and_bounded(desk: Browser, hub_app: Flask, pair: Carried):
    large = pair.stick / "x.age"
    large.write_bytes(b"x" * (2 << 20))
    assert "数据包不完整或有改动" in upload(desk, large).text
    assert desk.submit("/session/end", much="x" * (2 << 20)).status_code == 413
    stranger = Browser(hub_app)
    assert upload(stranger, large).location.startswith("/session/new")


def test_what_was_taken_half_a_year_ago_is_forgotten_and_harmless(pair: Carried, monkeypatch: pytest.MonkeyPatch):
    pair.submit(1)
    pair.out()
    pair.at_hub()
    monkeypatch.setattr(bundles, "KEPT", timedelta(days=-1))
    assert stick.take_files(pair.hub, []) == []
    assert kept.newest(pair.hub) == []
    with read(pair.hub.engine) as connection:
        assert bundles.newest(connection) == []
    monkeypatch.undo()
    assert [one.problem for one in pair.at_hub()] == [""]
    assert len(pair.at_the_hub()) == 1
    pair.back()
    assert pair.home()[0].confirmed == 1


def test_a_kept_bundle_that_was_damaged_since_keeps_back_no_answer_to_another(pair: Carried, desk: Browser):
    pair.submit(1)
    pair.round()
    (first,) = (str(name) for name, _ in kept.newest(pair.hub))
    (pair.hub.settings.sticks / "TSHEG_JL_pictures_1-1.age").write_bytes(b"scrap")
    assert desk.submit(f"/sticks/answers/{first}").status_code == 200
    assert [path.name for path in pair.back()] == [first.replace(".age", ".return.age")]
    assert desk.submit("/sticks/answers/TSHEG_JL_pictures_1-1.age").status_code == 422
