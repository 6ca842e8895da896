"""Setting (排字): a value is made to fit its place, and written as the operators of a PDF page."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from printing.press.faces import PER_MILLE, Face, Glyph, by_name
from printing.press.lines import Cluster, Line, broken, shaped
from printing.press.plate import Place, Plate
from printing.press.runs import paragraphs

# Nobody should have to read less: 7.5 pt Han, 9 pt Tibetan, in CSS pixels.
SMALLEST = 10.0
SMALLEST_TIBETAN = 12.0
STEPS = (1.0, 0.94, 0.88, 0.82, 0.76, 0.7)
ROOM = 0.02  # px


@dataclass(frozen=True)
class Fitted:
    """A value in lines, at *size* pixels; *whole* when nothing was left out."""

    lines: list[Line]
    size: float
    whole: bool = True


def fit(markup: str, place: Place, most: int) -> Fitted:
    """Return *markup* as it fits *place*: at its full size, smaller, in more lines than are there, at last shortened.

    Of more lines, at most *most*, it takes as few as its smallest size needs, and is then as large as they allow.
    """
    clusters = _clusters(markup, place.bold)
    sizes = list(_sizes(place.size, any(one.tibetan for line in clusters for one in line)))
    smallest = _lines(clusters, place.width, sizes[-1])
    room = min(most, max(len(place.baselines), len(smallest)))
    for size in sizes:
        lines = _lines(clusters, place.width, size)
        if len(lines) <= room:
            return Fitted(lines, size)
    return Fitted(_shortened(smallest[:most], place.width, sizes[-1]), sizes[-1], whole=False)


@lru_cache(maxsize=2000)
def _clusters(markup: str, bold: bool) -> list[list[Cluster]]:
    return [shaped(runs) for runs in paragraphs(markup, bold)]


def _sizes(size: float, tibetan: bool) -> Iterator[float]:
    smallest = min(size, SMALLEST_TIBETAN if tibetan else SMALLEST)
    yield from dict.fromkeys(max(size * step, smallest) for step in STEPS)


def _lines(clusters: Sequence[Sequence[Cluster]], width: float, size: float) -> list[Line]:
    return [line for one in clusters for line in broken(one, (width + ROOM) / size * PER_MILLE)]


def _shortened(lines: list[Line], width: float, size: float) -> list[Line]:
    dots = shaped(paragraphs("…")[0])
    last = lines[-1].clusters
    while last and (Line(last + dots).width * size / PER_MILLE) > width:
        last = last[:-1]
    return [*lines[:-1], Line(last + dots)]


class Used:
    """The glyphs that a document needs of each face, in the order of their codes there, and what text they stand for.

    Codes have no gaps: small numbers that come again make a small document.
    """

    def __init__(self) -> None:
        self.glyphs: dict[Face, dict[int, str]] = defaultdict(dict)
        self.codes: dict[Face, dict[int, int]] = defaultdict(dict)

    def note_plate(self, plate: Plate) -> dict[str, dict[int, int]]:
        """Remember what *plate* is set in, and return the code of each of its own codes, by the names of its faces."""
        found = {}
        for face, glyphs in ((by_name(name), glyphs) for name, glyphs in plate.glyphs.items()):
            codes = [self._code(face, number, reads) for number, reads in glyphs.items()]
            found[face.name] = dict(enumerate(codes, face.first))
        return found

    def note(self, cluster: Cluster) -> None:
        """Remember the glyphs of *cluster*."""
        known = self.codes[cluster.face]
        if any(glyph.number not in known for glyph in cluster.glyphs):
            for glyph, reads in zip(cluster.glyphs, readings(cluster), strict=True):
                self._code(cluster.face, glyph.number, reads)

    def reads(self, cluster: Cluster) -> bool:
        """Say whether what its glyphs stand for here, one after the other, is the text of *cluster*."""
        stands_for = self.glyphs[cluster.face]
        return "".join(stands_for[glyph.number] for glyph in cluster.glyphs) == cluster.text

    def _code(self, face: Face, number: int, reads: str) -> int:
        self.glyphs[face].setdefault(number, reads)
        return self.codes[face].setdefault(number, face.first + len(self.codes[face]))


def readings(cluster: Cluster) -> list[str]:
    """Return what each glyph of *cluster* reads, so that together they read its text, no letter of it twice.

    A stack is one glyph and its vowel another: whoever copies glyph by glyph gets the stack without the vowel first.
    """
    if len(cluster.glyphs) == 1:
        return [cluster.text]
    letters = [cluster.face.letters.get(glyph.number, "") for glyph in cluster.glyphs]
    left = list(cluster.text)
    for letter in letters:
        if letter in left:
            left.remove(letter)
    unnamed = letters.count("")
    for at in (at for at, letter in enumerate(letters) if not letter):
        unnamed -= 1
        count = max(1, len(left) - unnamed)
        letters[at] = "".join(left[:count]) or cluster.text
        left = left[count:]
    return letters


def written(fitted: Fitted, number: int, place: Place, used: Used) -> bytes:
    """Return line *number* of *fitted* as operators inside a text object; empty where there is no such line."""
    if number >= len(fitted.lines):
        return b""
    line = fitted.lines[number]
    at = place.left + _indent(place, line.width * fitted.size / PER_MILLE)
    pieces = []
    for (face, scale, tibetan), clusters in groupby(line.clusters, lambda one: (one.face, one.scale, one.tibetan)):
        run = list(clusters)
        for cluster in run:
            used.note(cluster)
        size = fitted.size * scale
        shown = b"1 0 0 -1 %.6g %.6g Tm /%s %.4g Tf %s" % (
            round(at, 1), round(place.baselines[number], 1), face.name.encode(), size,
            _shown(face, run, size, used.codes[face]),
        )  # fmt: skip
        pieces.append(_in_tibetan(run, shown, used) if tibetan else shown)
        at += Line(run).width * fitted.size / PER_MILLE
    return b"\n".join(pieces)


def _indent(place: Place, width: float) -> float:
    free = place.width - width
    return free if place.align in ("right", "end") else free / 2 if place.align == "center" else 0


def _in_tibetan(run: Sequence[Cluster], shown: bytes, used: Used) -> bytes:
    """Say that *shown* is Tibetan, and what it reads where its glyphs, one after the other, do not say so."""
    if all(used.reads(cluster) for cluster in run):
        return b"/Span <</Lang (bo)>> BDC\n%s\nEMC" % shown
    text = "".join(cluster.text for cluster in run).encode("utf-16-be").hex().encode()
    return b"/Span <</Lang (bo)/ActualText <feff%s>>> BDC\n%s\nEMC" % (text, shown)


def _shown(face: Face, run: Iterable[Cluster], size: float, codes: Mapping[int, int]) -> bytes:
    """Return the glyphs of *run*: a string for each height they stand at, corrected where they do not just follow."""
    written = []
    for up, glyphs in groupby((glyph for one in run for glyph in one.glyphs), lambda glyph: glyph.up):
        string = _string(face, glyphs, codes)
        written.append(b"%.3f Ts %s 0 Ts" % (up * size / PER_MILLE, string) if up else string)
    return b" ".join(written)


def _string(face: Face, glyphs: Iterable[Glyph], codes: Mapping[int, int]) -> bytes:
    parts = []
    for glyph in glyphs:
        behind = glyph.across + face.width(glyph.number) - glyph.advance
        shown = b"<%04x>" % codes[glyph.number]
        parts.append(_moved(-glyph.across) + shown + _moved(behind) if glyph.across or behind else shown)
    return b"[" + b"".join(parts).replace(b"><", b"") + b"] TJ"


def _moved(by: float) -> bytes:
    return b"%d" % round(by) if round(by) else b""
