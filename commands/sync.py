"""``flask sync``: one exchange with the hub now; ``sync export`` and ``sync import``: by stick; ``sync test``."""

import sys
from pathlib import Path

import click
from flask.cli import AppGroup, with_appcontext

from commands.plainly import plainly
from domain.errors import Problem
from i18n import gettext, in_both
from store import exchange as marks
from sync import stick
from sync.exchange import Report
from sync.line import try_line
from sync.once import exchange_once
from views.database import database, settings

WAIT_SECONDS = 60


@click.group("sync", cls=AppGroup, invoke_without_command=True)
@click.pass_context
def sync(context: click.Context) -> None:
    """Send what the hub has not signed for and take what it wrote; exit 0 when all is acknowledged."""
    if context.invoked_subcommand is None:
        context.invoke(_online)


@with_appcontext
@plainly()
def _online() -> None:
    db = database()
    with click.progressbar(length=marks.waiting(db), file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:
        report = exchange_once(
            db, settings().keys, WAIT_SECONDS, lambda confirmed, _total: bar.update(confirmed - bar.pos)
        )
    click.echo(_text(report))
    if report.problem:
        click.echo(in_both(Problem("", report.problem)), err=True)
    raise SystemExit(0 if report.complete else 1)


@sync.command("test")
@plainly()
def test() -> None:
    """Ask the hub for a signed answer: nothing else proves the line. Exit 0 when it came."""
    reached = try_line(database(), settings().keys)
    speed = f", {reached.bytes_per_second * 8 / 1000:.0f} kbit/s" if reached.bytes_per_second else ""
    click.echo(f"{gettext('与保险公司已连通')}: {reached.seconds * 1000:.0f} ms{speed}")


@sync.command("export")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@plainly()
def export(folder: Path) -> None:
    """Write what the hub has not signed for to FOLDER, on a stick, sealed so that only the hub can read it."""
    for one in stick.export(database(), settings().keys, folder):
        said = gettext("已写入U盘并核对 %(count)d 条", count=one.entries)
        if one.pictures:
            said = gettext("已写入U盘并核对 %(count)d 张照片", count=one.pictures)
        click.echo(f"{one.path.name}  {said}")


@sync.command("import")
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@plainly()
def import_(path: Path) -> None:
    """Take what the hub sent back: the bundle PATH, or all of ours in that folder; exit 0 when nothing was amiss."""
    came = stick.take(database(), settings().keys, path)
    for one in came:
        counts = {"confirmed": one.confirmed, "received": one.received}
        said = gettext("保险公司新确认 %(confirmed)d 条，发来 %(received)d 条", **counts)
        click.echo(f"{one.file}  {said}")
        if one.trouble:
            click.echo(f"{one.file}  {in_both(one.trouble)}", err=True)
    raise SystemExit(1 if any(one.problem for one in came) else 0)


def _text(report: Report) -> str:
    return gettext(
        "保险公司已确认 %(confirmed)d 条，收到 %(received)d 条，待传 %(waiting)d 条",
        confirmed=report.confirmed,
        received=report.received,
        waiting=report.waiting,
    )
