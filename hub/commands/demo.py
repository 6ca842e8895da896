"""`flask --app hub demo`: answer some of the synthetic applications (示例), so that every answer can be seen."""

import click
from flask.cli import with_appcontext
from sqlalchemy import Connection

from hub import backlog, decisions
from hub.case import Case, open_case
from hub.decisions import Subject
from hub.store import applications
from hub.store.applications import Summary
from hub.store.engine import read, write
from hub.views.here import here

BY = "示例核保员"
LEFT_WAITING = 4


@click.command()
@with_appcontext
def demo() -> None:
    """Decline a sixth of what waits, ask once for papers for a sixth, accept the rest; leave a few waiting."""
    backlog.clear_all(here())
    with read(here().engine) as connection:
        waiting = [line for line in applications.every(connection) if line.state == "waiting"][LEFT_WAITING:]
    for place, line in enumerate(waiting):
        with write(here().engine, line.point) as connection:
            _answer(connection, line, place)
    click.echo(f"已答复 {len(waiting)} 份示例申请。")


def _answer(connection: Connection, line: Summary, place: int) -> None:
    case = open_case(connection, line.point, line.record_id)
    subject = Subject(line.point, line.record_id, line.revision, line.reference)
    application, product = case.contents()
    if place % 6 == 0:
        decisions.decline(connection, subject, (product.decline_reasons[0].text,), BY)
    elif place % 6 == 1:
        decisions.ask(connection, subject, _papers(case), BY)
    else:
        decisions.accept(connection, subject, application, product, BY)


def _papers(case: Case) -> tuple[str, ...]:
    _application, product = case.contents()
    return tuple(paper.id for paper in (case.missing or product.documents[-2:]))
