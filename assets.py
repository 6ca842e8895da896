"""Static files under an address that changes with their content, so that browsers may keep them for ever."""

import hashlib
from pathlib import Path

from flask import Flask, Response, send_from_directory, url_for

FOR_EVER = 365 * 24 * 3600


def digest(folder: Path) -> str:
    """Return a short digest of every file in *folder*, names included."""
    whole = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        whole.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return whole.hexdigest()[:12]


def init_app(app: Flask) -> None:
    """Serve *app*'s static folder at ``/static/v/<digest>/`` and give templates ``asset(name)``.

    One digest for all: style sheets and modules name each other by relative addresses and stay of one version.
    """
    folder = Path(str(app.static_folder))
    version = digest(folder)

    @app.get("/static/v/<version>/<path:name>")
    def kept(version: str, name: str) -> Response:
        response = send_from_directory(folder, name, max_age=FOR_EVER)
        response.cache_control.immutable = True
        return response

    def asset(name: str) -> str:
        return url_for("kept", version=version, name=name)

    app.jinja_env.globals["asset"] = asset
