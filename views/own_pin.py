"""Somebody at the counter changes their own PIN (换自己的密码)."""

import time

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

import store.staff
from domain.errors import Refused, TooManyTries
from forms.own_pin import OwnPinForm
from i18n import gettext, say
from store.sign_in import sign_in
from views import counter
from views.database import database

own_pin = Blueprint("own_pin", __name__)


@own_pin.route("/session/pin", methods=["GET", "POST"])
def change() -> ResponseReturnValue:
    """Ask for the PIN as it is, counted like signing in; every other browser of this person is signed out."""
    form = OwnPinForm()
    if not form.validate_on_submit():
        return render_template("session/pin.html", form=form), 422 if form.errors else 200
    try:
        sign_in(database(), g.staff.name, form.now.data, counter.pepper(), time.time())
    except (Refused, TooManyTries) as error:
        form.now.errors = [say(error)]
        return render_template("session/pin.html", form=form), error.status
    store.staff.change_pin(database(), g.staff.id, form.pin.data, counter.pepper(), g.staff.id)
    counter.begin(g.staff)
    flash(gettext("%(name)s的密码已更换", name=g.staff.name), "good")
    return redirect(url_for("home.show"), code=303)
