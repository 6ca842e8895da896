"""The point's poster (自助申请海报): printed by its manager, here or by ``flask point poster``."""

from flask import Blueprint, Response
from sqlite_utils import Database

from domain.errors import Unavailable
from forms.printing import OrderForm
from printing.poster import Poster, paper
from settings import Settings
from store import installation
from views.database import database, settings
from views.draft.context import product_in_force
from views.guard import manager_only
from views.pressing import pressed

poster = Blueprint("poster", __name__)


@poster.post("/posters")
@manager_only
def create() -> Response:
    """Print the poster."""
    pdf = printed(database(), settings(), OrderForm().order_or(settings().script_order))
    return Response(pdf, mimetype="application/pdf", headers={"Content-Disposition": "inline; filename=poster.pdf"})


def printed(db: Database, settings: Settings, order: str) -> bytes:
    """Return the poster as a PDF; raise Unavailable without an address for phones or a product in force."""
    if not settings.public_url:
        raise Unavailable("poster.no_address")
    here = installation.get(db)
    return pressed(paper(Poster(here.stamp, product_in_force(db), settings.public_url)), order)
