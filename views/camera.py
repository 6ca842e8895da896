"""What this machine's camera sees (摄像头): the codes on one picture, sorted, as its script wants to know them."""

from typing import Any

from domain.errors import FieldError
from imprint import digits as imprints
from pictures import reading
from slip import digits as slips
from slip.errors import Unreadable


def seen(picture: bytes, *, any_one: bool) -> list[dict[str, Any]]:
    """Return the codes of ours on *picture*: which paper or slip each is of, and how many parts of it are needed.

    With *any_one* a paper is known by any of its codes.
    """
    try:
        texts = reading.texts(picture)
    except FieldError:
        return []
    return [code for text in texts for code in _told(text, any_one=any_one)]


def _told(text: str, *, any_one: bool) -> list[dict[str, Any]]:
    frames = imprints.FRAMES if imprints.is_ours(text) else slips.FRAMES
    try:
        parts = frames.parts(text)
    except Unreadable:
        return []
    alone = any_one and frames is imprints.FRAMES
    return [
        {"text": part.frame, "of": part.tag, "part": part.number, "parts": 1 if alone else part.parts} for part in parts
    ]
