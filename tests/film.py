"""What a camera sees, for a browser that takes a file for its camera."""

import io
from pathlib import Path

from PIL import Image

SEEN = (1280, 720)


def film(folder: Path, seen: Image.Image, place: tuple[int, int], quality: int) -> Path:
    """Return a film of *seen* at *place* on a grey desk, second after second the same."""
    picture = Image.new("RGB", SEEN, "grey")
    picture.paste(seen, place)
    frame = io.BytesIO()
    picture.save(frame, "JPEG", quality=quality)
    camera = folder / "camera.mjpeg"
    camera.write_bytes(frame.getvalue() * 3)
    return camera
