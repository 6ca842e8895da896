"""Who sits at the counter: the session behind this browser's cookie, begun and ended."""

import time

from flask import g, redirect, request, session
from werkzeug.wrappers import Response

from i18n import is_local
from keyfile import secret
from store import sessions
from store.sessions import Session, State
from store.staff import Staff
from views.database import database, settings

COOKIE = "sid"


def pepper() -> bytes:
    """Return this installation's pepper for PINs and typed names."""
    return secret(settings().keys, "pepper")


def token() -> str:
    """Return the token in this browser's cookie, or an empty text."""
    return str(session.get(COOKIE, ""))


def current() -> Session | None:
    """Return this browser's session in whatever state, or None; looked up once a request."""
    if "session" not in g:
        g.session = sessions.find(database(), token()) if token() else None
    return g.session


def state(sitting: Session) -> State:
    """Say whether *sitting* is open, idle for too long or at its end."""
    return sitting.state(time.time(), settings().idle_minutes * 60, settings().session_hours * 3600)


def begin(person: Staff) -> None:
    """Sign *person* in here, with a new token; whoever sat here before is signed out."""
    end()
    session[COOKIE] = sessions.start(database(), person.id, time.time())


def end() -> None:
    """Sign out whoever sits here and forget everything about the sitting, the CSRF token too."""
    if token():
        sessions.end(database(), token())
    session.clear()


def wanted() -> str:
    """Return the page the person was on the way to, on this site only."""
    target = request.values.get("next", "/")
    return target if is_local(target) else "/"


def go_on() -> Response:
    """Redirect to where the person wanted to go."""
    return redirect(wanted(), code=303)
