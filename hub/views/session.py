"""Signing in and out (登录)."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from domain.errors import Refused, TooManyTries
from hub import admission
from hub.forms.session import SignInForm
from hub.views import guard
from hub.views.here import here
from i18n import is_local

session = Blueprint("session", __name__, url_prefix="/session")


@session.route("/new", methods=["GET", "POST"])
def new() -> ResponseReturnValue:
    """Sign in by name and passphrase, then go on to where the person wanted to go."""
    if not admission.is_set_up(here()):
        return redirect(url_for("setup.new"), code=303)
    form = SignInForm()
    if not form.validate_on_submit():
        return _page(form, 422 if form.errors else 200)
    try:
        guard.begin(admission.sign_in(here(), form.name.data, form.passphrase.data))
    except (Refused, TooManyTries) as error:
        return _page(form, error.status, error)
    return redirect(_wanted(), code=303)


@session.post("/end")
def end() -> ResponseReturnValue:
    """Sign out."""
    guard.end()
    return redirect(url_for("session.new"), code=303)


def _page(form: SignInForm, status: int, problem: Refused | TooManyTries | None = None) -> ResponseReturnValue:
    return render_template("hub/session.html", form=form, next=_wanted(), problem=problem), status


def _wanted() -> str:
    target = request.values.get("next", "/")
    return target if is_local(target) else "/"
