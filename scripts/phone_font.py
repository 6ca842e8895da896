"""Make the Tibetan font that a phone without one of its own may fetch: ``python -m scripts.phone_font``.

The letters of the language as it is written today and the stacks they make, names from Sanskrit included as far as
they use these letters. Signs of old manuscripts and of transliteration are left out; two thirds of the whole remain.
"""

import io
from pathlib import Path

from fontTools.subset import Options, Subsetter, load_font, save_font

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "static/fonts/noto-serif-tibetan-400.woff2"
FONT = ROOT / "static/fonts/noto-serif-tibetan-phone.woff2"
SPACES = (0x20, 0xA0)
SIGNS = (*range(0xF04, 0xF15), *range(0xF3A, 0xF3E), 0xF00, 0xF35, 0xF37, 0xF7E, 0xF7F, 0xF84, 0xF85)
DIGITS = range(0xF20, 0xF2A)
REVERSED = frozenset(range(0xF4A, 0xF4E)) | {0xF65}
LETTERS = frozenset(range(0xF40, 0xF69)) - {0xF43, 0xF48, 0xF52, 0xF57, 0xF5C} - REVERSED
VOWELS = (0xF71, 0xF72, 0xF74, 0xF7A, 0xF7B, 0xF7C, 0xF7D, 0xF80)
SUBJOINED = frozenset(letter + 0x50 for letter in LETTERS - {0xF4E})
CHARACTERS = frozenset((*SPACES, *SIGNS, *DIGITS, *LETTERS, *VOWELS)) | SUBJOINED


def make() -> bytes:
    """Return the font (WOFF2); the same input makes the same bytes."""
    # HarfBuzz would pack it otherwise, where it is there at all.
    options = Options(hinting=False, flavor="woff2", harfbuzz_repacker=False)
    options.layout_features = ["*"]
    made = io.BytesIO()
    with load_font(str(SOURCE), options) as font:
        subsetter = Subsetter(options)
        subsetter.populate(unicodes=CHARACTERS)
        subsetter.subset(font)
        save_font(font, made, options)
    return made.getvalue()


if __name__ == "__main__":
    FONT.write_bytes(make())
