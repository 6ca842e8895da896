"""``flask point …``: how this installation and its insurer's hub come to know each other."""

from typing import BinaryIO

import click
import msgspec
from flask.cli import AppGroup

from commands.plainly import plainly
from store import installation
from store.connection import write
from sync.enrolment import read_document, take
from sync.once import point_key
from views.database import database, settings

point = AppGroup("point", help="服务点：公钥、登记、查看")


@point.command()
@plainly()
def request() -> None:
    """Print this installation's public key, for the insurer to enrol; the private half stays here."""
    found = installation.find(database())
    known = {"code": found.stamp.code} if found else {}
    click.echo(msgspec.json.encode(known | {"public_key": point_key(settings().keys).public.hex}).decode())


@point.command()
@click.argument("file", type=click.File("rb"))
@plainly()
def enrol(file: BinaryIO) -> None:
    """Take the document FILE that the hub's ``point enrol`` printed."""
    db = database()
    with write(db):
        take(db, read_document(file.read()))
    click.echo(_shown(installation.get(db)))


@point.command()
@plainly()
def show() -> None:
    """Show which point this is and which hub it sends to."""
    click.echo(_shown(installation.get(database())))


def _shown(found: installation.Installation) -> str:
    return f"{found.stamp.code}  {found.stamp.name}\n{found.hub_url}  {found.hub}"
