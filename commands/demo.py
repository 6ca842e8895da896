"""`flask demo`: fill a point with openly synthetic applications (示例), so that there is something to look at."""

import sys

import click
from flask.cli import with_appcontext

from commands.plainly import plainly
from demo.applications import applications
from domain.complete import complete
from domain.errors import Unavailable
from domain.reference import reference_for
from domain.uuid7 import new_uuid7
from store import installation, ledger, products, submissions
from store.clock import today
from views.database import database

MADE_BY = "demo"
CLERK = "示例经办员"


@click.command()
@with_appcontext
@click.option("--count", default=126, show_default=True, help="how many applications")
@click.option("--seed", default=1, show_default=True, help="another seed gives other applications")
@plainly()
def demo(count: int, seed: int) -> None:
    """Submit synthetic applications at this point, unless it already holds some."""
    db = database()
    if ledger.count(db).total:
        click.echo("本机已有申请，没有再加示例。")
        return
    product, point = products.in_force(db, today()), installation.get(db).stamp
    if product is None:
        raise Unavailable("product_missing")
    given = applications(product, today(), count, seed)
    with click.progressbar(
        given, length=count, label="示例申请", file=sys.stderr, hidden=not sys.stderr.isatty()
    ) as shown:
        for application in shown:
            record_id = new_uuid7()
            reference = reference_for(record_id, point.code, today().year)
            submissions.submit(db, complete(application, product, point, record_id, reference, CLERK, today()), MADE_BY)
    click.echo(f"已提交 {count} 份示例申请。")
