"""The public side (自助申请): what a trader alone sees on a phone, without session, cookie or token to expire."""

from flask import Blueprint

apply = Blueprint("apply", __name__)
# Under the point's own address the same pages, for the poster's code to lead to.
ADDRESSES = {"apply": "/apply", "apply_at": "/p/<point>/apply"}

from views.apply import admission, form, later, mine, offline, refusal, status, submission  # noqa: E402

__all__ = ["ADDRESSES", "admission", "apply", "form", "later", "mine", "offline", "refusal", "status", "submission"]
