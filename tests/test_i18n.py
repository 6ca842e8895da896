from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask, render_template_string

import i18n
from domain.errors import FieldError
from domain.words import ApplicantKind, Language
from tests.browser import Browser

TIBETAN = "བོད་ཡིག"
CATALOGUE = f"""
msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\\n"

msgid "第 %(page)s 页"
msgstr "{TIBETAN} %(page)s"

#, fuzzy
msgid "未定"
msgstr "{TIBETAN}"

msgid "企业"
msgstr "{TIBETAN}"

msgid "请填写这一项"
msgstr "{TIBETAN}"
"""

Page = Callable[..., str]


@pytest.fixture
def catalogue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    file = tmp_path / "bo/LC_MESSAGES/messages.po"
    file.parent.mkdir(parents=True)
    file.write_text(CATALOGUE, "utf-8")
    monkeypatch.setattr(i18n, "CATALOGUES", tmp_path)
    i18n.catalogue.cache_clear()
    yield
    i18n.catalogue.cache_clear()


@pytest.fixture
def page(app: Flask, catalogue: None) -> Page:
    """Show a template in a language."""

    def page(source: str, language: str = "bo", **values: object) -> str:
        with app.test_request_context(headers={"Cookie": f"lang={language}"}):
            app.preprocess_request()
            return render_template_string(source, **values)

    return page


def test_it_fills_the_places_of_a_translation(catalogue: None) -> None:
    assert i18n.text("bo", "第 %(page)s 页", page=2) == f"{TIBETAN} 2"


def test_it_shows_the_source_where_there_is_no_translation(catalogue: None) -> None:
    assert i18n.text("bo", "没有译文 %(n)s", n=1) == "没有译文 1"
    assert i18n.text("zh", "企业") == "企业"


def test_it_does_not_show_a_fuzzy_translation(catalogue: None) -> None:
    assert i18n.text("bo", "未定") == "未定"


def test_it_works_without_a_catalogue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(i18n, "CATALOGUES", tmp_path)
    i18n.catalogue.cache_clear()
    assert i18n.text("bo", "企业") == "企业"
    i18n.catalogue.cache_clear()


def test_it_speaks_chinese_where_there_is_no_page() -> None:
    assert i18n.current_language() is Language.CHINESE


def test_a_lazy_label_chooses_its_language_when_it_is_shown(page: Page) -> None:
    label = i18n.lazy("企业")
    assert page("{{ label }}", "bo", label=label) == TIBETAN
    assert page("{{ label }}", "zh", label=label) == "企业"


def test_it_says_a_problem_in_the_language_asked_for(catalogue: None) -> None:
    assert i18n.say(FieldError("required"), "bo") == TIBETAN
    assert i18n.say(FieldError("required")) == "请填写这一项"


def test_a_word_of_the_lists_has_its_name(page: Page) -> None:
    assert page("{{ word|named }}", word=ApplicantKind.ENTERPRISE) == TIBETAN


def test_runs_of_the_other_script_carry_their_language(page: Page) -> None:
    mixed = f"<b>{TIBETAN}</b> 扎西"
    assert page("{{ name|runs }}", "zh", name=mixed) == f'<span lang="bo">&lt;b&gt;{TIBETAN}&lt;/b&gt; </span>扎西'
    assert page("{{ name|runs }}", "bo", name=mixed).endswith('<span lang="zh-CN">扎西</span>')


def test_what_was_typed_stays_inert_between_runs(page: Page) -> None:
    assert "<script" not in page("{{ name|runs }}", name=f"<script>{TIBETAN}<script>扎西<script>")


def test_amounts_and_dates_read_as_people_write_them(page: Page) -> None:
    assert page("{{ 850000|yuan }} {{ (-500)|yuan }}") == "¥8,500.00 -¥5.00"
    assert page("{{ '2026-11-20'|day }}", "zh") == "2026年11月20日"
    assert page("{{ day_pattern() }}", "zh") == "%(year)s年%(month)s月%(day)s日"


def test_a_moment_of_today_is_told_by_its_hour(page: Page) -> None:
    now = datetime.now(UTC)
    assert page("{{ when|moment }}", "zh", when=now.isoformat()).startswith("今天 ")
    assert page("{{ when|moment }}", "zh", when=now - timedelta(days=2)).startswith(f"{now.year}年"[:2])


def test_a_moment_is_told_in_chinas_time(page: Page) -> None:
    assert page("{{ when|moment }}", "zh", when="2026-01-01T20:30:00Z") == "2026年1月2日 04:30"


def test_it_keeps_the_chosen_language_in_a_cookie_and_comes_back(client: Browser) -> None:
    answer = client.submit("/language", language="bo", next="/session/new?next=/")
    assert answer.status_code == 303
    assert answer.location == "/session/new?next=/"
    assert '<html lang="bo">' in client.get("/session/new", follow_redirects=True).text


@pytest.mark.parametrize(
    "target", ["https://example.org/", "//example.org", "/\\example.org", "javascript:alert(1)", ""]
)
def test_it_leads_nobody_to_another_site(client: Browser, target: str) -> None:
    assert client.submit("/language", language="bo", next=target).location == "/"


def test_it_refuses_a_language_it_does_not_speak(client: Browser) -> None:
    assert "lang=" not in str(client.submit("/language", language="en").headers.getlist("Set-Cookie"))


def test_it_does_not_guess_the_language(client: Browser, clerk: object) -> None:
    page = client.get("/session/new", headers={"Accept-Language": "bo"}, follow_redirects=True)
    assert '<html lang="zh-CN">' in page.text
