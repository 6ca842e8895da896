"""``flask application …``: list and show what was received, without a browser."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

import click
import msgspec
from flask.cli import AppGroup

from domain.application import Application
from domain.errors import NotFound
from domain.identity import mask_id, mask_mobile
from hub.case import open_case
from hub.commands.plainly import plainly
from hub.store import applications
from hub.store.applications import Summary
from hub.store.engine import read
from hub.views.here import here

application = AppGroup("application", help="投保申请：列出、查看 / applications: list, show")


@application.command("list")
@click.option("--json", "as_json", is_flag=True, help="one JSON array instead of a table")
@click.option("--full", is_flag=True, help="with --json: the whole records, numbers in full")
@plainly()
def list_(as_json: bool, full: bool) -> None:
    """List the applications, oldest first; a line has no numbers that would have to be masked."""
    with read(here().engine) as connection:
        found = applications.every(connection)
    if as_json:
        for part in _array((shown for _, shown in _records(found)) if full else found):
            click.echo(part, nl=False)
        click.echo()
        return
    for line in found:
        state = f"{line.state:<11}  {line.outcome or '-':<11}"
        click.echo(f"{line.reference}  {line.applied_on}  {state}  {line.policyholder}")


@application.command()
@click.argument("reference")
@click.option("--json", "as_json", is_flag=True, help="the whole record, numbers in full")
@plainly()
def show(reference: str, as_json: bool) -> None:
    """Show one application; two when two points used the same reference."""
    with read(here().engine) as connection:
        found = applications.by_reference(connection, reference)
    records = list(_records(found))
    if not records:
        raise NotFound("hub.application_not_found")
    for record, shown in records:
        click.echo(json.dumps(shown, ensure_ascii=False, indent=2) if as_json else _masked(record))


def _records(lines: list[Summary]) -> Iterator[tuple[Application, dict[str, Any]]]:
    with read(here().engine) as connection:
        for line in lines:
            case = open_case(connection, line.point, line.record_id)
            if case.received:
                yield case.received.record, case.shown


def _array(items: Iterable[object]) -> Iterator[str]:
    # One item at a time: a hub may hold more than fits into memory as text.
    opening = "["
    for item in items:
        yield opening + msgspec.json.encode(item).decode()
        opening = ",\n"
    yield "[]" if opening == "[" else "]"


def _masked(record: Application) -> str:
    holder = record.policyholder
    first = f"{record.reference}  {record.applied_on}  {holder.name}"
    return f"{first}\n{mask_id(holder.id_number)}  {mask_mobile(holder.mobile)}"
