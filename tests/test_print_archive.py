"""Papers last: PDF/A-3u with the record inside, tagged, readable by programs that are not ours. docs/pdf-a.md."""

import re
import subprocess
from dataclasses import replace

import pdfluent
import pytest

from domain.canonical import canonical
from domain.characters import HAN, TIBETAN
from i18n import TAGS, text
from printing.bilingual import ORDERS
from printing.render import compose, render_all
from tests import ink
from tests.papers import PLATES, REFERENCE, family, form, printed, with_buyers
from tests.read_aloud import read_aloud

NAMES = list(family())
RECORD = canonical(with_buyers(5))
EXPANDED = ("--qdf", "--object-streams=disable")
WHITE = re.compile(r"\s")


def tool(*command):
    return subprocess.run(command, capture_output=True, check=True).stdout


@pytest.fixture
def file(tmp_path):
    def file(pdf):
        path = tmp_path / "paper.pdf"
        path.write_bytes(pdf)
        return str(path)

    return file


def carrying(*records):
    """Return a document of forms that carry *records*, by name."""
    papers = [replace(form(), reference=name, attached=data) for name, data in records]
    return render_all(papers, "zh_first", plates=PLATES)


def complaints(path):
    return [f"{issue.rule}: {issue.message}" for issue in pdfluent.validate_pdfa(path).issues]


@pytest.mark.parametrize("name", NAMES)
def test_a_validator_finds_every_paper_to_be_pdf_a_3u(name, file):
    for order in ORDERS:
        path = file(printed(name, order))
        report = pdfluent.validate_pdfa(path)
        assert (complaints(path), report.is_compliant) == ([], True), order
        assert report.pdfa_level.upper().endswith("3U")


def test_so_is_a_pile_of_papers_that_carry_their_records(file):
    assert complaints(file(carrying(("JL-1", RECORD), ("JL-2", b"{}")))) == []


@pytest.mark.parametrize(
    "missing", [b"/OutputIntents", b"/Metadata ", b"/ID ", b"/FontFile3", b"pdfaid:part", b"/AF ", b"/AFRelationship"]
)
def test_the_validator_refuses_it_without_what_the_standard_asks_for(missing, file, tmp_path):
    path = str(tmp_path / "whole.pdf")
    tool("qpdf", *EXPANDED, file(carrying(("JL-1", RECORD))), path)
    assert complaints(path) == []
    data = (tmp_path / "whole.pdf").read_bytes()
    assert missing in data
    broken = file(data.replace(missing, missing[:2] + b"Z" + missing[3:]))
    assert not pdfluent.validate_pdfa(broken).is_compliant


@pytest.mark.parametrize("name", NAMES)
def test_its_file_is_whole_and_its_fonts_are_in_it(name, file):
    path = file(printed(name, "bo_first"))
    assert b"No syntax or stream encoding errors" in tool("qpdf", "--check", path)
    fonts = tool("pdffonts", path).decode().splitlines()[2:]
    assert fonts
    for font in fonts:
        tag, _, _ = font.partition("+")
        assert re.fullmatch("[A-Z]{6}", tag), font
        assert re.search(r"Identity-H +yes +yes +yes", font), font


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("name", NAMES)
def test_it_has_a_title_a_language_and_shows_its_title(name, order, file):
    path = file(printed(name, order))
    language = TAGS[next(iter(ORDERS[order]))]
    paper = family()[name]
    title = f"{text(ORDERS[order][0], paper.title)} {paper.reference}".rstrip()
    described = tool("pdfinfo", "-meta", path).decode()
    assert f'<rdf:li xml:lang="x-default">{title}</rdf:li>' in described
    assert f"<dc:language><rdf:Bag><rdf:li>{language}</rdf:li>" in described
    root = tool("mutool", "show", path, "trailer/Root").decode()
    assert f"/Lang ({language})" in root
    assert "/DisplayDocTitle true" in root
    assert "/Marked true" in root


