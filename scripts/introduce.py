"""The first start: the point and the hub come to know each other by their keys, as two real ones would by hand."""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from scripts.console import flask
from scripts.service import ROOT

PRODUCT = "products/sample.json"
POINT = ("SL", "--name", "示例服务点", "--kind", "bank", "--county", "540233")
SHOW = (sys.executable, "-m", "flask", "--app", "app", "point", "show")


def is_known(hub_url: str) -> bool:
    """Say whether the point here sends to *hub_url* already."""
    return hub_url in subprocess.run(SHOW, cwd=ROOT, capture_output=True, text=True).stdout.split()  # noqa: S603


def introduce(hub_url: str, point: Sequence[str] = POINT, data: Path | None = None) -> None:
    """Load the sample product at the hub, enrol *point* (kept in *data*) there, and exchange; *hub_url* must be up.

    What an interrupted start has done already is done again and changes nothing. Raises Stopped.
    """
    flask("hub", "product", "load", PRODUCT)
    key = json.loads(flask("app", "point", "request", data=data))["public_key"]
    document = flask("hub", "point", "enrol", *point, "--url", hub_url, "--public-key", key)
    flask("app", "point", "enrol", "-", given=document, data=data)
    flask("app", "sync", data=data)


if __name__ == "__main__":
    introduce(sys.argv[1])
