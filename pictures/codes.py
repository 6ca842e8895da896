"""The square codes on a photograph (二维码), read alone in a process of its own: picture in, one text a line out."""

import io
import sys
from pathlib import Path

import zxingcpp
from PIL import Image, ImageOps

sys.path.insert(0, str(Path(__file__).parent.parent))  # the process is started without any path

from pictures.shrink import FORMATS, MOST_DECODED, TOO_LARGE, TOO_MUCH, UNREADABLE, confine

SIDE = 4000
QR = zxingcpp.barcode_formats_from_str("QRCode")


def texts(data: bytes) -> list[str]:
    """Return what the QR codes on the picture *data* say, in whichever direction they lie."""
    with Image.open(io.BytesIO(data), formats=FORMATS) as image:
        image.draft("L", (SIDE, SIDE))
        if image.width * image.height > MOST_DECODED:
            raise Image.DecompressionBombError
        grey = ImageOps.exif_transpose(image).convert("L")
    grey.thumbnail((SIDE, SIDE), Image.Resampling.LANCZOS)
    return [code.text for code in zxingcpp.read_barcodes(grey, formats=QR)]


def main() -> int:
    """Answer standard input with the texts of its codes, or with why none can be looked for."""
    confine()
    try:
        sys.stdout.write("".join(text.replace("\n", " ") + "\n" for text in texts(sys.stdin.buffer.read())))
    except Exception as error:
        return TOO_LARGE if isinstance(error, TOO_MUCH) else UNREADABLE
    return 0


if __name__ == "__main__":
    sys.exit(main())
