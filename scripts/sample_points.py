"""What `make demo` loads: this point and two of the other kinds, all synthetic (示例), with answers of the insurer."""

import sys
from pathlib import Path

from scripts.console import flask
from scripts.introduce import introduce

HERE = "126"
ELSEWHERE = "24"
OTHERS = (
    ("GXS", "--name", "示例供销社", "--kind", "cooperative", "--county", "540234"),
    ("SHH", "--name", "示例商会", "--kind", "chamber", "--county", "540581"),
)

HANDOUTS = (
    ("codes", "goods.json"),
    ("codes", "trades.json"),
    ("calendar", "calendar-2026.json"),
    ("buyers", "buyers.jsonl"),
)


def load_demo(hub_url: str, data: Path) -> None:
    """Load the sample data at this point and at two others, have some answered, unless they are there already."""
    if not _load(None, HERE, "1"):
        return
    for noun, file in HANDOUTS:
        flask("hub", noun, "load", f"handouts/{file}")
    for seed, point in enumerate(OTHERS, start=2):
        folder = data / "points" / point[0]
        introduce(hub_url, point, folder)
        _load(folder, ELSEWHERE, str(seed))
    flask("hub", "demo")
    flask("app", "sync")
    for point in OTHERS:
        flask("app", "sync", data=data / "points" / point[0])


def _load(data: Path | None, count: str, seed: str) -> bool:
    loaded = "已提交" in flask("app", "demo", "--count", count, "--seed", seed, data=data)
    flask("app", "sync", data=data)
    return loaded


if __name__ == "__main__":
    load_demo(sys.argv[1], Path(sys.argv[2]))
