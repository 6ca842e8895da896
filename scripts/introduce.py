"""The first start: the point and the hub come to know each other by their keys, as two real ones would by hand."""

import json
import subprocess
import sys

from scripts.service import ROOT, Stopped

PRODUCT = "products/sample.json"
POINT = ("SL", "--name", "示例服务点", "--kind", "bank", "--county", "540233")


def flask(app: str, *command: str, given: str = "") -> str:
    """Run one of the project's own commands and return what it printed; raise Stopped when it refuses."""
    done = _run(app, *command, given=given)
    if done.returncode:
        raise Stopped(f"flask --app {app} {' '.join(command)}\n{done.stderr.strip()}")
    return done.stdout


def is_known(hub_url: str) -> bool:
    """Say whether the point here sends to *hub_url* already."""
    return hub_url in _run("app", "point", "show").stdout.split()


def introduce() -> None:
    """Load the sample product at the hub, enrol the point there, and exchange; the hub must be up.

    What an interrupted start has done already is done again and changes nothing.
    """
    flask("hub", "product", "load", PRODUCT)
    key = json.loads(flask("app", "point", "request"))["public_key"]
    document = flask("hub", "point", "enrol", *POINT, "--public-key", key)
    flask("app", "point", "enrol", "-", given=document)
    flask("app", "sync")


def _run(app: str, *command: str, given: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603
        [sys.executable, "-m", "flask", "--app", app, *command], cwd=ROOT, input=given, capture_output=True, text=True
    )
