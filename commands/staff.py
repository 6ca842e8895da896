"""`flask staff …`: who may sit at the counter, without a browser."""

import sys

import click
from flask.cli import AppGroup

import store.staff
from commands.plainly import plainly
from domain import text
from domain.pin import new_pin
from domain.words import Role
from drawable import drawn
from i18n import named
from store import sign_in
from views.counter import pepper
from views.database import database

staff = AppGroup("staff", help="工作人员：添加、列出、解锁、换密码 / staff: add, list, unlock, new PIN")


@staff.command()
@click.argument("name")
@click.option("--role", type=click.Choice([str(role) for role in Role]), required=True)
@plainly()
def add(name: str, role: str) -> None:
    """Add NAME; the PIN is read from standard input, hidden on a terminal."""
    person = store.staff.add(database(), drawn(text.name(name)), Role(role), _read_pin(), pepper())
    click.echo(f"{person.name}  {named(person.role)}")


@staff.command("list")
@plainly()
def list_() -> None:
    """List everybody, one a line."""
    for person in store.staff.everybody(database()):
        locked = sign_in.is_locked(database(), person.name, pepper())
        state = "inactive" if not person.active else "locked" if locked else "active"
        click.echo(f"{state:<8}  {person.role:<7}  {person.name}")


@staff.command()
@click.argument("name")
@plainly()
def unlock(name: str) -> None:
    """Let NAME try again after too many failures."""
    sign_in.unlock(database(), store.staff.named(database(), text.name(name)), pepper())


@staff.command()
@click.argument("name")
@plainly()
def pin(name: str) -> None:
    """Give NAME a new PIN, read from standard input; open sessions end."""
    person = store.staff.named(database(), text.name(name))
    store.staff.change_pin(database(), person.id, _read_pin(), pepper())


def _read_pin() -> str:
    if sys.stdin.isatty():
        return new_pin(click.prompt("密码 / PIN", hide_input=True, confirmation_prompt=True))
    return new_pin(sys.stdin.readline())
