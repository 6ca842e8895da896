"""Staff (工作人员): for managers, who may sit at the counter."""

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

import store.staff
from domain.errors import Conflict
from forms.pin import NewPinForm
from forms.printing import OrderForm
from forms.staff import StaffForm
from i18n import gettext, say
from store import sign_in
from views import counter
from views.database import database, settings
from views.guard import manager_only

staff = Blueprint("staff", __name__, url_prefix="/staff")


@staff.before_request
@manager_only
def ask() -> None:
    """Let managers in only."""


@staff.route("/", methods=["GET", "POST"])
def index() -> ResponseReturnValue:
    """List everybody; add a person."""
    form = StaffForm()
    if form.validate_on_submit() and _add(form):
        return _back(gettext("已添加%(name)s", name=form.name.data))
    people = store.staff.everybody(database())
    locked = {person.id for person in people if sign_in.is_locked(database(), person.name, counter.pepper())}
    page = render_template(
        "staff/index.html", form=form, people=people, locked=locked, public_url=settings().public_url,
        look=OrderForm(formdata=None, order=settings().script_order),
    )  # fmt: skip
    return page, 422 if form.errors else 200


@staff.route("/<staff_id>/pin", methods=["GET", "POST"])
def pin(staff_id: str) -> ResponseReturnValue:
    """Give a person a new PIN; who sits there under the old one is signed out."""
    person, form = store.staff.find(database(), staff_id), NewPinForm()
    if form.validate_on_submit():
        store.staff.change_pin(database(), staff_id, form.pin.data, counter.pepper(), g.staff.id)
        return _back(gettext("%(name)s的密码已更换", name=person.name))
    return render_template("staff/pin.html", form=form, person=person), 422 if form.errors else 200


@staff.post("/<staff_id>/departure")
def departure(staff_id: str) -> Response:
    """Let a person sign in no more."""
    store.staff.deactivate(database(), staff_id, g.staff.id)
    return _back(gettext("已停用，此人不能再登录"))


@staff.post("/<staff_id>/return")
def comeback(staff_id: str) -> Response:
    """Let a person who had left sign in again."""
    store.staff.reactivate(database(), staff_id, g.staff.id)
    return _back(gettext("已恢复，此人可以用原来的密码登录"))


@staff.post("/<staff_id>/unlocking")
def unlocking(staff_id: str) -> Response:
    """Let a person try again who had failed too often."""
    sign_in.unlock(database(), store.staff.find(database(), staff_id), counter.pepper(), g.staff.id)
    return _back(gettext("已解锁，此人可以再次登录"))


def _add(form: StaffForm) -> bool:
    try:
        store.staff.add(database(), form.name.data, form.role.data, form.pin.data, counter.pepper(), g.staff.id)
    except Conflict as error:
        form.name.errors = [say(error)]
        return False
    return True


def _back(said: str) -> Response:
    flash(said, "good")
    return redirect(url_for("staff.index"), code=303)
