"""Before every public page: whose it is, in which language, and how much may be sent."""

from typing import Any

from flask import g, request

from domain.errors import NotFound
from i18n import asked_language, speak
from store import installation
from views.apply import apply
from views.database import database

FORM_BYTES = 256 << 10
SLIP_BYTES = 16 << 10


@apply.url_value_preprocessor
def take_point(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Take the point's code out of the address: the pages are the same with it and without."""
    g.point_asked = (values or {}).pop("point", "")


@apply.before_request
def admit() -> None:
    """Choose the language; raise NotFound for another point's address and before this one is enrolled."""
    request.max_content_length = SLIP_BYTES if request.path.endswith("/submissions") else FORM_BYTES
    speak(asked_language())
    here = installation.get(database())
    if g.point_asked and g.point_asked.upper() != here.stamp.code:
        raise NotFound("apply.other_point")
