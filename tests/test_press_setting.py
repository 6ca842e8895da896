"""Values are set into their places: lines end where they may, nothing is wider than its place, nothing is lost."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from printing.press.breaks import may_end
from printing.press.faces import by_name
from printing.press.lines import LOWEST, TIBETAN_SIZE, Line, broken, shaped
from printing.press.plate import Place
from printing.press.runs import Run, paragraphs
from printing.press.setting import SMALLEST, SMALLEST_TIBETAN, Used, fit, readings, written
from tests.pressed import tibetan

PLACE = Place(put=0, page=0, left=10, width=200, size=13, bold=False, align="start", baselines={0: 50, 1: 70, 2: 90})
TIBETAN_TEXT = "བསྒྲུབས་པའི་རྒྱུ་ཆ་རྒྱལ་ཁབ་ཀྱི་ཉེན་འགོག་འགན་ལེན།"
TEXTS = st.text(st.sampled_from("西藏示例边贸 ，。（）《》0123456789-WX་།ཀཁབཏྲུསྒྲ…·"), max_size=80)


def said(lines):
    return "".join(cluster.text for line in lines for cluster in line.clusters)


def test_markup_becomes_runs_of_one_style():
    lines = paragraphs('甲 &lt;乙&gt; <b>粗<span lang="bo">བོད</span></b><br><span class="aside">小</span>')
    assert lines == [
        [Run("甲 <乙> "), Run("粗", bold=True), Run("བོད", tibetan=True, bold=True)],
        [Run("小", aside=True)],
    ]


def test_markup_that_cannot_be_set_is_an_error():
    with pytest.raises(ValueError, match="<em>"):
        paragraphs("<em>x</em>")


@pytest.mark.parametrize(("text", "ends"), [
    ("西藏", [True]), ("西，藏", [False, True]), ("（西", [False]), ("西（", [True]), ("a b", [False, True]),
    ("ab", [False]), ("¥5", [False]), ("西5", [True]), ("ཀ་ཁ", [False, True]), ("ཀ།", [False]), ("ང་།", [False, False]),
    ("ཀ༌ཁ", [False, False]), ("5%", [False]), ("a\u00a0b", [False, False]),
])  # fmt: skip
def test_a_line_ends_where_it_may(text, ends):
    assert [may_end(text, at) for at in range(len(text) - 1)] == ends


@given(TEXTS, st.floats(800, 9000))
def test_lines_hold_everything_in_order_and_keep_to_their_width(text, width):
    clusters = shaped([Run(text)])
    lines = broken(clusters, width)
    assert said(lines).replace(" ", "") == text.replace(" ", "")
    for line in lines:
        assert line.width <= width or len(line.clusters) == 1


@given(TEXTS)
def test_no_line_begins_with_what_closes_nor_ends_with_what_opens_where_it_can_be_helped(text):
    whole = "".join(cluster.text for cluster in shaped([Run(text)]))
    assert whole == text
    for line, following in pairwise(broken(shaped([Run(text)]), 6000)):
        if any(cluster.ends for cluster in line.clusters[:-1]) or line.clusters[-1].ends:
            assert following.clusters[0].text not in {"་", "།", "，", "。", "）", "》", " "}


def test_what_fits_keeps_its_size():
    fitted = fit("西藏示例边贸", PLACE, 1)
    assert (fitted.size, len(fitted.lines), fitted.whole) == (13, 1, True)


def test_what_is_longer_takes_more_lines_then_gets_smaller_then_shorter():
    name = "西藏示例高原特色畜产品边境贸易供应链管理有限责任公司"
    two, small, short = fit(name, PLACE, 2), fit(name[:18], PLACE, 1), fit(name, PLACE, 1)
    assert (two.size, len(two.lines), two.whole) == (13, 2, True)
    assert SMALLEST <= small.size < 13
    assert small.whole
    assert not short.whole
    assert said(short.lines).endswith("…")
    assert said(short.lines)[:-1] == name[: len(said(short.lines)) - 1]


def test_tibetan_never_gets_smaller_than_nine_points():
    assert fit(str(tibetan(TIBETAN_TEXT * 3)), PLACE, 1).size >= SMALLEST_TIBETAN


@pytest.mark.parametrize(("align", "left"), [("start", 10), ("right", 184), ("center", 97)])
def test_a_value_stands_at_its_side(align, left):
    place = Place(0, 0, 10, 200, 13, False, align, {0: 50})
    operators = written(fit("西藏", place, 1), 0, place, Used()).decode()
    assert operators.startswith(f"1 0 0 -1 {left} 50 Tm /han400 13 Tf [<")


def test_tibetan_says_that_it_is():
    operators = written(fit(str(tibetan("བོད")), PLACE, 1), 0, PLACE, Used())
    assert operators.startswith(b"/Span <</Lang (bo)>> BDC\n")
    assert operators.count(b"BDC") == operators.count(b"EMC") == 1


def test_tibetan_says_what_it_reads_where_its_glyphs_stand_for_something_else():
    used, fitted = Used(), fit(str(tibetan("བོད")), PLACE, 1)
    [glyph, *_] = fitted.lines[0].clusters[0].glyphs
    used.glyphs[by_name("bod400")][glyph.number] = "another"
    assert "/ActualText <feff{}>".format("བོད".encode("utf-16-be").hex()).encode() in written(fitted, 0, PLACE, used)


def test_a_letter_of_the_other_script_comes_from_its_own_face():
    [chinese, bod] = (
        {cluster.face.name for cluster in shaped([Run("甲ཀ")])},
        {c.face.name for c in shaped([Run("ཀ甲", True)])},
    )
    assert chinese == bod == {"han400", "bod400"}


def test_each_paragraph_begins_a_line():
    assert len(fit(str(Markup("甲<br>乙")), PLACE, 3).lines) == 2


def test_nothing_is_nothing():
    fitted = fit("", PLACE, 1)
    assert written(fitted, 0, PLACE, Used()) == written(fitted, 2, PLACE, Used()) == b""
    assert Line().width == 0


def glyphs(text):
    return [glyph.number for cluster in shaped([Run(text, tibetan=True)]) for glyph in cluster.glyphs]


@pytest.mark.parametrize("before", ["W", "1", "&", "（"])
def test_tibetan_is_shaped_as_tibetan_whatever_stands_before_it(before):
    assert glyphs(f"{before}བསྒྲུབས")[-len(glyphs("བསྒྲུབས")) :] == glyphs("བསྒྲུབས")


def test_a_stack_too_deep_for_its_line_is_set_smaller_and_no_other():
    [deep], [usual] = shaped([Run("ཀྐྵྨླྺྲྱྃ", tibetan=True)]), shaped([Run("སྒྲུ", tibetan=True)])
    lowest = min(deep.face.reach(glyph.number)[1] + glyph.up for glyph in deep.glyphs) * deep.scale
    assert deep.scale < usual.scale == TIBETAN_SIZE
    assert lowest == pytest.approx(LOWEST * TIBETAN_SIZE)


@pytest.mark.parametrize("text", ["སྐྱི", "སྤྱི", "བསྐྱོད", "ཧྲཱིཿ", "ཧཱུྃ", "ཀྐྵྨླྺྲྱྃ"])
def test_glyphs_together_read_what_was_written_no_letter_twice(text):
    read = "".join("".join(readings(cluster)) for cluster in shaped([Run(text, tibetan=True)]))
    assert sorted(read) == sorted(text)


def test_the_smallest_size_is_tried_before_anything_is_left_out():
    names = (
        "理玛司玛管·任品边产有丨例藏贸管丨丨供藏西口供高有供卓色贸司",
        "·供贸丨公境卓例高链应丨示管西高次应理供畜品卓边理次边品西色",
    )
    fitted = fit("".join(names), Place(0, 0, 0, 313.2, 12.67, False, "start", {0: 0, 1: 22}), 2)
    assert (fitted.whole, fitted.size) == (True, SMALLEST)
