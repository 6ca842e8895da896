"""``flask calendar …``: hand out which days are off and which weekends are worked."""

from typing import BinaryIO

import click
from flask.cli import AppGroup

from domain.calendar import read as read_calendar
from hub import handing_out
from hub.commands.plainly import plainly
from hub.store import handouts
from hub.store.engine import read
from hub.views.here import here

calendar = AppGroup("calendar", help="放假调休日历：装入、列出 / calendars: load, list")


@calendar.command()
@click.argument("file", type=click.File("rb"))
@plainly()
def load(file: BinaryIO) -> None:
    """Check the year in FILE and send it to the points it concerns, those enrolled later too."""
    new = read_calendar(file.read())
    told = handing_out.load_calendar(here(), new)
    click.echo(f"{new.year} {new.area or '*'}  {new.version}  {' '.join(told)}".rstrip())


@calendar.command("list")
@plainly()
def list_() -> None:
    """List all versions, one a line."""
    with read(here().engine) as connection:
        for one in handouts.every(connection, "calendar"):
            click.echo(f"{one.title}  {one.version}")
