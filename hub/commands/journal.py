"""``flask journal …``: check every chain, and make again what is derived from the journal."""

import click
from flask.cli import AppGroup

from hub.commands.plainly import plainly
from hub.store import journal as log
from hub.store import rebuilding
from hub.store.engine import read, write
from hub.views.here import here
from i18n import both, gettext

journal = AppGroup("journal", help="日志：核对、重建 / the journal: verify, rebuild")


@journal.command()
@plainly()
def verify() -> None:
    """Check the hash chain of every stream, up and down; name the first break and exit 1 when there is one."""
    with read(here().engine) as connection:
        broken = log.verify(connection)
        count, erased = log.size(connection), log.erased(connection)
    if broken:
        head, seq = broken
        raise click.ClickException(
            both("日志 %(stream)s 在第%(seq)d条断开", stream=f"{head.producer}/{head.epoch}", seq=seq)
        )
    click.echo(gettext("日志完好，共%(count)d条", count=count))
    if erased:
        click.echo(gettext("其中%(count)d条的内容已按保险公司的指令删除", count=erased))


@journal.command()
@plainly()
def rebuild() -> None:
    """Make the tables people search again from the journal; all of it or nothing."""
    with write(here().engine) as connection:
        count = rebuilding.rebuild(connection)
    click.echo(gettext("已从日志重建，共%(count)d条", count=count))
