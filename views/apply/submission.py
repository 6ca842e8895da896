"""Slips (申请条) that phones send: one request, one signed answer, the same again however often it is sent."""

from flask import request
from werkzeug.wrappers import Response

from domain.errors import Conflict
from domain.words import Language
from forms.self_apply import by_the_trader
from forms.self_groups import Groups
from i18n import gettext, say, speak
from slip import Slip, read
from store import receipts
from views.apply import apply, page
from views.apply.as_json import as_json
from views.apply.record import checked, receive
from views.database import database
from wire.receipt import Signed


@apply.post("/submissions")
def submit() -> Response:
    """Take the slip in the body; what is wrong with it is said in the language it was written in."""
    slip = read(request.get_data())
    speak(slip.language)
    if known := receipts.find(database(), slip.id):
        return _answered(known, slip, 200)
    context = page.context()
    if (context.product.id, context.product.version) != (slip.product, slip.version):
        return _refused([_problem("", gettext("保险产品已经更新，请打开申请页面再看一遍，再提交"), "product_changed")])
    groups = Groups(by_the_trader(slip.answers, Language(slip.language)), context)
    application = checked(groups, slip.id)
    if application is None or groups.wrong:
        return _refused([_problem(control, text, "answer") for control, _label, text in groups.errors()])
    return _answered(receive(application, slip.digest), slip, 201)


def _answered(signed: Signed, slip: Slip, status: int) -> Response:
    if signed.receipt.digest == slip.digest.hex():
        return as_json(signed.texts, status)
    conflict = Conflict("apply.other_content", reference=signed.receipt.reference)
    return as_json({"problem": say(conflict), "code": conflict.code, **signed.texts}, conflict.status)


def _refused(problems: list[dict[str, str]]) -> Response:
    return as_json({"problems": problems}, 422)


def _problem(field: str, text: str, code: str) -> dict[str, str]:
    return {"field": field, "text": text, "code": code}
