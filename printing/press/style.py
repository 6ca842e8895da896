"""The style of every paper: the sheets of ``static/print`` one after the other, in the order of their names."""

from functools import cache
from pathlib import Path

STYLES = Path(__file__).parent.parent.parent / "static" / "print"


@cache
def style() -> str:
    """Return what all papers look like."""
    return "\n".join(sheet.read_text("utf-8") for sheet in sorted(STYLES.glob("*.css")))
