"""``flask tls-pin FILE``: what ``TSHEG_HUB_TLS`` is to hold for the server in front of this hub."""

from pathlib import Path

import click

from domain.errors import FieldError
from hub.commands.plainly import plainly
from wire.pin import pin_of_file


@click.command("tls-pin")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@plainly()
def tls_pin(file: Path) -> None:
    """Print the pin of the certificate or private key in FILE (PEM)."""
    try:
        click.echo(pin_of_file(file.read_bytes()))
    except ValueError as error:
        raise FieldError("hub.no_pin") from error
