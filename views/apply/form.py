"""The form (自助申请表): one page that holds all answers itself; every button brings all of them."""

from flask import request
from werkzeug.wrappers import Response

import assets
from views.apply import apply, page


@apply.get("")
def form() -> Response:
    """Show the empty form; a phone that has it already hears only that it is still the same."""
    body = page.empty()
    response = assets.compressed(body, "text/html")
    response.headers["Vary"] = "Accept-Encoding, Accept-Language, Cookie"
    response.cache_control.no_cache = True
    response.set_etag(body.tag, weak=True)
    return response.make_conditional(request)
