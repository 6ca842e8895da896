"""Whoever goes ahead of an open step is led back to it, with what is wrong there said at the field."""

from flask import redirect, request
from werkzeug.wrappers import Response

from forms.unfinished import Unfinished
from views.draft import draft
from views.draft.context import step_url


@draft.errorhandler(Unfinished)
def lead_back(unfinished: Unfinished) -> Response:
    """Redirect to the open step of the draft that was asked for."""
    draft_id = str((request.view_args or {})["draft_id"])
    return redirect(step_url(draft_id, unfinished.step, unfinished.number, check=1), code=303)
