"""Behind a proxy (反向代理) strangers are told apart by what it says of them; without one nobody is believed."""

import json
from http.client import HTTPConnection
from pathlib import Path

import pytest
from flask import request

from app import create_app
from settings import Settings
from tests.served import served

SAID = {"X-Forwarded-For": "192.0.2.6, 192.0.2.7", "X-Forwarded-Proto": "https, https"}


@pytest.mark.parametrize(
    ("proxies", "seen"),
    [(0, ["127.0.0.1", "http"]), (1, ["192.0.2.7", "https"]), (2, ["192.0.2.6", "https"])],
)
def test_as_many_proxies_are_believed_as_the_setting_says(tmp_path: Path, proxies: int, seen: list[str]) -> None:
    app = create_app(Settings(data=tmp_path / "point", proxies=proxies))
    app.before_request(lambda: json.dumps([request.remote_addr, request.scheme]))
    app.before_request_funcs[None].insert(0, app.before_request_funcs[None].pop())
    with served(app) as url:
        connection = HTTPConnection(url.removeprefix("http://"), timeout=30)
        connection.request("GET", "/apply", headers=SAID)
        assert json.load(connection.getresponse()) == seen
        connection.close()
