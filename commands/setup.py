"""`flask setup-code`: what lets the first manager in."""

import click
from flask.cli import with_appcontext

from commands.plainly import plainly
from store.setup import new_code
from views.database import database


@click.command("setup-code")
@with_appcontext
@plainly()
def setup_code() -> None:
    """Print a new one-time code while there are no staff; every earlier code stops counting."""
    click.echo(new_code(database()))
