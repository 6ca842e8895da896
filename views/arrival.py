"""An application arrives from a trader's phone (接收): it becomes a draft here, or leads to what is here already."""

from typing import Any

from flask import flash, g, redirect, url_for
from sqlite_utils import Database
from werkzeug.wrappers import Response

from domain.errors import NotFound, Refused
from domain.words import Channel, Language
from forms.self_apply import by_the_trader
from forms.unfinished import Unfinished
from i18n import gettext
from slip import Slip
from store import applications, drafts, erasure, products, staff
from store.clock import today
from views.database import database
from views.draft.context import after, begun_with, find, step_url


def arrive(handed: Slip) -> Response:
    """Lead to the application in *handed*: its page, the draft that was made of it, or a new draft."""
    db = database()
    if reference := submitted(db, handed.id):
        flash(gettext("这份申请已经收过，编号 %(reference)s", reference=reference), "good")
        return redirect(url_for("application.show", reference=reference), code=303)
    holder = drafts.holder(db, handed.id)
    if holder is None:
        _begin(db, handed)
    elif holder == g.staff.id:
        flash(gettext("这份申请已经扫过，草稿在这里，没有改动"), "good")
    else:
        drafts.hand_over(db, handed.id, g.staff.id)
        name = staff.find(db, holder).name
        flash(gettext("这份申请%(name)s已经扫过，草稿现在转给您，没有改动", name=name), "warn")
    return redirect(_onward(handed.id), code=303)


def submitted(db: Database, record_id: str) -> str:
    """Return the reference of the application that is here under this id, or nothing; raise Refused once erased."""
    try:
        return str(applications.read(db, record_id).reference)
    except NotFound:
        if erasure.holds(db, record_id):
            raise Refused("slip.erased") from None
        return ""


def _begin(db: Database, handed: Slip) -> None:
    product = products.find(db, handed.product, handed.version)
    answers = _answers(handed)
    if product and product.in_force(today()):
        flash(gettext("投保人在手机上填的，已全部读入。请照原件核对，再提交"), "good")
    else:
        # What was read and agreed to belongs to another product: it has to be read again.
        answers |= {"declarations": {}, **begun_with(db)}
        flash(gettext("投保人填写时的产品现在不能用，已按现在的产品重新报价。声明和同意请投保人重新看过再勾"), "warn")
    title = handed.answers["policyholder"]["name"][0].strip()
    drafts.start(db, handed.id, g.staff.id, answers, title=title)


def _answers(handed: Slip) -> dict[str, Any]:
    return {
        **by_the_trader(handed.answers, Language(handed.language)),
        "product": [handed.product, handed.version],
        "channel": Channel.SELF,
        "language": handed.language,
        "slip": handed.digest.hex(),
    }


def _onward(draft_id: str) -> str:
    try:
        return after(find(draft_id), "review")
    except Unfinished as unfinished:
        return step_url(draft_id, unfinished.step, unfinished.number, check=1)
