from pathlib import Path

import pytest

from scripts import catalogue
from scripts.tibetan_lint import ERRORS, WARNINGS, broken

GOOD = [
    ("企业", "ཁེ་ལས།"),
    ("第 %(page)s 页", "ཤོག་ངོས %(page)s པ།"),
    ("保险公司", "འགན་བཅོལ་ཀུང་སི།"),
    ("F2", "F2"),
    ("最多写%(limit)s个字", "ཡི་གེ་མང་ཤོས་ %(limit)s འབྲི་རོགས།"),
]
WRONG = {
    "untranslated": ("企业", ""),
    "same as the source": ("企业", "企业"),
    "placeholders differ": ("第 %(page)s 页", "ཤོག་ངོས།"),
    "character of another script": ("企业", "ཁེ་ལས。"),
    "forbidden character": ("企业", "ཨ\u0f77"),
    "not in NFC": ("企业", "ག\u0fb7\u0f43"),
    "sign without a letter": ("企业", "ཁེ་\u0f72ལས"),
    "double tsheg": ("企业", "ཁེ་་ལས"),
    "space at the edge": ("企业", "ཁེ་ལས། "),
    "wrong word for insurance": ("保险公司", "ཉེན་སྲུང་ཀུང་སི།"),
    "not in the font": ("企业", "ཁེ\u0fff"),
}
DOUBTFUL = {
    "tsheg before shad": ("企业", "ཁེ་ལས་།"),
    "nga directly before shad": ("企业", "ཁང།"),
    "ka or ga before shad": ("企业", "ལག།"),
    "three shads": ("企业", "ལས།།།"),
    "ends with tsheg": ("企业", "ཁེ་ལས་"),
    "space inside": ("企业", "ཁེ ལས"),
    "two digit systems": ("企业", "ཁེ 2 ༣"),
    "long syllable": ("企业", "བསྒྲིགསབསྒྲིགས"),
    "odd length": ("企业的全部内容都写在这里", "ཁེ"),
}


@pytest.mark.parametrize(("source", "translation"), GOOD)
def test_it_takes_good_tibetan(source: str, translation: str) -> None:
    assert broken(ERRORS | WARNINGS, source, translation) == []


@pytest.mark.parametrize("rule", ERRORS)
def test_it_refuses(rule: str) -> None:
    assert rule in broken(ERRORS, *WRONG[rule])


@pytest.mark.parametrize("rule", WARNINGS)
def test_it_asks_to_look_again_at(rule: str) -> None:
    assert broken(WARNINGS, *DOUBTFUL[rule]) == [rule]


@pytest.mark.parametrize("character", "ༀ\u0f73\u0f75\u0f76\u0f77\u0f78\u0f79\u0f81")
def test_it_refuses_every_deprecated_character(character: str) -> None:
    assert "forbidden character" in broken(ERRORS, "企业", f"ཨ{character}")


@pytest.mark.parametrize("character", "企ᠠж\u200b\ufeff\u3000\u00ad，。；：")
def test_it_refuses_characters_that_are_not_tibetan(character: str) -> None:
    assert "character of another script" in broken(ERRORS, "企业", f"ཁེ་{character}ལས")


class Project:
    """Sources and a catalogue in a folder of their own."""

    def __init__(self, root: Path) -> None:
        self.source, self.file = root / "page.py", root / "bo.po"
        (root / "babel.cfg").write_text("[python: **.py]\n")

    def say(self, *messages: str) -> None:
        self.source.write_text("".join(f"_({message!r})\n" for message in messages), "utf-8")

    def translate(self, source: str, translation: str) -> None:
        before = f'msgid "{source}"\nmsgstr ""'
        assert before in self.file.read_text("utf-8")
        self.file.write_text(self.file.read_text("utf-8").replace(before, before[:-1] + translation + '"'), "utf-8")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    monkeypatch.setattr(catalogue, "ROOT", tmp_path)
    monkeypatch.setattr(catalogue, "FILE", tmp_path / "bo.po")
    return Project(tmp_path)


def test_a_new_message_waits_for_its_translation_and_for_review(project: Project) -> None:
    project.say("企业")
    catalogue.update()
    assert '# 未审校\n#: page.py\nmsgid "企业"\nmsgstr ""' in project.file.read_text("utf-8")
    assert catalogue.check() == 1


def test_it_passes_when_all_is_translated(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    project.say("企业")
    catalogue.update()
    project.translate("企业", "ཁེ་ལས།")
    assert catalogue.check() == 0
    assert "1 messages, 0 errors, 0 reviewed" in capsys.readouterr().out


def test_it_fails_when_a_source_is_newer_than_the_catalogue(project: Project) -> None:
    project.say("企业")
    catalogue.update()
    project.translate("企业", "ཁེ་ལས།")
    project.say("企业", "新的")
    assert catalogue.check() == 1


def test_it_fails_on_a_fuzzy_message(project: Project) -> None:
    project.say("企业")
    catalogue.update()
    project.translate("企业", "ཁེ་ལས།")
    project.file.write_text(project.file.read_text("utf-8").replace("#: page.py", "#: page.py\n#, fuzzy"), "utf-8")
    assert catalogue.check() == 1


def test_it_fails_when_nobody_says_whether_it_was_reviewed(project: Project) -> None:
    project.say("企业")
    catalogue.update()
    project.translate("企业", "ཁེ་ལས།")
    project.file.write_text(project.file.read_text("utf-8").replace("# 未审校\n", ""), "utf-8")
    assert catalogue.check() == 1


def test_updating_keeps_translations_and_reviews(project: Project) -> None:
    project.say("企业")
    catalogue.update()
    project.translate("企业", "ཁེ་ལས།")
    project.file.write_text(project.file.read_text("utf-8").replace("# 未审校\n", "# 审校：示例 2026-11-20\n"), "utf-8")
    before = project.file.read_text("utf-8")
    catalogue.update()
    assert project.file.read_text("utf-8") == before


def test_a_message_that_comes_back_finds_its_translation(project: Project) -> None:
    project.say("企业")
    catalogue.update()
    project.translate("企业", "ཁེ་ལས།")
    project.say("别的")
    catalogue.update()
    project.say("企业")
    catalogue.update()
    assert 'msgid "企业"\nmsgstr "ཁེ་ལས།"' in project.file.read_text("utf-8")
    assert project.file.read_text("utf-8").count('"企业"') == 1


def test_labels_of_form_fields_are_messages(project: Project) -> None:
    project.source.write_text('name = FullName("买方名称", limit=60)\nsaid = text("bo", "回到首页")\n', "utf-8")
    assert catalogue.entries(catalogue.extract()).keys() == {"买方名称", "回到首页"}
