"""``flask backup FILE`` and ``flask restore FILE``: the whole database, verified before it counts."""

from datetime import UTC, datetime
from pathlib import Path

import click
from flask.cli import with_appcontext

import store.backup
from commands.plainly import plainly
from i18n import gettext
from settings import Settings
from store.contents import Contents
from views.database import database, settings


@click.command("backup")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@with_appcontext
@plainly()
def backup(file: Path) -> None:
    """Write a verified copy of everything, but no private key, to FILE."""
    contents = store.backup.back_up(database(), file.absolute(), settings().database_key)
    click.echo(_text(gettext("备份完好"), contents))


@click.command("restore")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--replace", is_flag=True, help="move a database that holds records aside")
@with_appcontext
@plainly()
def restore(file: Path, replace: bool) -> None:
    """Put the backup FILE in place of this point's database, while the service is stopped."""
    here = settings()
    aside = here.data / f"tsheg.before-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.db" if replace else None
    restored = store.backup.restore(file, here.database, here.database_key, aside)
    click.echo(_text(gettext("已恢复"), restored.contents))
    if restored.aside:
        click.echo(gettext("原资料另存为 %(file)s", file=str(restored.aside)))
    click.echo(_next_step(here))


def _text(done: str, contents: Contents) -> str:
    counts = gettext(
        "申请 %(applications)d 份，日志 %(entries)d 条", applications=contents.applications, entries=contents.entries
    )
    return f"{done} · {counts}"


def _next_step(here: Settings) -> str:
    if (here.keys / "point.key").exists():
        return gettext("下一步：启动服务，运行 flask --app app sync")
    return gettext(
        "本机没有原来的密钥。下一步：请保险公司为本服务点另发接入码，运行 flask --app app point enrol --code；"
        "再用 staff pin 给每位工作人员设新密码"
    )
