import json
import logging

import pytest
from flask import Flask
from sqlite_utils import Database

from domain.errors import Conflict, Invalid, NotFound, Problem, Refused, TooManyTries, TshegError, Unavailable
from store.connection import write
from store.staff import Staff
from tests.browser import Browser
from views.database import database

CANARY = "张三-canary-13800138000"


def breaks(app: Flask, db: Database, person: Staff, error: Exception) -> Browser:
    """Return a browser that finds *error* at /broken."""

    @app.get("/broken")
    def broken() -> str:
        raise error

    return Browser(app).sit_down(db, person)


@pytest.mark.parametrize(
    ("error", "status", "said"),
    [
        (NotFound("staff_unknown"), 404, "没有这位工作人员"),
        (Conflict("staff_name_taken"), 409, "同名"),
        (Refused("manager_only"), 403, "只有主管"),
        (TooManyTries("sign_in_wait", minutes="7"), 429, "等7分钟"),
        (Unavailable("store.no_wal"), 503, "不支持安全写入"),
        (Invalid([Problem("name", "required")]), 422, "请返回"),
        (TshegError("a_code_without_words"), 500, "没有保存"),
    ],
)
def test_every_refusal_becomes_its_status_and_words(
    app: Flask, db: Database, clerk: Staff, error: TshegError, status: int, said: str
) -> None:
    response = breaks(app, db, clerk, error).get("/broken")
    assert response.status_code == status
    assert said in response.text


def test_an_unexpected_error_shows_no_trace_and_logs_no_values(
    app: Flask, db: Database, clerk: Staff, caplog: pytest.LogCaptureFixture
) -> None:
    response = breaks(app, db, clerk, ValueError(f"{CANARY}\r\nforged line")).get(f"/broken?name={CANARY}")
    assert response.status_code == 500
    assert "forged line" not in response.text
    assert "Traceback" not in response.text
    [record] = [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert CANARY not in caplog.text
    event = json.loads(record.getMessage())
    assert event["type"] == "ValueError"
    assert event["at"].startswith("test_errors.py:")
    assert event["endpoint"] == "broken"


def test_it_says_it_in_both_languages(app: Flask, signed_in: Browser) -> None:
    page = signed_in.get("/nowhere").text
    assert "没有找到" in page
    assert '<div class="notice" lang="bo">' in page
    signed_in.set_cookie("lang", "bo")
    assert '<div class="notice" lang="zh-CN">' in signed_in.get("/nowhere").text


def test_the_webs_own_errors_have_their_pages(signed_in: Browser) -> None:
    assert signed_in.get("/nowhere").status_code == 404
    wrong_method = signed_in.get("/session/end")
    assert wrong_method.status_code == 405
    assert "POST" in wrong_method.headers["Allow"]
    too_large = signed_in.post("/session/lock", data=b"x" * (1024 * 1024 + 1))
    assert too_large.status_code == 413
    expired = signed_in.post("/session/end")
    assert expired.status_code == 400
    assert "打开太久" in expired.text


def statement_fails(app: Flask, prepare: str, statement: str) -> None:
    @app.get("/broken")
    def broken() -> str:
        database().execute(prepare)
        with write(database()):
            database().execute(statement)
        return ""


@pytest.mark.parametrize(
    ("prepare", "statement", "said"),
    [
        ("PRAGMA max_page_count = 1", "INSERT INTO tally VALUES (hex(zeroblob(4000000)), 1)", "磁盘已满"),
        ("PRAGMA query_only = 1", "INSERT INTO tally VALUES ('x', 1)", "不能写入"),
    ],
)
def test_a_disk_that_takes_no_more_is_said_and_nothing_is_saved(
    app: Flask, db: Database, clerk: Staff, prepare: str, statement: str, said: str
) -> None:
    statement_fails(app, prepare, statement)
    before = list(db["tally"].rows)
    response = Browser(app).sit_down(db, clerk).get("/broken")
    assert response.status_code == 503
    assert said in response.text
    assert list(db["tally"].rows) == before


def test_a_disk_that_takes_nothing_leaves_the_pages_readable(app: Flask, db: Database, manager: Staff) -> None:
    browser = Browser(app).sit_down(db, manager)
    with write(db):
        db.execute("UPDATE session SET seen_at = seen_at - 60")
    app.before_request_funcs[None].insert(0, lambda: database().execute("PRAGMA query_only = 1") and None)
    assert browser.get("/staff/").status_code == 200


def test_a_busy_database_is_said(app: Flask, db: Database, clerk: Staff) -> None:
    statement_fails(app, "PRAGMA busy_timeout = 1", "DELETE FROM tally")
    browser = Browser(app).sit_down(db, clerk)
    with write(db):
        response = browser.get("/broken")
    assert response.status_code == 503
    assert "正忙" in response.text


def test_a_mistake_in_a_statement_is_our_own(app: Flask, db: Database, clerk: Staff) -> None:
    statement_fails(app, "PRAGMA busy_timeout = 1", "INSERT INTO no_such_table VALUES (1)")
    assert Browser(app).sit_down(db, clerk).get("/broken").status_code == 500


def test_a_damaged_database_still_gets_a_page(app: Flask, db: Database, clerk: Staff) -> None:
    browser = Browser(app).sit_down(db, clerk)
    path = app.config["SETTINGS"].database
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    db.conn.close()
    path.write_bytes(b"not a database" * 1000)
    response = browser.get("/")
    assert response.status_code == 503
    assert "没有保存" in response.text
