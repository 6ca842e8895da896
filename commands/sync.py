"""``flask sync``: one exchange with the hub, now."""

import sys

import click
from flask.cli import with_appcontext

from commands.plainly import plainly
from domain.errors import Problem
from i18n import gettext, say
from store import exchange as marks
from sync.exchange import Report
from sync.once import exchange_once
from views.database import database, settings

WAIT_SECONDS = 60


@click.command("sync")
@with_appcontext
@plainly()
def sync() -> None:
    """Send what the hub has not signed for and take what it wrote; exit 0 when all is acknowledged."""
    db = database()
    with click.progressbar(length=marks.waiting(db), file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:
        report = exchange_once(
            db, settings().keys, WAIT_SECONDS, lambda confirmed, _total: bar.update(confirmed - bar.pos)
        )
    click.echo(_text(report))
    if report.problem:
        click.echo(say(Problem("", report.problem)), err=True)
    raise SystemExit(0 if report.complete else 1)


def _text(report: Report) -> str:
    return gettext(
        "保险公司已确认 %(confirmed)d 条，收到 %(received)d 条，待传 %(waiting)d 条",
        confirmed=report.confirmed,
        received=report.received,
        waiting=report.waiting,
    )
