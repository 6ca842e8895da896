"""The form (自助申请表): one page that holds all answers itself; every button brings all of them."""

import re
from typing import Any

from flask import request
from werkzeug.wrappers import Response

import assets
from domain.errors import Conflict, Later, TshegError
from domain.product import Product
from domain.uuid7 import new_uuid7
from forms.self_apply import answers_of, by_the_trader, moved
from forms.self_groups import Groups
from i18n import current_language, gettext, remember, say
from store import receipts
from store.connection import StoreError
from store.trouble import understood
from views.apply import apply, page, receipt
from views.apply.later import put_off
from views.apply.limits import WorkFirst
from views.apply.record import checked, digest_of, receive
from views.apply.refusal import RETRY_SECONDS
from views.database import database

RECORD_ID = re.compile("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")


@apply.get("")
def form() -> Response:
    """Show the empty form; a phone that has it already hears only that it is still the same."""
    body = page.empty()
    response = assets.compressed(body, "text/html")
    response.headers["Vary"] = "Accept-Encoding, Accept-Language, Cookie"
    response.cache_control.no_cache = True
    response.set_etag(body.tag, weak=True)
    return response.make_conditional(request)


@apply.post("")
def answer() -> Response:
    """Take what a button brought, for whoever has no script: nothing is kept here until the last button."""
    context = page.context()
    answers = by_the_trader(answers_of(request.form.lists()), current_language())
    problem = _require_reading_again(answers, context.product)
    go, at = request.form.get("go", "next"), request.form.get("at", "start")
    if "switch_language" in request.form:
        response = _shown(Groups(answers, context), at, problem=problem)
        remember(response, current_language())
        return response
    at = moved(answers, at, go, context.product.max_buyers)
    groups = Groups(answers, context)
    if go == "submit":
        return _submit(groups, _record_id(), problem)
    if go != "next":
        return _shown(groups, at, problem=problem)
    wrong = groups.first_wrong(groups.known(at))
    return _shown(groups, wrong or groups.after(at), 422 if wrong else 200, problem)


def _require_reading_again(answers: dict[str, Any], product: Product) -> str:
    """Take back the consents when the page shows an older product; return what is said about it."""
    if request.form.get("product") == f"{product.id}:{product.version}":
        return ""
    answers["declarations"] = {}
    return gettext("保险产品已经更新，请再读一遍声明，重新勾选")


def _submit(groups: Groups, record_id: str, problem: str) -> Response:
    digest = digest_of(groups, record_id)
    if known := receipts.find(database(), record_id):
        return receipt.page(known, digest)
    application = checked(groups, record_id)
    if application is None or groups.wrong:
        return _shown(groups, "review", 422, problem)
    try:
        return receipt.page(receive(application, digest), digest)
    except Conflict:
        raise
    except Later as error:
        task = error.nonce if isinstance(error, WorkFirst) else ""
        return put_off(_shown(groups, "review", error.status, say(error), task), error)
    except (TshegError, StoreError) as error:
        refusal = understood(error) if isinstance(error, StoreError) else error
        if refusal is None:
            raise
        return _shown(groups, "review", 503, say(refusal))


def _shown(groups: Groups, at: str, status: int = 200, problem: str = "", task: str = "") -> Response:
    """Return the page at the group *at*; the review only when everything before it holds.

    The page holds *task*, or the one it held, as the proof of having waited.
    """
    at, record_id = groups.known(at), _record_id()
    application = checked(groups, record_id) if at == "review" else None
    if at == "review" and application is None:
        at, status = groups.wrong or at, 422
    waited = task or request.form.get("waited", "")
    body = page.answered(groups, at, id=record_id, application=application, problem=problem, waited=waited)
    response = assets.compressed(body, "text/html")
    response.status_code = status
    if status == 503:
        response.headers["Retry-After"] = RETRY_SECONDS
    return response


def _record_id() -> str:
    sent = request.form.get("id", "")
    return sent if RECORD_ID.fullmatch(sent) else new_uuid7()
