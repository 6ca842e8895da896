"""``flask buyers …``: hand out the buyers we know to the points of their districts."""

from collections.abc import Iterator
from typing import BinaryIO

import click
from flask.cli import AppGroup

from domain.errors import FieldError, Invalid
from domain.known_buyer import ListedBuyer
from domain.known_buyer import read as read_buyer
from hub import buyers as known
from hub.commands.plainly import plainly
from hub.store import buyers as kept
from hub.store.engine import read
from hub.views.here import here
from i18n import say

buyers = AppGroup("buyers", help="已知买方：装入、列出、重发 / known buyers: load, list, send-again")


@buyers.command()
@click.argument("file", type=click.File("rb"))
@plainly()
def load(file: BinaryIO) -> None:
    """Let FILE, a buyer in JSON on each line, be all buyers we know; points get what is new in their district.

    A buyer that is no longer in FILE is taken from the points again. The same FILE once more changes nothing.
    """
    for change in known.load(here(), list(_listed(file))):
        click.echo(f"{change.district}  +{change.put}  -{change.gone}  {change.count}")


@buyers.command("list")
@plainly()
def list_() -> None:
    """List how many buyers the points of each district hold."""
    with read(here().engine) as connection:
        for district in kept.districts(connection):
            click.echo(f"{district}  {kept.version(connection, district)}  {len(kept.of(connection, district))}")


@buyers.command("send-again")
@click.argument("code")
@plainly()
def send_again(code: str) -> None:
    """Send the point CODE its whole list afresh, where its page says that its list is not whole."""
    known.send_again(here(), code)


def _listed(file: BinaryIO) -> Iterator[ListedBuyer]:
    for number, line in enumerate(file, start=1):
        try:
            if line.strip():
                yield read_buyer(line)
        except Invalid as error:
            raise FieldError("buyers.line", line=str(number), reason=say(error.problems[0])) from error
