"""What goes wrong, said in both languages; the one place where errors become answers.

Never a stack trace on the page; in the log the kind of error and its place in the program, no values.
"""

import json
import traceback
from collections.abc import Mapping
from pathlib import Path

from flask import Flask, current_app, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from domain.errors import PrintFailed, TshegError
from domain.problems import MESSAGES
from domain.words import N_, Language
from i18n import TAGS, current_language, text
from store.connection import StoreError
from store.trouble import understood

ROOT = Path(__file__).parent.parent
TITLES = {
    400: N_("没有收到完整的内容"),
    403: N_("现在不能这样做"),
    404: N_("没有找到"),
    405: N_("这个地址不接受这种操作"),
    409: N_("与已有的内容冲突"),
    413: N_("发来的内容太大"),
    422: N_("填写的内容需要更正"),
    429: N_("请稍等再试"),
    500: N_("程序出错了，没有保存"),
    503: N_("暂时不能使用，没有保存"),
}
ADVICE = {
    400: N_("请返回上一页，再试一次"),
    404: N_("请核对地址，或从首页重新进入"),
    413: N_("请减少内容后再提交"),
    500: N_("请返回上一页再试；再次出现时，请联系维护人员"),
}
EXPIRED = N_("这一页打开太久了，没有保存。请返回上一页，刷新后再提交")


def init_app(app: Flask) -> None:
    """Answer every error with a page."""
    app.register_error_handler(TshegError, refused)
    app.register_error_handler(HTTPException, http)
    app.register_error_handler(StoreError, database)
    app.register_error_handler(Exception, unexpected)


def refused(error: TshegError) -> Response:
    """Answer what the program itself refuses."""
    log(error, error.status)
    message = MESSAGES.get(error.code, advice(error.status))
    return _page(error.status, message, error.values, again=isinstance(error, PrintFailed))


def http(error: HTTPException) -> Response:
    """Answer what the web's own rules refuse, with the headers that belong to it."""
    status = error.code or 500
    page = _page(status, EXPIRED if isinstance(error, CSRFError) else advice(status), {})
    page.headers.extend((name, value) for name, value in error.get_headers() if name in ("Allow", "Retry-After"))
    return page


def database(error: StoreError) -> Response:
    """Answer a disk that is full, busy, broken or read-only; any other database error is a mistake of ours."""
    trouble = understood(error)
    if trouble is None:
        return unexpected(error)
    log(error, trouble.status)
    return _page(trouble.status, MESSAGES[trouble.code], {})


def unexpected(error: Exception) -> Response:
    """Answer an error nobody thought of."""
    log(error, 500)
    return _page(500, advice(500), {})


def title(status: int) -> str:
    """Return what an answer of *status* is called."""
    return TITLES.get(status, TITLES[500] if status >= 500 else TITLES[400])


def advice(status: int) -> str:
    """Return what to do about it."""
    return ADVICE.get(status, ADVICE[500] if status >= 500 else ADVICE[400])


def _page(status: int, message: str, values: dict[str, str], *, again: bool = False) -> Response:
    said = {language: (text(language, title(status)), text(language, message, **values)) for language in Language}
    page = {"said": said, "lang": current_language(), "html_lang": TAGS[current_language()], "tags": TAGS}
    if again:
        page["again"] = {name: value for name, value in request.form.items() if name != "csrf_token"}
    return make_response(_framed(page), status)


def _framed(page: Mapping[str, object]) -> str:
    # The frame reads the database; when that is what broke, the message stands without it.
    try:
        return render_template("error.html", **page)
    except Exception:
        return current_app.jinja_env.get_template("error.html").render(request=request, **page)


def log(error: Exception, status: int) -> None:
    """Write down an error that is ours: its kind and its place in the program."""
    if status >= 500:
        event = {"event": "error", "type": type(error).__name__, "at": _place(error), "endpoint": request.endpoint}
        current_app.logger.error(json.dumps(event))


def _place(error: Exception) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if _is_own(Path(frame.filename))] or frames
    return f"{Path(own[-1].filename).name}:{own[-1].lineno} {own[-1].name}" if own else ""


def _is_own(path: Path) -> bool:
    return path.is_relative_to(ROOT) and "site-packages" not in path.parts
