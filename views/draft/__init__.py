"""Drafts (草稿): the steps of an application from the first question to its submission."""

from flask import Blueprint

draft = Blueprint("draft", __name__, url_prefix="/drafts")

from views.draft import buyers, quote, start, step, submission  # noqa: E402

__all__ = ["buyers", "draft", "quote", "start", "step", "submission"]
