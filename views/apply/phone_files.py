"""Which static files the phone's pages load, at once or later: what has to be kept for when there is no line."""

import re
from functools import cache
from pathlib import Path

from joined import joined

ROOT = Path(__file__).parents[2]
STATIC = ROOT / "static"
TEMPLATES = ROOT / "templates" / "apply"
ENTRIES = ("form", "mine", "status")
# The signature check of old phones is left out: it is large, and a receipt comes over a line.
LATER = re.compile(r'\bimport\("(\./[\w.@/-]+|\.\./vendor/(?!ed25519)[\w.@/-]+)"\)')
AT_ONCE = re.compile(r'^import .*"(\.{1,2}/[\w.@/-]+)";$', re.MULTILINE)
ONE = ".one"


@cache
def names() -> list[str]:
    """Return the files below ``static/`` as the pages ask for them; a joined module stands for all it imports."""
    modules = [f"apply/{entry}{ONE}.js" for entry in ENTRIES]
    for name in modules:
        modules += [found for found in _imports(name) if found not in modules]
    sheets = [f"apply/{path.stem}{ONE}.css" for path in sorted((STATIC / "apply").glob("*.css"))]
    return [*modules, *sheets]


def source(name: str) -> str:
    """Return a script of ``static/apply`` that is served as it stands."""
    return (STATIC / "apply" / name).read_text("utf-8")


def _imports(name: str) -> list[str]:
    path = STATIC / name.replace(ONE, "")
    text = joined(path) if ONE in name else path.read_text("utf-8")
    found = LATER.findall(text) + ([] if ONE in name else AT_ONCE.findall(text))
    beside = [(STATIC / name).parent.joinpath(one).resolve() for one in dict.fromkeys(found)]
    return [file.relative_to(STATIC).as_posix() for file in beside]
