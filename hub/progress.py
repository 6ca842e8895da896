"""Where an application stands (办理进度), as its applicant is told: from what the hub itself holds."""

from datetime import date, datetime

import msgspec
from sqlalchemy import Connection

from domain.calendar import Calendar
from domain.identity import mask_name
from domain.product import Clock
from domain.progress import RUNNING, Progress, Stage, stage_of
from domain.working_days import Due, due
from hub.case import Case, open_case
from hub.clock import CHINA
from hub.store import handouts

_decoder = msgspec.json.Decoder(Calendar)


def progress_of(connection: Connection, point: str, record_id: str) -> Progress:
    """Return where the application stands; raise NotFound."""
    case = open_case(connection, point, record_id)
    line, application = case.summary, case.application
    outcome = None if line.state == "waiting" else line.outcome
    stage = stage_of("confirmed", outcome)
    return Progress(
        reference=line.reference,
        revision=line.revision,
        who=mask_name(line.policyholder),
        applied_on=date.fromisoformat(line.applied_on),
        point=application.point.name if application and application.point else point,
        stage=stage,
        product=case.product,
        decision=next((one for one in reversed(case.decisions) if one.outcome == outcome), None),
        running=_running(connection, case) if stage is Stage.WITH_INSURER else (),
    )


def _running(connection: Connection, case: Case) -> list[tuple[Clock, Due]]:
    if case.product is None or case.application is None:
        return []
    start = datetime.fromisoformat(case.summary.received_at).astimezone(CHINA).date()
    calendars = _calendars(connection, case.application.policyholder.county)
    return [(clock, due(clock, start, calendars)) for clock in case.product.clocks if clock.id in RUNNING]


def _calendars(connection: Connection, county: str) -> dict[int, Calendar]:
    """Return year → calendar: the prefecture's own, which comes after the one for all, else that."""
    found = [one for one in handouts.newest(connection) if one.kind == "calendar" and one.concerns(county)]
    return {int(one.name): _decoder.decode(one.body) for one in sorted(found, key=lambda one: one.area)}
