"""What happens to a paper between print and scan: coffee, a wrong angle, a weak lens, grain."""

import math
from collections.abc import Callable
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter

COFFEE = (150, 100, 55)  # what comes through it, of 255
GROUNDS = (70, 40, 18)  # nothing comes through them
SHARE = 0.1

Shape = Callable[[ImageDraw.ImageDraw, tuple[float, float], float, Random], None]


def disc(draw: ImageDraw.ImageDraw, at: tuple[float, float], area: float, _dice: Random) -> None:
    """A drop."""
    _circle(draw, at, math.sqrt(area / math.pi), 255)


def ring(draw: ImageDraw.ImageDraw, at: tuple[float, float], area: float, _dice: Random) -> None:
    """The foot of a cup: a ring that covers *area*, 1.6 times as wide as the drop."""
    radius = math.sqrt(area / math.pi)
    _circle(draw, at, 1.6 * radius, 255)
    _circle(draw, at, math.sqrt(1.6**2 - 1) * radius, 0)


def splash(draw: ImageDraw.ImageDraw, at: tuple[float, float], area: float, dice: Random) -> None:
    """A dozen drops."""
    radius = math.sqrt(area / math.pi)
    for _ in range(12):
        place = (at[0] + dice.gauss(0, 1.2 * radius), at[1] + dice.gauss(0, 1.2 * radius))
        _circle(draw, place, math.sqrt(area / 12 * dice.uniform(0.4, 1.6) / math.pi), 255)


def streak(draw: ImageDraw.ImageDraw, at: tuple[float, float], area: float, dice: Random) -> None:
    """What ran down."""
    length, angle = 3 * math.sqrt(area / math.pi), dice.uniform(0, math.pi)
    along, aside = math.cos(angle) * length / 2, math.sin(angle) * length / 2
    ends = (at[0] - along, at[1] - aside, at[0] + along, at[1] + aside)
    draw.line(ends, fill=255, width=round(area / length))


SHAPES: dict[str, Shape] = {"disc": disc, "ring": ring, "splash": splash, "streak": streak}


def stained(
    page: Image.Image, shape: Shape, dice: Random, *, opaque: bool = False, at: tuple[float, float] | None = None
) -> Image.Image:
    """Return *page* in colours with a tenth of it under coffee, or under *opaque* grounds, *at* or anywhere."""
    at = at or (dice.uniform(0, page.width), dice.uniform(0, page.height))
    mask = Image.new("L", page.size, 0)
    shape(ImageDraw.Draw(mask), at, SHARE * page.width * page.height, dice)
    colours = page.convert("RGB")
    if opaque:
        colours.paste(GROUNDS, mask=mask)
        return colours
    brown = ImageChops.multiply(colours, Image.new("RGB", page.size, COFFEE))
    colours.paste(brown, mask=mask.filter(ImageFilter.GaussianBlur(4)))
    return colours


def scanned(page: Image.Image, angle: float = 0, blur: float = 0.7, grain: int = 25) -> Image.Image:
    """Return *page* as a scanner sees it: turned by *angle* degrees, blurred over *blur* pixels, grainy by ±*grain*."""
    turned = page.convert("RGB").rotate(angle, Image.Resampling.BICUBIC, expand=True, fillcolor="white")
    dust = Image.frombytes("L", turned.size, Random(grain).randbytes(turned.width * turned.height))
    noise = dust.point([128 + (value - 128) * grain // 128 for value in range(256)]).convert("RGB")
    return ImageChops.add(turned.filter(ImageFilter.GaussianBlur(blur)), noise, 1, -128)


def _circle(draw: ImageDraw.ImageDraw, at: tuple[float, float], radius: float, fill: int) -> None:
    draw.ellipse((at[0] - radius, at[1] - radius, at[0] + radius, at[1] + radius), fill=fill)
