"""`flask restore-from-paper`: fifty records from their images on an empty machine, and a plain word for each paper."""

import io
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from msgspec.structs import replace
from PIL import Image
from sqlite_utils import Database

import imprint
from domain.application import Application
from domain.errors import FieldError
from printing import qr
from store import applications, journal, ledger
from tests import stains
from tests.enrolment import enrol
from tests.formed import alike, leaves
from tests.imprints import STAMP, entry, file, page, scanned, taken
from wire.entry import Entry, Revision

SCANS = [("PNG", 150, -3), ("JPEG", 200, 0), ("WEBP", 300, 3)]
Run = Callable[..., Result]
RECORDS = taken(4)


def dated(records: Sequence[Application]) -> list[Entry]:
    """Return *records* as they were submitted, one a minute."""
    return [entry(record, made_at=f"2026-11-20T03:{minute:02}:05Z") for minute, record in enumerate(records)]


ENTRIES = dated(RECORDS)


@pytest.fixture
def run(app: Flask, db: Database) -> Run:
    """Restore on an empty machine that has been enrolled again, and not exchanged anything."""
    enrol(db, product=None)
    runner = app.test_cli_runner()
    return lambda *paths, typed=None: runner.invoke(args=["restore-from-paper", *map(str, paths)], input=typed)


def pdf(pages: Sequence[Image.Image], dpi: int) -> bytes:
    data = io.BytesIO()
    pages[0].save(data, "PDF", resolution=dpi, save_all=True, append_images=pages[1:])
    return data.getvalue()


