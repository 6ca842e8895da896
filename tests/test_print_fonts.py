"""Papers are set in our own fonts, and what they cannot draw is known beforehand."""

import re
import subprocess
import sys
import zlib

import pytest
from fontTools.ttLib import TTFont

from domain.text import undrawable
from drawable import coverage
from printing.fonts import FONTS
from printing.render import render
from tests.papers import form, longest

OURS = {b"TshegHan-Regular", b"TshegHan-Bold", b"TshegBod-Regular"}
RARE = "𬶍㐂䶮𣲗𫠜㛃𪨰𰻝𠅤𬍛𫖯𬸣僜妘·"


def points(name):
    with TTFont(FONTS / name, lazy=True) as font:
        return set(font.getBestCmap())


def described(path):
    with TTFont(path, lazy=True) as font:
        return font["name"].getBestFamilyName(), font["name"].getBestSubFamilyName()


def unpacked(pdf):
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)
    return pdf + b"".join(zlib.decompressobj().decompress(stream) for stream in streams if stream[:1] == b"x")


@pytest.mark.parametrize("record", [None, longest(5)])
def test_no_font_but_ours_is_in_the_paper(record):
    pdf = render(form(record) if record else form())
    assert set(re.findall(rb"/FontName /[A-Z]{6}\+([\w-]+)", unpacked(pdf))) == OURS


def test_no_two_fonts_share_family_weight_and_style():
    names = [described(path) for path in FONTS.glob("*.otf")]
    assert len(set(names)) == len(names) == 4


def test_coverage_is_what_the_fonts_can_draw():
    regular = points("han-400.otf") | points("bod-400.otf")
    assert coverage() == regular
    assert coverage() == points("han-700.otf") | points("bod-700.otf")


def test_rare_names_can_be_drawn_and_an_unknown_character_is_named():
    assert undrawable(RARE, coverage()) == []
    assert undrawable("扎西\U000323b0", coverage()) == ["\U000323b0"]


def test_asking_what_can_be_drawn_brings_no_printing_machine_in():
    code = "import sys; import printing.application; from drawable import coverage; coverage(); print(*sys.modules)"
    command = [sys.executable, "-c", code]
    there = subprocess.run(command, cwd=FONTS.parent.parent, capture_output=True, text=True, check=True)
    assert not {"weasyprint", "fontTools"} & set(there.stdout.split())
