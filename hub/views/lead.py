"""Leads (转办线索): whom the points referred elsewhere, so that somebody can call back."""

from flask import Blueprint, render_template

from hub.store import leads
from hub.store.engine import read
from hub.views.here import here

lead = Blueprint("lead", __name__)


@lead.get("/leads")
def index() -> str:
    """List the newest leads, telephone numbers in full: they are there to be called."""
    with read(here().engine) as connection:
        found = leads.newest(connection)
    return render_template("hub/leads.html", leads=found)
