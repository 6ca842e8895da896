"""The fonts that papers are set in, and nothing but them: no font of the machine can slip in."""

from pathlib import Path

FONTS = Path(__file__).parent / "fonts"
CONFIGURATION = FONTS / "fonts.conf"
