"""Papers (打印件): the form, the receipt and what the insurer answered, as PDF."""

from flask import Blueprint, Response, g

from domain.activity import Action
from store import activity, applications
from views.database import database, settings
from views.printed import printed

paper = Blueprint("paper", __name__)


@paper.get("/applications/<reference>/papers/<name>.pdf")
def show(reference: str, name: str) -> Response:
    """Show one paper about an application; the same record gives the same bytes."""
    return _pdf(applications.summary(database(), reference).record_id, name)


@paper.post("/applications/<reference>/papers/<name>/prints")
def create(reference: str, name: str) -> Response:
    """Print one paper: the journal remembers who did, and when."""
    db = database()
    record_id = applications.summary(db, reference).record_id
    answer = _pdf(record_id, name)
    activity.note(db, g.staff.id, Action.PRINTED, record_id)
    return answer


def _pdf(record_id: str, name: str) -> Response:
    pdf = printed(database(), record_id, name, settings())
    return Response(pdf, mimetype="application/pdf", headers={"Content-Disposition": f"inline; filename={name}.pdf"})
