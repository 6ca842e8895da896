"""Drafts (草稿): the steps of an application from the first question to its submission."""

from flask import Blueprint

draft = Blueprint("draft", __name__, url_prefix="/drafts")

from views.draft import quote, start, step, submission  # noqa: E402

__all__ = ["draft", "quote", "start", "step", "submission"]
