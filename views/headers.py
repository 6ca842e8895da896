"""The headers every answer carries: a strict policy, and nothing personal left in caches."""

from flask import Flask, Response, current_app, request

from views.guard import PUBLIC_SIDE

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'; "
    "object-src 'none'"
)
# A phone pays for every byte of it: what default-src already forbids is not said again, and nobody frames these pages.
PUBLIC_POLICY = (
    "default-src 'none';script-src 'self';style-src 'self';img-src 'self' data:;font-src 'self';connect-src 'self';"
    "worker-src 'self';manifest-src 'self';form-action 'self';base-uri 'none';frame-ancestors 'none'"
)
FILE_POLICY = "default-src 'none'"
ALWAYS = {"X-Content-Type-Options": "nosniff"}
# Files are the same for all the world and hold nobody's data.
ON_PAGES = {
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
FILES = ("static", "kept")
YEAR = "max-age=31536000; includeSubDomains"


def init_app(app: Flask) -> None:
    """Set the headers on every answer, errors included."""
    app.after_request(_apply)


def _apply(response: Response) -> Response:
    is_file = request.endpoint in FILES
    for name, value in (ALWAYS if is_file else ALWAYS | ON_PAGES).items():
        response.headers.setdefault(name, value)
    page_policy = PUBLIC_POLICY if request.blueprint in PUBLIC_SIDE else POLICY
    response.headers.setdefault("Content-Security-Policy", FILE_POLICY if is_file else page_policy)
    if current_app.config["SESSION_COOKIE_SECURE"] and not is_file:
        response.headers["Strict-Transport-Security"] = YEAR
    if not is_file:
        response.headers.setdefault("Cache-Control", "no-store")
    return response
