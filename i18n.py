"""Both languages: catalogues read at start, text in the page's language or in a named one.

Source text is Chinese. Flask enters only in ``init_app``; paper and commands use the rest.
"""

from collections.abc import Iterable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from babel.messages.pofile import read_po
from markupsafe import Markup, escape

from domain.dates import format_date
from domain.identity import mask_id, mask_mobile
from domain.money import format_yuan, in_words
from domain.problems import MESSAGES
from domain.text import runs
from domain.words import N_, NAMES, Language, Word

if TYPE_CHECKING:
    from flask import Flask
    from werkzeug.wrappers import Response

CATALOGUES = Path(__file__).parent / "translations"
COOKIE = "lang"
COOKIE_SECONDS = 365 * 24 * 3600
TAGS = {Language.CHINESE: "zh-CN", Language.TIBETAN: "bo"}
CHINA = timezone(timedelta(hours=8))

_current: ContextVar[Language] = ContextVar("language", default=Language.CHINESE)


class Coded(Protocol):
    """A problem or an error: a code that names a message, and the values it shows."""

    @property
    def code(self) -> str: ...

    @property
    def values(self) -> Mapping[str, str]: ...


@cache
def catalogue(language: str) -> dict[str, str]:
    """Return source text → translation; the source language and a missing file give an empty one."""
    path = CATALOGUES / language / "LC_MESSAGES" / "messages.po"
    if not path.exists():
        return {}
    with path.open("rb") as file:
        messages = read_po(file, locale=language)
    return {
        str(message.id): str(message.string)
        for message in messages
        if message.id and message.string and not message.fuzzy
    }


def text(language: str, message: str, **values: object) -> str:
    """Return *message* in *language*, its ``%(name)s`` places filled; untranslated text stays Chinese."""
    translated = catalogue(language).get(message, message)
    return translated % values if values else translated


def current_language() -> Language:
    """Return the language of the page being made (Chinese where there is no page)."""
    return _current.get()


def speak(language: str) -> None:
    """Make what follows in *language*; an unknown one changes nothing."""
    if language in TAGS:
        _current.set(Language(language))


def gettext(message: str, **values: object) -> str:
    """Return *message* in the current language."""
    return text(current_language(), message, **values)


@dataclass(frozen=True)
class Lazy:
    """Text that chooses its language when it is shown, for labels made before there is a page."""

    message: str
    values: dict[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return gettext(self.message, **self.values)


def lazy(message: str, **values: object) -> Lazy:
    """Return *message* translated later, when it is shown."""
    return Lazy(message, values)


def say(problem: Coded, language: str | None = None) -> str:
    """Return what a problem or error says to people, in *language* or the page's."""
    return text(language or current_language(), MESSAGES[problem.code], **problem.values)


def in_both(problem: Coded) -> str:
    """Return what *problem* says in every language, a line each, for a start that knows no reader yet."""
    return both(MESSAGES[problem.code], **problem.values)


def both(message: str, **values: object) -> str:
    """Return *message* in every language, a line each, for a terminal: nobody knows who sits there."""
    return "\n".join(dict.fromkeys(text(language, message, **values) for language in Language))


def named(word: Word) -> str:
    """Return what a word of the closed lists is called, in the current language."""
    return gettext(NAMES[word])


def yuan(fen: int) -> str:
    """Return an amount as people write it: ``¥8,500.00``."""
    return f"{'-' if fen < 0 else ''}¥{format_yuan(abs(fen))}"


def day(value: date | str) -> str:
    """Return a date (or its ISO form) as people write it in the current language."""
    return format_date(date.fromisoformat(value) if isinstance(value, str) else value, current_language())


def day_pattern() -> str:
    """Return how a date is written in the current language, with places for scripts to fill."""
    written = day(date(2345, 10, 27))
    return written.replace("2345", "%(year)s").replace("10", "%(month)s").replace("27", "%(day)s")


def wording(codes: Iterable[str]) -> dict[str, str]:
    """Return code → message with its places unfilled, for checks that scripts make while people type."""
    return {code: gettext(MESSAGES[code]) for code in codes}


def moment(value: datetime | str) -> str:
    """Return a moment in China's time: the hour alone for today, else the date with the hour."""
    when = datetime.fromisoformat(value) if isinstance(value, str) else value
    local = when.astimezone(CHINA)
    if local.date() == datetime.now(UTC).astimezone(CHINA).date():
        return gettext("今天 %(time)s", time=f"{local:%H:%M}")
    return f"{day(local.date())} {local:%H:%M}"


def marked_runs(value: object) -> Markup:
    """Escape *value* and put ``lang`` on each run that is not in the page's own script."""
    own = current_language()
    return Markup().join(
        escape(run)
        if language in ("", own)
        else Markup('<span lang="{}">{}</span>').format(TAGS[Language(language)], run)
        for language, run in runs(str(value))
    )


def remember(response: "Response", language: str) -> None:
    """Keep the reader's choice of *language* in a cookie on *response*; an unknown one changes nothing."""
    if language in TAGS:
        response.set_cookie(COOKIE, Language(language), max_age=COOKIE_SECONDS, httponly=True, samesite="Lax")


def init_app(app: "Flask") -> None:
    """Give *app*'s pages their language, their words and ``POST /language``."""
    from flask import redirect, request

    @app.before_request
    def choose_language() -> None:
        _current.set(Language.CHINESE)
        speak(request.cookies.get(COOKIE, ""))

    @app.post("/language")
    def language() -> "Response":
        target = request.form.get("next", "/")
        response = redirect(target if is_local(target) else "/", code=303)
        remember(response, request.form.get("language", ""))
        return response

    app.context_processor(lambda: {"lang": current_language(), "html_lang": TAGS[current_language()]})
    app.jinja_env.globals.update(
        _=gettext,
        N_=N_,
        text=text,
        say=say,
        current_language=current_language,
        day_pattern=day_pattern,
        wording=wording,
    )
    app.jinja_env.filters.update(
        yuan=yuan,
        words=in_words,
        day=day,
        moment=moment,
        runs=marked_runs,
        mask_id=mask_id,
        mask_mobile=mask_mobile,
        named=named,
    )


def asked_language() -> str:
    """Return what this request's reader wants: by the switch, the address, an earlier choice or the browser's word."""
    from flask import request

    typed = request.form if request.mimetype == "application/x-www-form-urlencoded" else {}
    asked = (typed.get("switch_language"), request.args.get("lang"), request.cookies.get(COOKIE))
    chosen = next((one for one in asked if one in TAGS), None)
    return chosen or request.accept_languages.best_match(list(Language), Language.CHINESE)


def is_local(target: str) -> bool:
    """Say whether a redirect to *target* stays on this site."""
    return target.startswith("/") and not target.startswith(("//", "/\\"))
