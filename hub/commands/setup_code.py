"""``flask setup-code``: what lets the first underwriter in."""

import click
from flask.cli import with_appcontext

from hub import admission
from hub.commands.plainly import plainly
from hub.views.here import here


@click.command("setup-code")
@with_appcontext
@plainly()
def setup_code() -> None:
    """Print a new one-time code while there are no underwriters; every earlier code stops counting."""
    click.echo(admission.new_setup_code(here()))
