"""Drafts (草稿): the steps of an application from the first question to its submission."""

from flask import Blueprint

draft = Blueprint("draft", __name__, url_prefix="/drafts")

from views.draft import (  # noqa: E402
    buyers,
    known_buyers,
    pictures,
    quote,
    standing,
    start,
    step,
    submission,
    unfinished,
)

__all__ = [
    "buyers",
    "draft",
    "known_buyers",
    "pictures",
    "quote",
    "standing",
    "start",
    "step",
    "submission",
    "unfinished",
]
