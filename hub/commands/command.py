"""``flask command …``: tell a point to stop or go on taking applications, or to erase one."""

import click
from flask.cli import AppGroup

from domain.product import Text
from domain.reference import parse_reference
from hub import backlog, orders
from hub.commands.plainly import plainly
from hub.store import commands
from hub.store.engine import read
from hub.views.here import here

BY = "hub"
command = AppGroup(
    "command", help="指令：暂停、恢复、换密钥、删除、列出 / commands: freeze, unfreeze, rotate-key, erase, list"
)


@command.command()
@click.argument("code")
@click.option("--zh", required=True, help="the reason the counter shows, in Chinese")
@click.option("--bo", required=True, help="the same in Tibetan")
@plainly()
def freeze(code: str, zh: str, bo: str) -> None:
    """Let the point CODE take no new applications; drafts, corrections, prints and sync go on."""
    click.echo(orders.freeze(here(), code, Text(zh=zh, bo=bo), BY))


@command.command()
@click.argument("code")
@plainly()
def unfreeze(code: str) -> None:
    """Let the point CODE take new applications again."""
    click.echo(orders.unfreeze(here(), code, BY))


@command.command("rotate-key")
@click.argument("code")
@plainly()
def rotate_key(code: str) -> None:
    """Let the point CODE make itself a new key and announce it with its next exchange."""
    click.echo(orders.rotate_key(here(), code, BY))


@command.command()
@click.argument("code")
@click.argument("reference")
@click.confirmation_option(prompt="删除后不能恢复，继续吗？ / It cannot be undone. Go on?")
@plainly()
def erase(code: str, reference: str) -> None:
    """Erase the content of the application REFERENCE at the point CODE, and here when the point has done so."""
    backlog.clear(here(), code)  # what was not judged yet has no reference to find it by
    click.echo(orders.erase(here(), code, parse_reference(reference), BY))


@command.command("list")
@plainly()
def list_() -> None:
    """List every command and what came of it, one a line; - stands for no answer yet."""
    with read(here().engine) as connection:
        for one in commands.every(connection):
            answer = f"{one.result}  {one.carried_out_at}" if one.result else "-"
            click.echo(f"{one.ordered_at}  {one.point:<6}  {one.verb:<8}  {one.subject or '-':<36}  {answer}")
