"""``flask product …``: hand out product versions to every point."""

from typing import BinaryIO

import click
from flask.cli import AppGroup
from msgspec import json

from domain.check.product import read as read_product
from drawable import drawn
from hub import catalogue
from hub.commands.plainly import plainly
from hub.store import products
from hub.store.engine import read
from hub.views.here import here

product = AppGroup("product", help="产品：装入、列出 / products: load, list")


@product.command()
@click.argument("file", type=click.File("rb"))
@plainly()
def load(file: BinaryIO) -> None:
    """Check, sign and send the product version in FILE; a version that is known never changes."""
    new = read_product(file.read())
    drawn(json.encode(new).decode())
    state = "loaded" if catalogue.load(here(), new) else "known"
    click.echo(f"{new.id}  {new.version}  {state}")


@product.command("list")
@plainly()
def list_() -> None:
    """List all versions, one a line."""
    with read(here().engine) as connection:
        for signed in products.every(connection):
            one = signed.product
            click.echo(f"{one.id}  {one.version}  {one.valid_from}–{one.valid_to}  {one.name.zh}")
