"""``flask limits …``: how long points may go on without the hub before they stop taking new applications."""

import click
from flask.cli import AppGroup

from domain.errors import FieldError
from domain.limits import Limits
from hub import limits as told
from hub.commands.plainly import plainly
from hub.store import limits as kept
from hub.store.engine import read
from hub.views.here import here

limits = AppGroup("limits", help="同步限额：设定、取消、列出 / limits: set, lift, list")
one_point = click.option("--point", default="", metavar="CODE", help="this point only, not all")


@limits.command("set")
@click.option("--days", type=click.IntRange(1, 3650), help="days without a word of the hub")
@click.option("--records", type=click.IntRange(1, 1_000_000), help="applications the hub has not confirmed")
@one_point
@plainly()
def set_(days: int | None, records: int | None, point: str) -> None:
    """Tell every point, also those enrolled later, or the point CODE; the newest limits alone hold."""
    if days is None and records is None:
        raise FieldError("limits.none")
    _tell(Limits(days=days, records=records), point)


@limits.command()
@one_point
@plainly()
def lift(point: str) -> None:
    """Tell them that there is no limit any more."""
    _tell(Limits(), point)


@limits.command("list")
def list_() -> None:
    """List what each point was told last, one a line; * stands for points yet to come."""
    with read(here().engine) as connection:
        for point, one in kept.every(connection).items():
            click.echo(f"{point or '*':<6}  days {one.days or '-'}  records {one.records or '-'}")


def _tell(new: Limits, point: str) -> None:
    click.echo(" ".join(told.tell(here(), new, point)))
