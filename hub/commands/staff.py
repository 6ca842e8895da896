"""``flask staff …``: who may sit at the desk, without a browser."""

import sys

import click
from flask.cli import AppGroup

from domain import text
from hub import admission
from hub.commands.plainly import plainly
from hub.views.here import here

staff = AppGroup("staff", help="核保员：添加 / underwriters: add")


@staff.command()
@click.argument("name")
@plainly()
def add(name: str) -> None:
    """Add NAME; the passphrase is read from standard input, hidden on a terminal."""
    admission.add(here(), text.name(name), _read_passphrase())


def _read_passphrase() -> str:
    if sys.stdin.isatty():
        return str(click.prompt("口令 / passphrase", hide_input=True, confirmation_prompt=True))
    return sys.stdin.readline().rstrip("\r\n")
