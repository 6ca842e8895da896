"""By stick from the page: what is said is what is on the medium, and what comes back is believed as by command."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from flask import Flask
from msgspec.structs import replace
from sqlite_utils import Database

import hub.stick
import hub.stick_back
from settings import Settings
from store import bundle_files, installation, ledger
from store.connection import write
from sync.enrolment import read_document, take
from sync.media import media
from tests.browser import Browser, multipart
from tests.online import Hub, hub_for, submit

MOUNTED = "36 35 {numbers} / {folder} rw,nosuid - vfat {device} rw"


@pytest.fixture
def tmp_path(disk: Path) -> Path:
    """Where the point's data is."""
    return disk


@pytest.fixture
def usb() -> Iterator[Path]:
    """A folder that is not on the disk of the point's data, as a stick is not."""
    with TemporaryDirectory(dir="/dev/shm") as folder:
        yield Path(folder)


@pytest.fixture
def settings(settings: Settings, usb: Path) -> Settings:
    """A point that was told where its stick is."""
    object.__setattr__(settings, "stick", usb)
    return settings


@pytest.fixture
def hub_(settings: Settings, app: Flask, db: Database, tmp_path: Path) -> Iterator[Hub]:
    """A hub that cannot be reached but by stick."""
    with hub_for(settings, tmp_path / "hub") as hub_:
        with write(db):
            take(db, read_document(hub_.document))
            installation.enrol(db, replace(installation.get(db), hub_url="http://127.0.0.1:9"))
        yield hub_


def answered(hub_: Hub, usb: Path) -> list[Path]:
    """Let the hub take what is on the stick and write its answers there."""
    assert [one.problem for one in hub.stick.take(hub_.installation, usb)] == [""]
    return hub.stick_back.give(hub_.installation, usb)


def upload(browser: Browser, *files: tuple[bytes, str]):
    """Send files as the form does."""
    return browser.post("/sync/stick/upload", **multipart({"csrf_token": browser.csrf_token()}, files))


def test_a_button_writes_to_the_stick_and_then_says_so(signed_in: Browser, hub_: Hub, db: Database, usb: Path):
    submit(db, 2)
    said = signed_in.submit("/sync/stick/export", folder=usb).text
    (file,) = usb.iterdir()
    assert f"已写入U盘并核对：2 条 · {file.name}" in said
    assert ledger.count(db).carried == 2


def test_what_came_back_on_the_stick_is_taken_by_a_button(signed_in: Browser, hub_: Hub, db: Database, usb: Path):
    submit(db, 2)
    signed_in.submit("/sync/stick/export", folder=usb)
    assert "还没有等到回执的" in signed_in.get("/sync/stick").text
    answered(hub_, usb)
    said = signed_in.submit("/sync/stick/import", folder=usb).text
    assert "保险公司新确认 2 条，发来 3 条" in said
    assert "还没有等到回执的" not in said
    assert ledger.count(db).confirmed == 2


def test_what_is_downloaded_is_never_called_on_the_stick(signed_in: Browser, hub_: Hub, db: Database, usb: Path):
    submit(db, 2)
    page = signed_in.submit("/sync/stick/download").text
    (ready,) = bundle_files.awaited(db)
    assert f"/sync/stick/download/{ready.name}" in page
    assert "还没有等到回执的" not in page
    fetched = signed_in.submit(f"/sync/stick/download/{ready.name}")
    assert (len(fetched.data), fetched.headers["Content-Disposition"]) == (
        ready.bytes,
        f"attachment; filename={ready.name}",
    )
    page = signed_in.get("/sync/stick").text
    assert "已下载，今天" in page
    assert "已写入U盘" not in page
    assert ledger.count(db).carried == 0