@pytest.mark.parametrize("data", [RECORD, b"{}", '{"名":"བོད"}'.encode(), bytes(range(256)) * 40])
def test_two_programs_take_out_what_was_attached_byte_for_byte(data, file, tmp_path):
    path = file(carrying((REFERENCE, data)))
    assert tool("qpdf", f"--show-attachment={REFERENCE}.json", path) == data
    tool("pdfdetach", "-save", "1", "-o", str(tmp_path / "out"), path)
    assert (tmp_path / "out").read_bytes() == data


def test_each_paper_of_a_pile_carries_its_own(file):
    path = file(carrying(("JL-2", b"[2]"), ("JL-1", b"[1]"), ("JL-3", b"[3]")))
    for number in b"123":
        assert tool("qpdf", f"--show-attachment=JL-{chr(number)}.json", path) == b"[%c]" % number


@pytest.mark.parametrize("order", ["zh_first", "bo_first"])
@pytest.mark.parametrize("name", NAMES)
def test_it_is_read_aloud_from_its_title_down_section_after_section(name, order):
    read = read_aloud(printed(name, order))
    assert read[0].kind == "Document"
    first = text(ORDERS[order][0], family()[name].title)
    assert WHITE.sub("", first) in WHITE.sub("", "".join(one.text for one in read))
    numbers = [one.text[0] for one in read if one.kind == "H2" and one.text[:1].isdigit()]
    assert numbers == sorted(numbers)


def tibetan_outside_its_language(content):
    """Yield the text in a Tibetan face that no marked content around it says to be Tibetan, but for artifacts."""
    opened: list[bool] = []
    said = False
    for token in re.finditer(rb"\b(BDC|BMC|EMC)\b|/Lang ?\(bo\)|/Artifact\b|/bod\d+", content):
        if token[0] == b"EMC":
            opened.pop()
        elif token[0] in (b"BDC", b"BMC"):
            opened.append(said)
            said = False
        elif not token[0].startswith(b"/bod"):
            said = True
        elif not any(opened):
            yield content[token.start() : token.start() + 80]


@pytest.mark.parametrize("name", NAMES)
def test_everything_in_the_tibetan_face_says_that_it_is_tibetan(name, file, tmp_path):
    path = str(tmp_path / "plain.pdf")
    tool("qpdf", *EXPANDED, file(printed(name, "zh_first")), path)
    pages = re.findall(rb"stream\n(.*?)\nendstream", (tmp_path / "plain.pdf").read_bytes(), re.DOTALL)
    assert [bad for page in pages if b" Tf" in page for bad in tibetan_outside_its_language(page)] == []


def copied_out(path):
    """Return what MuPDF copies out of the file, without white space."""
    return WHITE.sub("", tool("mutool", "draw", "-q", "-F", "txt", path).decode())


@pytest.mark.parametrize("order", ["zh_first", "bo"])
@pytest.mark.parametrize("name", NAMES)
def test_every_value_can_be_copied_out_letter_by_letter(name, order, file):
    copied = copied_out(file(printed(name, order)))
    composed = compose(family()[name], order, PLATES)
    lines = [ink.said(line) for *_, line in ink.lines(composed)]
    assert lines
    assert [said for said in lines if WHITE.sub("", said) not in copied] == []


@pytest.mark.parametrize(
    "label", ["名称或姓名", "法定代表人", "公共信用评价", "交货日期", "国内贸易信用保险投保申请表"]
)
def test_chromiums_library_copies_tibetan_without_gaps_at_its_vowels(label):
    copied = " ".join(one.text for one in read_aloud(printed("application", "zh_first")))
    assert text("bo", label) in copied


def test_what_is_copied_out_of_a_label_is_the_label(file):
    copied = WHITE.sub("", tool("mutool", "draw", "-q", "-F", "txt", file(printed("application", "zh_first"))).decode())
    for label in ("投保人", "统一社会信用代码", "责任免除：哪些损失不赔，见《投保须知》。"):
        assert label in copied
        assert WHITE.sub("", text("bo", label)) in copied
    assert HAN.search(copied)
    assert TIBETAN.search(copied)