def side_by_side(leaves: Sequence[Image.Image]) -> Image.Image:
    """Return pages on one large glass, two beside each other."""
    wide, high = leaves[0].size
    glass = Image.new("L", (2 * wide, -(-len(leaves) // 2) * high), "white")
    for number, leaf in enumerate(leaves):
        glass.paste(leaf, (number % 2 * wide, number // 2 * high))
    return glass


def is_same(now: Entry | None, before: Entry) -> bool:
    fields = (*Revision.__struct_fields__, "salt")
    return all(getattr(now, name) == getattr(before, name) for name in fields)


def test_fifty_records_come_back_from_their_images_equal_in_every_field(run: Run, db: Database, tmp_path: Path) -> None:
    folder, entries = tmp_path / "scans", dated(alike(50))
    folder.mkdir()
    for number, (kind, dpi, angle) in enumerate(SCANS):
        for one, leaf in enumerate(leaves(entries[4 * number : 4 * number + 4], dpi)):
            (folder / f"{dpi}-{one}.{kind.lower()}").write_bytes(file(stains.scanned(leaf, angle), kind))
    flat = [*leaves(entries[12:], 150)]
    for number in range(0, 20, 4):
        (folder / f"pile-{number}.PNG").write_bytes(file(side_by_side(flat[number : number + 4])))
    (tmp_path / "archive.pdf").write_bytes(pdf([side_by_side(flat[at : at + 4]) for at in range(20, 38, 4)], 150))
    (folder / "notes.txt").write_text("no picture")
    done = run(tmp_path / "archive.pdf", folder)
    assert done.exit_code == 0, done.output
    assert done.stdout.count("已恢复：申请") == 50
    assert "已恢复 50 份，本机原有 0 份，没有恢复 0 份" in done.stdout
    assert all(is_same(journal.find(db, one.record_id), one) for one in entries)
    assert ledger.count(db).total == 50
    assert [one.record_id for one in applications.page(db, limit=50)] == [one.record_id for one in entries][::-1]


def test_each_paper_is_told_what_became_of_it_in_both_languages(run: Run, db: Database, tmp_path: Path) -> None:
    known, corrected, fresh, torn = ENTRIES[0], entry(RECORDS[1], 2), ENTRIES[2], ENTRIES[3]
    run(typed="\n".join(imprint.written(known) + imprint.written(corrected)))
    codes = {"known": imprint.written(known), "older": imprint.written(ENTRIES[1]), "fresh": imprint.written(fresh),
             "torn": imprint.written(torn)[:1]}  # fmt: skip
    for name, written in codes.items():
        (tmp_path / f"{name}.png").write_bytes(file(page(written, 200)))
    done = run(*(tmp_path / f"{name}.png" for name in codes))
    assert done.exit_code == 1
    reference = {
        one.record_id: str(applications.read(db, one.record_id).reference) for one in (known, corrected, fresh)
    }
    for said in (
        f"known.png  {reference[known.record_id][6:15]}  本机已有，内容相同：申请{reference[known.record_id]}，第1版",
        f"本机已有更新的一版，没有改动：申请{reference[corrected.record_id]}，打印件是第1版",
        f"已恢复：申请{reference[fresh.record_id]}，第1版",
        "已恢复 1 份，本机原有 2 份，没有恢复 1 份",
    ):
        assert said in done.stdout
    assert "torn.png" in done.stderr and "读到任意2张就够，已读到第1张" in done.stderr
    assert "སླར་གསོ" in done.stdout and "གཞི་གྲངས་ཨང་རྟགས" in done.stderr
    assert journal.find(db, torn.record_id) is None


def test_the_order_of_papers_and_their_revisions_does_not_matter(run: Run, db: Database, tmp_path: Path) -> None:
    newer = entry(RECORDS[0], 2)
    (tmp_path / "a.png").write_bytes(file(scanned([newer, ENTRIES[1], ENTRIES[0]], 200)))
    assert run(tmp_path).exit_code == 0
    assert [one.revision for one in journal.revisions(db, newer.record_id)] == [1, 2]
    size = journal.size(db)
    again = run(tmp_path, tmp_path / "a.png")
    assert again.exit_code == 0 and "本机原有 3 份" in again.stdout
    assert journal.size(db) == size


def test_a_gun_types_any_half_of_the_codes_line_by_line(run: Run, db: Database) -> None:
    first, second = (imprint.written(one) for one in ENTRIES[:2])
    typed = [first[3], first[3], second[0], "6901234567892", first[1][:-1], first[0], second[2], second[1], ""]
    done = run(typed="\r\n".join(typed))
    assert done.stderr.count("这一张已经读过了") == 1
    assert done.stderr.count("这不是打印件上的数据码") == 1
    assert done.stderr.count("没有读完整") == 1
    assert all(journal.find(db, one.record_id) for one in ENTRIES[:2])


def test_what_is_missing_of_a_paper_may_lie_in_another_file(run: Run, db: Database, tmp_path: Path) -> None:
    codes = imprint.written(ENTRIES[0])
    for number, half in enumerate((codes[:1], codes[-1:])):
        (tmp_path / f"{number}.png").write_bytes(file(page(half, 200)))
    done = run(tmp_path)
    assert done.exit_code == 0 and "0.png, 1.png" in done.stdout
    assert is_same(journal.find(db, ENTRIES[0].record_id), ENTRIES[0])


@pytest.mark.parametrize(("data", "said"), [
    (b"%PDF-1.7 of nothing", "这个PDF打不开"), (b"no picture", "不是能读的照片"),
    (file(Image.new("L", (300, 200), "white")), "没有找到打印件上的数据码"), (b"", "不是能读的照片"),
])  # fmt: skip
def test_a_file_without_codes_is_named_with_its_reason_and_the_others_go_on(
    run: Run, db: Database, tmp_path: Path, data: bytes, said: str
) -> None:
    (tmp_path / "1.png").write_bytes(data)
    (tmp_path / "2.png").write_bytes(file(page(imprint.written(ENTRIES[0]), 200)))
    done = run(tmp_path / "1.png", tmp_path / "2.png")
    assert done.stderr.count("1.png") == 1 and said in done.stderr
    assert done.exit_code == 1 and "有 1 个文件没有读出" in done.stdout
    assert journal.find(db, ENTRIES[0].record_id)


def headed(record: Application) -> bytes:
    """Return a page that says only whose it is, as the first of a form does."""
    return file(page([qr.content(str(record.reference), bytes(32))], 200))


def test_a_page_without_data_of_a_record_that_came_back_is_no_error(run: Run, tmp_path: Path) -> None:
    (tmp_path / "1.png").write_bytes(headed(RECORDS[0]))
    (tmp_path / "2.png").write_bytes(file(page(imprint.written(ENTRIES[0]), 200)))
    done = run(tmp_path)
    assert (done.exit_code, done.stderr) == (0, "")
    assert run(tmp_path / "1.png").exit_code == 0


def test_a_page_without_data_of_a_record_that_is_not_here_is_named(run: Run, tmp_path: Path) -> None:
    (tmp_path / "1.png").write_bytes(headed(RECORDS[0]))
    (tmp_path / "2.png").write_bytes(file(page(imprint.written(ENTRIES[1]), 200)))
    (tmp_path / "3.png").write_bytes(headed(RECORDS[0]))
    done = run(tmp_path)
    assert done.exit_code == 1
    assert "已恢复 1 份，本机原有 0 份，没有恢复 1 份" in done.stdout and "没有读出" not in done.output
    said = f"{RECORDS[0].reference}：这张纸上没有数据码，数据码在最后一页"
    assert done.stderr.count(said) == 1 and "1.png, 3.png" in done.stderr and "ཤོག་ངོས་མཐའ་མ" in done.stderr


def test_a_page_without_data_says_nothing_beside_what_is_said_of_its_codes(run: Run, tmp_path: Path) -> None:
    (tmp_path / "1.png").write_bytes(headed(RECORDS[0]))
    (tmp_path / "2.png").write_bytes(file(page(imprint.written(ENTRIES[0])[:1], 200)))
    done = run(tmp_path)
    assert done.exit_code == 1 and "没有恢复 1 份" in done.stdout
    assert "还差1张" in done.stderr and "这张纸上没有数据码" not in done.stderr


@pytest.mark.parametrize("written", ["TSHEG:1:JL-26-0000-0000-0:00", "TSHEG:1:\x1b[2J:00", "https://example.cn"])
def test_a_code_that_names_no_record_counts_for_nothing(run: Run, tmp_path: Path, written: str) -> None:
    (tmp_path / "1.png").write_bytes(file(page([written], 200)))
    done = run(tmp_path)
    assert done.exit_code == 1 and "没有找到打印件上的数据码" in done.stderr and "\x1b" not in done.output


def test_of_a_broken_file_of_several_pages_the_reason_is_said_once(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "1.pdf").write_bytes(pdf([Image.new("L", (300, 200), "white")] * 3, 72))
    monkeypatch.setattr("pictures.reading.texts", unreadable)
    done = run(tmp_path)
    assert done.exit_code == 1 and done.stderr.count("1.pdf") == 1


def unreadable(*_: object, **_more: object) -> list[str]:
    raise FieldError("picture.unreadable")


def test_what_is_refused_of_a_paper_is_said_once_however_many_of_its_codes_are_typed(run: Run) -> None:
    record = RECORDS[0]
    foreign = entry(replace(record, point=replace(STAMP, code="NLZX")))
    done = run(typed="\n".join(imprint.written(foreign)))
    assert done.exit_code == 1 and done.stderr.count("这是服务点NLZX的打印件") == 1
    assert "没有恢复 1 份" in done.stdout


def test_before_enrolment_it_says_what_to_do_first(app: Flask, tmp_path: Path) -> None:
    (tmp_path / "1.png").write_bytes(file(page(imprint.written(ENTRIES[0]), 200)))
    done = app.test_cli_runner().invoke(args=["restore-from-paper", str(tmp_path)])
    assert done.exit_code == 1 and "还没有在保险公司平台登记" in done.stderr


def test_no_name_of_anybody_is_printed(run: Run, tmp_path: Path) -> None:
    (tmp_path / "1.png").write_bytes(file(page(imprint.written(ENTRIES[0]), 200)))
    output = run(tmp_path).output
    holder = RECORDS[0].policyholder
    assert not [text for text in (holder.name, holder.id_number, holder.mobile, holder.contact) if text in output]
