"""What the applicant of one record is told about it, read from the point's own records."""

from datetime import date

from sqlite_utils import Database

from domain.decision import Decision
from domain.identity import mask_name
from domain.progress import Progress, stage_of
from store import applications, decisions, history, products
from views.expected import expected


def progress_of(db: Database, record_id: str) -> Progress:
    """Return where the application stands; raise NotFound."""
    record = applications.read(db, record_id)
    line = applications.summary(db, record.reference or "")
    product = products.find(db, record.cover.product, record.cover.version)
    waiting = line.sync == "confirmed" and not line.outcome
    return Progress(
        reference=line.reference,
        revision=line.revision,
        who=mask_name(line.policyholder),
        applied_on=date.fromisoformat(line.applied_on),
        point=record.point.name if record.point else "",
        stage=stage_of(line.sync, line.outcome),
        product=product,
        decision=_standing(decisions.of(db, record_id), line.outcome),
        running=expected(db, product, history.of(db, record_id)) if waiting else (),
    )


def _standing(made: list[Decision], outcome: str | None) -> Decision | None:
    return next((one for one in reversed(made) if one.outcome == outcome), None)
