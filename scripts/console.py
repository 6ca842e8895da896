"""The project's own commands one after the other in this process: each application is imported and made once."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from pathlib import Path

from flask import Flask

from scripts.service import Stopped


def flask(app: str, *command: str, given: str = "", data: Path | None = None) -> str:
    """Do what ``flask --app APP COMMAND`` does, on *data* if given, and return what it prints; raise Stopped."""
    done = _made(app, data).test_cli_runner().invoke(args=command, input=given, catch_exceptions=False)
    if done.exit_code:
        raise Stopped(f"flask --app {app} {' '.join(command)}\n{done.stderr.strip()}")
    return done.stdout


@cache
def _made(app: str, data: Path | None) -> Flask:
    with _kept_in(data):
        made: Flask = import_module(app).create_app()
    return made


@contextmanager
def _kept_in(data: Path | None) -> Iterator[None]:
    before = dict(os.environ)
    if data:
        os.environ["TSHEG_DATA"] = str(data)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)
