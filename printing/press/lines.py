"""Shaped text broken into lines no wider than their place."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise

from printing.press.breaks import may_end
from printing.press.faces import Face, Glyph, face
from printing.press.runs import Run

# Tibetan letters look as large as Han ones a little smaller (tibetan.md measured 0.9 to 1.0).
TIBETAN_SIZE, ASIDE_SIZE = 0.95, 0.85
# How far a line reaches, in thousandths of the size of Tibetan: a stack that needs more is set smaller.
HIGHEST, LOWEST = 1110, -698


@dataclass(frozen=True)
class Cluster:
    """Glyphs that stay together, the *text* they stand for, their *width* in thousandths of the place's size.

    *ends* says whether a line may end behind them.
    """

    face: Face
    scale: float
    text: str
    tibetan: bool
    glyphs: tuple[Glyph, ...]
    width: float
    ends: bool


@dataclass
class Line:
    """Clusters beside each other; *width* is without the space at the end."""

    clusters: list[Cluster] = field(default_factory=list)

    @property
    def width(self) -> float:
        """Its width in thousandths of the place's size."""
        return sum(cluster.width for cluster in self.clusters)


def shaped(runs: Sequence[Run]) -> list[Cluster]:
    """Return the clusters of one paragraph."""
    text = "".join(run.text for run in runs)
    found: list[Cluster] = []
    at = 0
    for run in runs:
        for piece in _of_one_face(run):
            found += _clusters(piece, text, at)
            at += len(piece.text)
    return found


def _of_one_face(run: Run) -> Iterator[Run]:
    """Split *run* where its own script's face has no letter for it, a Han name in a Tibetan sentence for one."""
    own, other = face(run.tibetan, run.bold), face(not run.tibetan, run.bold)
    for astray, letters in groupby(run.text, lambda letter: not own.draws(letter) and other.draws(letter)):
        yield run._replace(text="".join(letters), tibetan=run.tibetan != astray)


def _clusters(run: Run, text: str, offset: int) -> Iterator[Cluster]:
    used = face(run.tibetan, run.bold)
    usual = (TIBETAN_SIZE if run.tibetan else 1) * (ASIDE_SIZE if run.aside else 1)
    groups = [(at, tuple(glyphs)) for at, glyphs in groupby(used.shape(run.text), lambda glyph: glyph.at)]
    starts = [at for at, _ in groups] + [len(run.text)]
    for (start, end), (_, glyphs) in zip(pairwise(starts), groups, strict=True):
        last = offset + end - 1
        ends = last + 1 < len(text) and may_end(text, last)
        scale = usual * _room(used, glyphs) if run.tibetan else usual
        width = sum(glyph.advance for glyph in glyphs) * scale
        yield Cluster(used, scale, run.text[start:end], run.tibetan, glyphs, width, ends)


def _room(used: Face, glyphs: Sequence[Glyph]) -> float:
    """Return how large a stack of *glyphs* may be at most to stay within its line, 1 for all but the deepest."""
    reaches = [(used.reach(glyph.number), glyph.up) for glyph in glyphs]
    high, low = max(top + up for (top, _), up in reaches), min(bottom + up for (_, bottom), up in reaches)
    return min(1, HIGHEST / max(high, 1), LOWEST / min(low, -1))


def broken(clusters: Sequence[Cluster], width: float) -> list[Line]:
    """Return *clusters* in lines of at most *width* (thousandths of the size); a word too long is broken anywhere."""
    lines: list[Line] = []
    rest = list(clusters)
    while rest:
        count = _fitting(rest, width)
        lines.append(Line(_trimmed(rest[:count])))
        rest = rest[count:]
    return lines or [Line()]


def _fitting(clusters: Sequence[Cluster], width: float) -> int:
    used, end = 0.0, 0
    for count, cluster in enumerate(clusters, 1):
        used += cluster.width
        if used > width and cluster.text != " ":
            return end or max(1, count - 1)
        if cluster.ends:
            end = count
    return len(clusters)


def _trimmed(clusters: list[Cluster]) -> list[Cluster]:
    while clusters and clusters[-1].text == " ":
        clusters = clusters[:-1]
    return clusters
