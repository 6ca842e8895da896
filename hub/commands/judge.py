"""``flask judge``: judge now what was received and waits, as the background of a serving process does."""

import click
from flask.cli import with_appcontext

from hub import backlog
from hub.commands.plainly import plainly
from hub.views.here import here
from i18n import gettext


@click.command()
@with_appcontext
@plainly()
def judge() -> None:
    """Judge all that was received and not judged yet; say how many applications that were."""
    click.echo(gettext("已核对%(count)d份", count=backlog.clear_all(here())))
