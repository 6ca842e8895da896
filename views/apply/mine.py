"""What is on this phone (我的申请): the page is the same for everybody, the phone fills it from what it keeps."""

from flask import render_template, request
from werkzeug.wrappers import Response

import assets
from domain.words import Language
from i18n import current_language
from precompressed import Body
from views.apply import apply
from views.apply.phone_words import code_words

QUICK = 5
CODES = (
    *("amount_shape", "amount_negative", "amount_places", "amount_too_large"),
    *("date_shape", "date_unreal", "date_year", "year_shape", "year_range", "days_shape", "days_range"),
    *("mobile_digits", "mobile_length", "mobile_prefix"),
    *("credit_code_length", "credit_code_alphabet", "credit_code_area", "credit_code_check"),
    *("resident_id_length", "resident_id_alphabet", "resident_id_birth_date", "resident_id_future"),
    *("resident_id_check", "old_licence_digits", "old_licence_length"),
)


@apply.get("/mine")
def mine() -> Response:
    """Show the page; a phone that has it already hears only that it is still the same."""
    other = Language.CHINESE if current_language() is Language.TIBETAN else Language.TIBETAN
    body = Body(render_template("apply/mine.html", codes=CODES, code_words=code_words(), other=other).encode(), QUICK)
    response = assets.compressed(body, "text/html")
    response.headers["Vary"] = "Accept-Encoding, Accept-Language, Cookie"
    response.cache_control.no_cache = True
    response.set_etag(body.tag, weak=True)
    return response.make_conditional(request)
