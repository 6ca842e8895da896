"""The door: every page but a few asks who is there, before anything else happens."""

import time
from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from typing import Any

from flask import Flask, g, redirect, request, url_for
from werkzeug.wrappers import Response

from domain.errors import Refused
from domain.words import Role
from store import sessions, staff
from store.connection import StoreError
from store.sessions import State
from views import counter
from views.apply import ADDRESSES
from views.database import database

PUBLIC = frozenset({"static", "kept", "language", "session.new", "setup.new"})
PUBLIC_SIDE = frozenset(ADDRESSES)
STRANGERS = tuple(address.partition("<")[0] for address in ADDRESSES.values())
# Pages that refresh themselves are nobody's activity.
BY_ITSELF = frozenset({"sync.state", "sync.watch", "pile.state", "pile.watch"})
AT_THE_LOCK = frozenset({"session.lock", "session.end"})


def init_app(app: Flask) -> None:
    """Ask before every request."""
    app.before_request(admit)


def admit() -> Response | None:
    """Let the request pass with ``g.staff`` and ``g.locked``, or redirect to where its person can sign in.

    What somebody typed into a step of a draft passes although the session is locked or
    at its end, but only to be kept: ``g.locked`` says so.
    """
    if _is_public():
        return None
    sitting = counter.current()
    if sitting is None:
        return to_sign_in(_here())
    g.staff = staff.find(database(), sitting.staff_id)
    g.locked = counter.state(sitting) is not State.OPEN
    if not g.locked:
        if request.endpoint in BY_ITSELF:
            return None
        # A disk that takes nothing locks the counter in time, but leaves the pages to their people.
        with suppress(StoreError):
            sessions.keep_open(database(), counter.token(), sitting, time.time())
        return None
    passes = request.endpoint in AT_THE_LOCK or _brings_a_draft()
    return None if passes else redirect(url_for("session.lock", next=_here()), code=303)


def to_sign_in(wanted: str) -> Response:
    """Redirect to the sign-in page, on a new point to its setting up."""
    if not staff.exist(database()):
        return redirect(url_for("setup.new"), code=303)
    return redirect(url_for("session.new", next=wanted), code=303)


def manager_only(view: Callable[..., Any]) -> Callable[..., Any]:
    """Refuse *view* to everybody but managers."""

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        if g.staff.role is not Role.MANAGER:
            raise Refused("manager_only")
        return view(*args, **kwargs)

    return guarded


def _is_public() -> bool:
    # Whoever loses the way on the public side is not led to the staff's door.
    astray = request.endpoint is None and request.path.startswith(STRANGERS)
    return astray or request.endpoint in PUBLIC or request.blueprint in PUBLIC_SIDE


def _brings_a_draft() -> bool:
    return request.method == "POST" and request.blueprint == "draft"


def _here() -> str:
    # Without the query: it may hold what somebody searched for.
    readable = request.url_rule is not None and "GET" in (request.url_rule.methods or ())
    return request.path if readable else "/"
