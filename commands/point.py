"""``flask point …``: how this installation and its insurer's hub come to know each other."""

import sys
from pathlib import Path
from typing import BinaryIO

import click
import msgspec
from flask.cli import AppGroup

from commands.language_order import chosen, language_order
from commands.plainly import plainly
from store import installation
from store.connection import write
from sync import invited, rotation
from sync.enrolment import read_document, take
from sync.once import point_key
from views.database import database, settings
from views.poster import printed

point = AppGroup("point", help="服务点：公钥、登记、查看、海报")


@point.command()
@plainly()
def request() -> None:
    """Print this installation's public key, for the insurer to enrol; the private half stays here."""
    found = installation.find(database())
    known = {"code": found.stamp.code} if found else {}
    click.echo(msgspec.json.encode(known | {"public_key": point_key(settings().keys).public.hex}).decode())


@point.command()
@click.argument("file", type=click.File("rb"), required=False)
@click.option("--code", "line", help="the line that the hub's point invite printed, in quotes; - reads it")
@plainly()
def enrol(file: BinaryIO | None, line: str | None) -> None:
    """Enrol by the invitation --code, over the line, or by the document FILE that the hub's ``point enrol`` printed."""
    if (file is None) == (line is None):
        raise click.UsageError("FILE or --code")
    db = database()
    if line:
        text = sys.stdin.read() if line == "-" else line
        invited.enrol(db, settings().keys, invited.read(text))
    elif file:
        with write(db):
            take(db, read_document(file.read()))
    click.echo(_shown(installation.get(db)))


@point.command("renew-key")
@plainly()
def renew_key() -> None:
    """Make a new key; it takes the place of this one as soon as the hub has signed for it, at the next exchange."""
    installation.get(database())
    click.echo(rotation.begin(settings().keys).hex)


@point.command()
@plainly()
def show() -> None:
    """Show which point this is and which hub it sends to."""
    click.echo(_shown(installation.get(database())))


@point.command()
@click.option("--output", type=click.Path(path_type=Path), default="poster.pdf", show_default=True)
@language_order
@plainly()
def poster(output: Path, order: str | None) -> None:
    """Write this point's A4 poster, whose code opens the form on phones at TSHEG_PUBLIC_URL."""
    output.write_bytes(printed(database(), settings(), chosen(order)))
    click.echo(output)


def _shown(found: installation.Installation) -> str:
    return f"{found.stamp.code}  {found.stamp.name}\n{found.hub_url}  {found.hub}"
