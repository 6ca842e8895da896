import re
from pathlib import Path

from flask import Flask

import assets


def serve(folder: Path) -> Flask:
    app = Flask("sample", static_folder=folder)
    assets.init_app(app)
    return app


def address(app: Flask, name: str) -> str:
    with app.test_request_context():
        return app.jinja_env.from_string("{{ asset(name) }}").render(name=name)


def test_an_address_changes_with_the_content(tmp_path: Path) -> None:
    (tmp_path / "page.css").write_text("a{}")
    before = address(serve(tmp_path), "page.css")
    (tmp_path / "page.css").write_text("b{}")
    assert address(serve(tmp_path), "page.css") != before
    assert re.fullmatch("/static/v/[0-9a-f]{12}/page.css", before)


def test_an_address_changes_with_a_name(tmp_path: Path) -> None:
    (tmp_path / "page.css").write_text("a{}")
    before = assets.digest(tmp_path)
    (tmp_path / "page.css").rename(tmp_path / "other.css")
    assert assets.digest(tmp_path) != before


def test_browsers_may_keep_what_they_got(tmp_path: Path) -> None:
    (tmp_path / "page.css").write_text("a{}")
    app = serve(tmp_path)
    answer = app.test_client().get(address(app, "page.css"), buffered=True)
    assert answer.text == "a{}"
    assert answer.cache_control.immutable
    assert answer.cache_control.max_age == assets.FOR_EVER


def test_nothing_outside_the_folder_is_served(tmp_path: Path) -> None:
    (tmp_path / "static").mkdir()
    (tmp_path / "secret").write_text("x")
    assert serve(tmp_path / "static").test_client().get("/static/v/0/../../secret").status_code == 404