def test_a_download_is_carried_to_the_hub_and_its_answer_uploaded(
    signed_in: Browser, hub_: Hub, db: Database, usb: Path
):
    submit(db, 2)
    signed_in.submit("/sync/stick/download")
    (ready,) = bundle_files.awaited(db)
    (usb / ready.name).write_bytes(signed_in.submit(f"/sync/stick/download/{ready.name}").data)
    (back,) = answered(hub_, usb)
    said = upload(signed_in, (back.read_bytes(), back.name), (b"scrap", "photo (1).age")).text
    assert "保险公司新确认 2 条" in said
    assert "photo (1).age" in said and "数据包不完整或有改动" in said
    assert (ledger.count(db).confirmed, bundle_files.awaited(db)) == (2, [])


def test_a_bundle_on_its_way_out_is_not_mistaken_for_an_answer(signed_in: Browser, hub_: Hub, db: Database, usb: Path):
    submit(db)
    signed_in.submit("/sync/stick/export", folder=usb)
    (out,) = usb.iterdir()
    assert "这是要送去保险公司的数据包" in upload(signed_in, (out.read_bytes(), out.name)).text


def test_an_old_download_gives_way_to_a_new_one(signed_in: Browser, hub_: Hub, db: Database, settings: Settings):
    submit(db)
    signed_in.submit("/sync/stick/download")
    (old,) = bundle_files.awaited(db)
    submit(db)
    signed_in.submit("/sync/stick/download")
    (new,) = bundle_files.awaited(db)
    assert [file.name for file in settings.bundles.iterdir()] == [new.name]
    assert signed_in.submit(f"/sync/stick/download/{old.name}").status_code == 404


def test_a_stick_that_was_pulled_out_is_asked_for(signed_in: Browser, hub_: Hub, db: Database, usb: Path):
    submit(db)
    answer = signed_in.submit("/sync/stick/export", folder="/media/elsewhere")
    assert (answer.status_code, "这个U盘已经拔出" in answer.text) == (404, True)
    assert ledger.count(db).carried == 0


def test_nothing_chosen_is_said(signed_in: Browser, hub_: Hub):
    assert "请先选择文件" in upload(signed_in, (b"", "")).text


def test_large_files_are_taken_from_those_who_are_signed_in_and_bounded(
    app: Flask, client: Browser, signed_in: Browser, hub_: Hub
):
    two_megabytes = (b"x" * (2 << 20), "x.age")
    assert "数据包不完整或有改动" in upload(signed_in, two_megabytes).text
    assert upload(client, two_megabytes).status_code == 413
    assert signed_in.submit("/sync/stick/export", folder="x" * (2 << 20)).status_code == 413


def test_a_named_folder_on_the_systems_own_disk_is_no_stick(tmp_path: Path):
    assert media(tmp_path, tmp_path, mounts=tmp_path / "none") == []
    assert media(tmp_path, tmp_path / "gone", mounts=tmp_path / "none") == []


@pytest.mark.parametrize(
    ("device", "removable", "bus", "seen"),
    [
        ("sdb1", "1", "pci0", True),
        ("sdb1", "0", "usb2", True),
        ("sdb1", "0", "pci0", False),
        ("tmpfs", "", "pci0", False),
    ],
)
def test_a_stick_is_a_mounted_medium_that_can_be_pulled_out(
    tmp_path: Path, device: str, removable: str, bus: str, seen: bool
):
    folder = tmp_path / "media" / "MY STICK"
    folder.mkdir(parents=True)
    disk = tmp_path / bus / "block" / "sdb"
    (disk / "sdb1").mkdir(parents=True)
    (disk / "removable").write_text(removable)
    (tmp_path / "class").mkdir()
    (tmp_path / "class" / "sdb1").symlink_to(disk / "sdb1")
    mounts = tmp_path / "mountinfo"
    mounts.write_text(
        MOUNTED.format(numbers="8:17", folder=str(folder).replace(" ", r"\040"), device=f"/dev/{device}") + "\nshort\n"
    )
    found = media(tmp_path, None, mounts, tmp_path / "class", (tmp_path / "media",))
    assert [one.name for one in found] == (["MY STICK"] if seen else [])
    assert media(tmp_path, None, mounts, tmp_path / "class", (tmp_path / "mnt",)) == []
