"""Signing in, signing out, and the lock of a counter left alone (登录)."""

import time

from flask import Blueprint, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from domain.errors import Refused, TooManyTries
from forms.session import SignInForm, UnlockForm
from i18n import say
from store import sessions, staff
from store.sessions import State
from store.sign_in import sign_in
from views import counter
from views.database import database
from views.guard import to_sign_in

session = Blueprint("session", __name__, url_prefix="/session")


@session.route("/new", methods=["GET", "POST"])
def new() -> ResponseReturnValue:
    """Sign in by name and PIN, then go on to where the person wanted to go."""
    if not staff.exist(database()):
        return to_sign_in("/")
    form = SignInForm()
    if not form.validate_on_submit():
        return _page("session/new.html", form)
    try:
        person = sign_in(database(), form.name.data, form.pin.data, counter.pepper(), time.time())
    except (Refused, TooManyTries) as error:
        return _page("session/new.html", form, error)
    counter.begin(person)
    return counter.go_on()


@session.post("/end")
def end() -> Response:
    """Sign out; the browser forgets what it stored."""
    counter.end()
    response = redirect(url_for("session.new"), code=303)
    response.headers["Clear-Site-Data"] = '"storage"'
    return response


@session.route("/lock", methods=["GET", "POST"])
def lock() -> ResponseReturnValue:
    """Ask who sits here for the PIN, then go on where they were."""
    sitting = g.session
    if not g.locked:
        return counter.go_on()
    if counter.state(sitting) is State.ENDED:
        return to_sign_in(counter.wanted())
    form = UnlockForm()
    if not form.validate_on_submit():
        return _page("session/lock.html", form)
    try:
        sign_in(database(), g.staff.name, form.pin.data, counter.pepper(), time.time())
    except (Refused, TooManyTries) as error:
        return _page("session/lock.html", form, error)
    sessions.unlock(database(), counter.token(), sitting, time.time())
    return counter.go_on()


def _page(
    template: str, form: SignInForm | UnlockForm, error: Refused | TooManyTries | None = None
) -> ResponseReturnValue:
    if error:
        form.pin.errors = [say(error)]
    status = error.status if error else 422 if form.errors else 200
    return render_template(template, form=form, next=counter.wanted()), status
