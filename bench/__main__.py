"""Measure everything, or with ``ONLY=print`` one part: a line ``NAME VALUE UNIT`` for each figure."""

import os
import sys
from importlib import import_module

PARTS = ("submit", "page", "print", "start", "sync", "pictures", "hub", "phone", "status")


def main(only: str) -> None:
    """Run the parts in turn and print each figure as soon as it is known."""
    if only and only not in PARTS:
        raise SystemExit(f"ONLY={only}: {', '.join(PARTS)}")
    for part in (only,) if only else PARTS:
        for name, value, unit in import_module(f"bench.{part}").run():
            sys.stdout.write(f"{name} {value if isinstance(value, int) else format(value, '.4g')} {unit}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main(os.environ.get("ONLY", ""))
