"""The first minutes of a hub: its first underwriter comes in by the one-time code (首次设置)."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from domain.errors import FieldError, TooManyTries
from hub import admission
from hub.forms.setup import SetupForm
from hub.views import guard
from hub.views.here import here

setup = Blueprint("setup", __name__)


@setup.route("/setup", methods=["GET", "POST"])
def new() -> ResponseReturnValue:
    """Add the first underwriter and sign them in; afterwards this page is gone."""
    if admission.is_set_up(here()):
        return redirect(url_for("session.new"), code=303)
    form = SetupForm()
    if not form.validate_on_submit():
        return render_template("hub/setup.html", form=form), 422 if form.errors else 200
    try:
        guard.begin(admission.set_up(here(), form.code.data, form.name.data, form.passphrase.data))
    except (FieldError, TooManyTries) as error:
        return render_template("hub/setup.html", form=form, problem=error), error.status
    return redirect(url_for("desk.show"), code=303)
