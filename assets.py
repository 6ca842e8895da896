"""Static files under an address that changes with their content, so that browsers may keep them for ever."""

import hashlib
from functools import cache
from mimetypes import guess_type
from pathlib import Path

from flask import Flask, Response, request, send_from_directory, url_for
from werkzeug.security import safe_join

from joined import joined
from precompressed import Body

FOR_EVER = 365 * 24 * 3600
# What grows smaller by compressing; pictures and fonts are compressed already.
TEXTS = frozenset({".css", ".js", ".json", ".svg", ".txt", ".webmanifest"})
ONE = ".one"


def digest(folder: Path) -> str:
    """Return a short digest of every file in *folder*, names included."""
    whole = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        whole.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return whole.hexdigest()[:12]


def init_app(app: Flask) -> None:
    """Serve *app*'s static folder at ``/static/v/<digest>/`` and give templates ``asset`` and ``joined`` (a name).

    One digest for all: style sheets and modules name each other by relative addresses and stay of one version.
    ``joined('apply/form.js')`` is ``…/apply/form.one.js``: that module and all it imports.
    """
    folder = Path(str(app.static_folder))
    version = digest(folder)

    @cache
    def body_of(path: Path, in_one: bool) -> Body:
        return Body(joined(path).encode() if in_one else path.read_bytes())

    def text(name: str) -> Body | None:
        asked = Path(safe_join(str(folder), name) or "").resolve()
        path = asked.with_name(asked.name.replace(ONE + asked.suffix, asked.suffix)) if ONE in asked.name else asked
        return body_of(path, path != asked) if path.suffix in TEXTS and path.is_file() else None

    @app.get("/static/v/<version>/<path:name>")
    def kept(version: str, name: str) -> Response:
        body = text(name)
        mimetype = guess_type(name)[0] or "application/octet-stream"
        response = compressed(body, mimetype) if body else send_from_directory(folder, name, max_age=FOR_EVER)
        response.cache_control.max_age = FOR_EVER
        response.cache_control.immutable = True
        return response

    def asset(name: str) -> str:
        return url_for("kept", version=version, name=name)

    def in_one(name: str) -> str:
        path = Path(name)
        return asset(path.with_name(path.stem + ONE + path.suffix).as_posix())

    app.jinja_env.globals.update(asset=asset, joined=in_one)


def compressed(body: Body, mimetype: str) -> Response:
    """Return *body* as small as this request's browser takes it."""
    encoding, data = body.encoded({name for name, quality in request.accept_encodings if quality})
    response = Response(data, mimetype=mimetype)
    if encoding:
        response.headers["Content-Encoding"] = encoding
    response.headers["Vary"] = "Accept-Encoding"
    return response
