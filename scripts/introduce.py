"""The first start: the point and the hub come to know each other by their keys, as two real ones would by hand."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from scripts.service import ROOT, Stopped

PRODUCT = "products/sample.json"
POINT = ("SL", "--name", "示例服务点", "--kind", "bank", "--county", "540233")


def flask(app: str, *command: str, given: str = "", data: Path | None = None) -> str:
    """Run one of the project's own commands, on *data* if given, and return what it printed; raise Stopped."""
    done = _run(app, *command, given=given, data=data)
    if done.returncode:
        raise Stopped(f"flask --app {app} {' '.join(command)}\n{done.stderr.strip()}")
    return done.stdout


def is_known(hub_url: str) -> bool:
    """Say whether the point here sends to *hub_url* already."""
    return hub_url in _run("app", "point", "show").stdout.split()


def introduce(hub_url: str, point: Sequence[str] = POINT, data: Path | None = None) -> None:
    """Load the sample product at the hub, enrol *point* (kept in *data*) there, and exchange; *hub_url* must be up.

    What an interrupted start has done already is done again and changes nothing.
    """
    flask("hub", "product", "load", PRODUCT)
    key = json.loads(flask("app", "point", "request", data=data))["public_key"]
    document = flask("hub", "point", "enrol", *point, "--url", hub_url, "--public-key", key)
    flask("app", "point", "enrol", "-", given=document, data=data)
    flask("app", "sync", data=data)


def _run(app: str, *command: str, given: str = "", data: Path | None = None) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "TSHEG_DATA": str(data)} if data else None
    return subprocess.run(  # noqa: S603
        [sys.executable, "-m", "flask", "--app", app, *command],
        cwd=ROOT, env=environment, input=given, capture_output=True, text=True,
    )  # fmt: skip
