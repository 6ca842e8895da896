"""``flask blank …``: numbered blank forms for a day without power."""

from pathlib import Path

import click
import msgspec
from flask.cli import AppGroup

from commands.language_order import chosen, language_order
from commands.plainly import plainly
from domain.blank import MOST_AT_ONCE
from domain.uuid7 import new_uuid7
from domain.words import BlankState
from store import blanks
from views.blank import printed
from views.database import database

blank = AppGroup("blank", help="编号空白表：打印、列出")
CONSOLE = ""


@blank.command("print")
@click.option("--count", type=click.IntRange(1, MOST_AT_ONCE), required=True)
@click.option("--output", type=click.Path(path_type=Path), required=True)
@language_order
@plainly()
def print_(count: int, output: Path, order: str | None) -> None:
    """Hand out COUNT numbers and write their forms to a PDF file."""
    db = database()
    numbers = blanks.reserve(db, new_uuid7(), count, CONSOLE)
    output.write_bytes(printed(db, chosen(order), numbers, CONSOLE))
    for number in numbers:
        click.echo(number.reference)


@blank.command("list")
@click.option("--state", type=click.Choice(list(BlankState)), default=BlankState.OUT, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="one JSON array instead of a table")
@plainly()
def list_(state: str, as_json: bool) -> None:
    """List the numbers that are out, keyed in or spoiled, newest first."""
    found = blanks.page(database(), BlankState(state), limit=-1)
    if as_json:
        click.echo(msgspec.json.encode(found).decode())
        return
    for number in found:
        click.echo(f"{number.reference}  {number.made_at}  {number.state}")
