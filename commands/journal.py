"""``flask journal …``: check the journal, and make again what is derived from it."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click
from flask.cli import AppGroup

from commands.plainly import plainly
from i18n import both, gettext
from store import journal as log
from store.connection import write
from store.rehearsal import differing
from views.database import database, settings

journal = AppGroup("journal", help="日志：核对、重建")


@journal.command()
@plainly()
def verify() -> None:
    """Check every hash chain, and that the tables people search follow from the journal; exit 1 when not."""
    db = database()
    broken = log.verify(db)
    if broken:
        producer, epoch, seq = broken[0]
        raise click.ClickException(both("日志 %(stream)s 在第%(seq)d条断开", stream=f"{producer}/{epoch}", seq=seq))
    with _progress() as step:
        wrong = differing(db, settings().cache, settings().database_key, step)
    if wrong:
        raise click.ClickException(
            both("日志完好，但%(tables)s与日志不符，请运行journal rebuild", tables="、".join(wrong))
        )
    click.echo(gettext("日志完好，共%(count)d条，查询表与日志一致", count=log.size(db)))
    if erased := log.erased(db):
        click.echo(gettext("其中%(count)d条的内容已按保险公司的指令删除", count=erased))


@journal.command()
@plainly()
def rebuild() -> None:
    """Make the tables people search again from the journal; all of it or nothing."""
    db = database()
    with write(db), _progress() as step:
        count = log.rebuild(db, step)
    click.echo(gettext("已从日志重建，共%(count)d条", count=count))


@contextmanager
def _progress() -> Iterator[Callable[[int], None]]:
    size = log.size(database())
    with click.progressbar(length=size, file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:
        yield bar.update
