"""``flask sync export`` and ``sync import`` on both sides, as people type them."""

import json
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlite_utils import Database

from hub import create_app as create_hub
from settings import Settings
from store import ledger
from store.connection import write
from sync.enrolment import read_document, take
from tests import insurer
from tests.online import hub_for, submit

NOBODY = "http://127.0.0.1:9"


@pytest.fixture
def usb(tmp_path: Path) -> Path:
    """A stick."""
    folder = tmp_path / "usb"
    folder.mkdir()
    return folder


@pytest.fixture
def point(app: Flask):
    return lambda *arguments: app.test_cli_runner().invoke(args=["sync", *map(str, arguments)])


@pytest.fixture
def insurers(tmp_path: Path):
    app = create_hub(insurer.settings(tmp_path / "hub"))
    insurer.with_product(app.config["INSTALLATION"])
    return lambda *arguments: app.test_cli_runner().invoke(args=[str(one) for one in arguments])


@pytest.fixture
def enrolled(app: Flask, db: Database, insurers) -> None:
    """The document goes from one command to the other."""
    key = json.loads(app.test_cli_runner().invoke(args=["point", "request"]).stdout)["public_key"]
    words = (
        "--name",
        "示例服务点",
        "--kind",
        "cooperative",
        "--county",
        "540234",
        "--public-key",
        key,
        "--url",
        NOBODY,
    )
    printed = insurers("point", "enrol", "JL", *words).stdout
    assert json.loads(printed)["hub_seal"].startswith("age1")
    with write(db):
        take(db, read_document(printed.encode()))


def test_four_commands_bring_everything_there_and_the_answer_back(enrolled, point, insurers, db: Database, usb: Path):
    submit(db, 2)
    out = point("export", usb)
    assert (out.exit_code, "已写入U盘并核对 2 条" in out.stdout) == (0, True)
    there = insurers("sync", "import", usb)
    assert (there.exit_code, "收下 2 条" in there.stdout) == (0, True)
    back = insurers("sync", "export", usb)
    assert (back.exit_code, ".return.age" in back.stdout) == (0, True)
    home = point("import", usb)
    assert (home.exit_code, "保险公司新确认 2 条" in home.stdout) == (0, True)
    assert ledger.count(db).confirmed == 2


def test_it_says_what_is_wrong_and_fails(enrolled, point, insurers, db: Database, usb: Path):
    submit(db)
    point("export", usb)
    (file,) = usb.iterdir()
    file.write_bytes(file.read_bytes()[:-1])
    for done, said in ((insurers("sync", "import", usb), "不完整"), (point("import", usb), "没有数据包")):
        assert (done.exit_code, said in done.stderr) == (1, True)
    assert insurers("sync", "export", usb).exit_code == 1
    assert point("export", usb / "nowhere").exit_code == 2


def test_before_enrolment_nothing_leaves(point, usb: Path):
    done: Result = point("export", usb)
    assert (done.exit_code, "还没有在保险公司平台登记" in done.stderr) == (1, True)
    assert list(usb.iterdir()) == []


def test_a_point_enrolled_before_sticks_learns_whom_to_seal_for_in_its_next_exchange(
    settings: Settings, db: Database, point, usb: Path, tmp_path: Path
):
    with hub_for(settings, tmp_path / "online") as hub:
        document = {name: value for name, value in json.loads(hub.document).items() if name != "hub_seal"}
        with write(db):
            take(db, read_document(json.dumps(document).encode()))
        refused = point("export", usb)
        assert (refused.exit_code, "加密公钥" in refused.stderr) == (1, True)
        assert point().exit_code == 0
    assert point("export", usb).exit_code == 0


def test_sync_alone_is_still_one_exchange(enrolled, point, db: Database):
    submit(db)
    done: Result = point()
    assert (done.exit_code, "连不上" in done.stderr) == (1, True)


def test_the_page_says_what_is_on_the_stick(enrolled, point, signed_in, db: Database, usb: Path):
    submit(db)
    assert "已写入U盘" not in signed_in.get("/sync").text
    point("export", usb)
    text = signed_in.get("/sync").text
    assert "已写入U盘" in text
    assert "导出到U盘" in text
    assert "已写入U盘" in signed_in.get("/applications").text
