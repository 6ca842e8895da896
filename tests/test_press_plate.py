"""A plate holds everything but the values, and a document is the plate with them: checked by other readers' eyes."""

import re
import subprocess
from io import BytesIO

import msgspec
import pypdfium2
import pytest

from printing.press.composing import Stick
from printing.press.document import Document
from printing.press.plate import Plate
from printing.press.platemaker import make
from printing.press.platestore import Plates
from printing.render import compose
from tests.papers import PLATES, family
from tests.pressed import one, plate_of, pressed, sheet, tibetan
from tests.read_aloud import read_aloud

SECRET = "秘密的名字"


def text(pdf):
    document = pypdfium2.PdfDocument(BytesIO(pdf))
    return "".join(page.get_textpage().get_text_bounded() for page in document).replace("\r\n", "\n")


def tool(*command, data=None):
    return subprocess.run(command, input=data, capture_output=True, check=True).stdout


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "paper.pdf"
    return lambda pdf: path.write_bytes(pdf) and str(path)


def test_a_value_stands_in_its_place():
    assert "标签\n西藏示例 1,234.00" in text(one("西藏示例 1,234.00"))


def test_no_mark_is_left_where_a_value_is_empty():
    assert "〓" not in text(one(""))


def test_what_needs_more_lines_gets_them():
    name = "西藏示例高原特色畜产品边境贸易供应链管理有限责任公司"
    assert name in "".join(text(one(name, most=3)).split())


def test_each_line_has_a_baseline_of_its_own():
    stick = Stick({0: 3})
    [place] = make(sheet(f"<p>{stick.put('甲', most=3)}</p>")).places
    first, second, third = place.baselines.values()
    assert (second - first, third - second) == pytest.approx((24, 24), abs=0.1)


def test_the_plate_knows_nothing_of_the_values():
    plate = plate_of(SECRET)
    kept = msgspec.msgpack.encode(plate)
    assert SECRET.encode() not in kept
    assert make(sheet(f"<p>标签{Stick().put('别的')}</p>")) == plate


def test_a_plate_is_kept_and_found_again_without_being_laid_out(tmp_path, monkeypatch):
    html = sheet(f"<p>{Stick().put('甲')}</p>")
    made = Plates(tmp_path).of(html)
    monkeypatch.setattr("printing.press.platemaker.make", pytest.fail)
    assert Plates(tmp_path).of(html) == made


@pytest.mark.parametrize("damage", [b"", b"\x00" * 100, b"\x93"])
def test_a_damaged_plate_is_made_again(tmp_path, damage):
    html = sheet(f"<p>{Stick().put('甲')}</p>")
    made = Plates(tmp_path).of(html)
    [kept] = tmp_path.iterdir()
    kept.write_bytes(damage)
    assert Plates(tmp_path).of(html) == made


def test_a_folder_that_cannot_be_written_stops_no_print(tmp_path):
    (tmp_path / "file").write_text("")
    assert isinstance(Plates(tmp_path / "file" / "below").of(sheet(f"<p>{Stick().put('甲')}</p>")), Plate)


def test_the_same_values_give_the_same_bytes():
    assert one("甲") == one("甲")
    assert one("甲") != one("乙")


def test_it_is_whole_to_another_reader(file):
    assert b"No syntax or stream encoding errors" in tool("qpdf", "--check", file(one("甲")))


def spoken(body):
    """Return the kinds and texts of all that is read aloud of *body*, but for what has no text of its own."""
    return [(one.kind, one.text) for one in read_aloud(pressed(body)) if one.text]


def test_a_table_with_heads_is_read_as_one():
    def body(stick):
        return f"<h1>标题</h1><table><tr><th scope='row'>名称</th><td>{stick.put(tibetan('བོད'))}</td></tr></table>"

    assert spoken(body) == [("H1", "标题"), ("TH", "名称"), ("TD", "བོད")]
    assert [one.kind for one in read_aloud(pressed(body))] == ["Document", "H1", "Table", "TR", "TH", "TD"]


def test_a_label_and_its_value_are_read_together_in_a_table_without_heads():
    def body(stick):
        label = "<div>标签<span lang='bo'>མིང</span></div>"
        cells = (f"<td>{label}{stick.put(said)}</td>" for said in ("甲", tibetan("བོད"), ""))
        return f"<table><tr>{''.join(cells)}</tr></table>"

    assert spoken(body) == [("P", "标签 མིང 甲"), ("P", "标签 མིང བོད"), ("P", "标签 མིང")]


def test_what_a_cell_holds_is_read_as_what_it_is():
    def body(stick):
        return f"<table><tr><td><p>一</p><p>二{stick.put('甲')}</p></td><td></td></tr></table>"

    assert spoken(body) == [("P", "一"), ("P", "二 甲")]


def test_only_cells_of_tables_may_be_empty():
    for paper in family().values():
        pieces = (
            b"".join(part for part in one.parts if isinstance(part, bytes))
            for one in compose(paper, "zh_first", PLATES).plate.pieces
        )
        assert {one for one in pieces if b"/K []" in one and b"/TD" not in one and b"/TH" not in one} == set()


def test_what_is_tibetan_is_read_as_tibetan(file):
    pdf = file(pressed(lambda stick: f'<h1 lang="bo">བོད</h1>{stick.put("")}'))
    content = tool("qpdf", "--qdf", "--object-streams=disable", pdf, "-")
    assert re.findall(rb"/Span <</Lang \(bo\)>> BDC\n.*\n?/bod400", content)


def test_the_foot_of_a_page_is_not_read_aloud():
    foot = "<style>@page { @bottom-center { content: element(f) } } .f { position: running(f) }</style>"
    read = str(spoken(lambda stick: f"{foot}<div class='f'>脚注</div><h1>标题</h1>{stick.put('甲')}"))
    assert "标题" in read
    assert "脚注" not in read


def test_a_record_travels_inside(file, tmp_path):
    stick = Stick()
    plate = make(sheet(f"<h1>样张</h1>{stick.put('甲')}"))
    document = Document("样张", "zh-CN")
    document.add(plate, stick.fitted(plate), [])
    document.attach("JL-26.json", b'{"a":1}')
    path = file(document.file())
    assert tool("qpdf", "--show-attachment=JL-26.json", path) == b'{"a":1}'
    tool("pdfdetach", "-save", "1", "-o", str(tmp_path / "out"), path)
    assert (tmp_path / "out").read_bytes() == b'{"a":1}'


def test_copies_in_one_document_share_what_they_can():
    stick = Stick()
    plate = make(sheet(f"<h1>样张标题</h1>{stick.put('甲')}"))
    document = Document("样张", "zh-CN")
    for _ in range(10):
        document.add(plate, stick.fitted(plate), [])
    ten = document.file()
    assert len(ten) < 3 * len(one("甲"))
    assert text(ten).count("样张标题") == 10


def test_a_line_of_tibetan_that_begins_with_digits_is_read_as_tibetan(file):
    pdf = file(pressed(lambda stick: f'<p lang="bo">400 བོད</p>{stick.put("")}'))
    content = tool("qpdf", "--qdf", "--object-streams=disable", pdf, "-")
    assert re.findall(rb"/Span <</Lang \(bo\)>> BDC\n.*\n?/bod400", content)
