"""The first minutes of a point: its first manager chooses a PIN (首次设置)."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from domain.errors import FieldError
from forms.setup import SetupForm
from i18n import say
from store import staff
from store.setup import first_manager
from views import counter
from views.database import database

setup = Blueprint("setup", __name__)


@setup.route("/setup", methods=["GET", "POST"])
def new() -> ResponseReturnValue:
    """Make the first manager by the one-time code, and sign them in."""
    if staff.exist(database()):
        return redirect(url_for("session.new"), code=303)
    form = SetupForm()
    if form.validate_on_submit() and _begin(form):
        return redirect("/", code=303)
    return render_template("setup/new.html", form=form), 422 if form.errors else 200


def _begin(form: SetupForm) -> bool:
    try:
        person = first_manager(database(), form.code.data, form.name.data, form.pin.data, counter.pepper())
    except FieldError as error:
        form.code.errors = [say(error)]
        return False
    counter.begin(person)
    return True
