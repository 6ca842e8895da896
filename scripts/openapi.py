"""Write docs/openapi.json: the hub's HTTP side for machines, made from what the hub answers by."""

import json
from pathlib import Path

from hub.api import describe

FILE = Path(__file__).parent.parent / "docs" / "openapi.json"


def main() -> None:
    """Write the file."""
    FILE.write_text(json.dumps(describe(), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
