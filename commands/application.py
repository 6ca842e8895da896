"""`flask application …`: import, list, show and print applications without a browser."""

import json
from pathlib import Path
from typing import BinaryIO

import click
import msgspec
from flask.cli import AppGroup

from commands.importing import Line, import_lines
from commands.language_order import chosen, language_order
from commands.plainly import plainly
from domain.identity import mask_id, mask_mobile
from domain.reference import parse_reference
from domain.uuid7 import new_uuid7
from store import applications
from store.pile import Wanted
from store.show import shown
from views.database import database, settings
from views.print_run import Run, explained, keep, numbered, together, with_sheet
from views.printed import PAPERS
from views.printout import prepare

PRINTED_BY = "command"

application = AppGroup("application", help="投保申请：导入、列出、查看、打印")


@application.command("import")
@click.argument("file", type=click.File("rb"))
@plainly()
def import_(file: BinaryIO) -> None:
    """Take the applications of FILE (JSON lines) with the same checks as the form; a result per line."""
    refused = 0
    for line in import_lines(database(), settings(), file):
        refused += line.result == "refused"
        click.echo(_report(line))
    raise SystemExit(1 if refused else 0)


@application.command("list")
@click.option("--json", "as_json", is_flag=True, help="one JSON array instead of a table")
@click.option("--limit", type=int, default=-1, show_default="all")
@plainly()
def list_(as_json: bool, limit: int) -> None:
    """List the applications here, newest first, numbers masked."""
    found = applications.page(database(), limit=limit)
    if as_json:
        click.echo(msgspec.json.encode(found).decode())
        return
    for line in found:
        click.echo(
            f"{line.reference}  {line.applied_on}  {line.sync:<9}  {line.outcome or '-':<11}  {line.policyholder}"
        )


@application.command()
@click.argument("reference")
@click.option("--json", "as_json", is_flag=True, help="the whole record, numbers in full")
@plainly()
def show(reference: str, as_json: bool) -> None:
    """Show one application."""
    record = shown(database(), parse_reference(reference))
    if as_json:
        click.echo(json.dumps(msgspec.to_builtins(record), ensure_ascii=False, indent=2))
        return
    holder = record.policyholder
    click.echo(f"{record.reference}  {record.applied_on}  {holder.name}")
    click.echo(f"{mask_id(holder.id_number)}  {mask_mobile(holder.mobile)}")


@application.command("print")
@click.argument("reference")
@click.option("--output", type=click.Path(path_type=Path), required=True)
@click.option("--paper", type=click.Choice(PAPERS), default="application", show_default=True)
@language_order
@plainly()
def print_(reference: str, output: Path, paper: str, order: str | None) -> None:
    """Write a paper about an application to a PDF file, a form with its data sheet; the journal keeps that."""
    db, here = database(), settings()
    record = shown(db, parse_reference(reference))
    wanted = Wanted(str(record.record_id), paper, chosen(order))
    made = [prepare(db, here, one) for one in with_sheet(db, explained(db, wanted))]
    pdf = together(made)
    output.write_bytes(pdf)
    keep(db, Run(numbered(new_uuid7(), made), pdf), PRINTED_BY)


def _report(line: Line) -> str:
    return json.dumps(msgspec.to_builtins(line), ensure_ascii=False)
