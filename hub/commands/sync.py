"""``flask sync …``: bundles that points send on sticks, and what goes back to them."""

from pathlib import Path

import click
from flask.cli import AppGroup

from hub import stick, stick_back
from hub.commands.plainly import plainly
from hub.views.here import here
from i18n import gettext, in_both

sync = AppGroup("sync", help="U盘：收下服务点的数据包，写出回执包 / bundles on a stick: import, export")


@sync.command("import")
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@plainly()
def import_(path: Path) -> None:
    """Take the bundle PATH, or every bundle in that folder; exit 0 when all of them were taken whole."""
    taken = stick.take(here(), path)
    for one in taken:
        said = gettext("收下 %(count)d 条", count=one.entries)
        click.echo(f"{one.file}  {said}")
        if one.trouble:
            click.echo(f"{one.file}  {in_both(one.trouble)}", err=True)
    raise SystemExit(1 if any(one.problem for one in taken) else 0)


@sync.command("export")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@plainly()
def export(folder: Path) -> None:
    """Write for every bundle taken what goes back: acknowledgements, decisions, products."""
    for path in stick_back.give(here(), folder):
        click.echo(path.name)
