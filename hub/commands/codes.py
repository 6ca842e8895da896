"""``flask codes …``: hand out code lists to every point."""

from typing import BinaryIO

import click
from flask.cli import AppGroup

from domain.codelist import read as read_codes
from hub import handing_out
from hub.commands.plainly import plainly
from hub.store import handouts
from hub.store.engine import read
from hub.views.here import here

codes = AppGroup("codes", help="代码表：装入、列出 / code lists: load, list")


@codes.command()
@click.argument("file", type=click.File("rb"))
@plainly()
def load(file: BinaryIO) -> None:
    """Check the list in FILE and send it to every point, those enrolled later too; a known version never changes."""
    new = read_codes(file.read())
    click.echo(f"{new.id}  {new.version}  {len(new.items)}  {' '.join(handing_out.load_codes(here(), new))}".rstrip())


@codes.command("list")
@plainly()
def list_() -> None:
    """List all versions, one a line."""
    with read(here().engine) as connection:
        for one in handouts.every(connection, "codes"):
            click.echo(f"{one.title}  {one.version}")
