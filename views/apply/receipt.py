"""The receipt on the screen of whoever has no script: reference, status code, and what comes next."""

from flask import make_response, render_template
from werkzeug.wrappers import Response

from domain.errors import Conflict
from wire.receipt import Signed
from wire.status_code import grouped


def page(signed: Signed, digest: bytes) -> Response:
    """Show what was received; raise Conflict when it is not what *digest* says was sent."""
    receipt = signed.receipt
    if receipt.digest != digest.hex():
        raise Conflict("apply.other_content", reference=receipt.reference)
    return make_response(render_template("apply/receipt.html", receipt=receipt, code=grouped(receipt.code)))
