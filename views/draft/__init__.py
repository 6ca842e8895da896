"""Drafts (草稿): the steps of an application from the first question to its submission."""

from flask import Blueprint

draft = Blueprint("draft", __name__, url_prefix="/drafts")

from views.draft import buyers, pictures, quote, standing, start, step, submission, unfinished  # noqa: E402

__all__ = ["buyers", "draft", "pictures", "quote", "standing", "start", "step", "submission", "unfinished"]
