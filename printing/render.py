"""Rendering (出纸): papers become one PDF; each in the roomiest look that keeps to its pages."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from operator import itemgetter

from i18n import TAGS, text
from printing.bilingual import ORDERS
from printing.paper import Look, Paper, sheet
from printing.press.composing import Square, Stick, needed
from printing.press.document import Document
from printing.press.plate import Plate
from printing.press.platestore import Plates
from printing.press.setting import Fitted

MOST_ROUNDS = 6
_plates = Plates()


@dataclass(frozen=True)
class Composed:
    """A paper ready to be written: its plate, its values as they fit there, its square codes."""

    plate: Plate
    values: list[list[Fitted]]
    squares: list[Square]

    @property
    def whole(self) -> bool:
        """Whether every value is there to its last letter."""
        return all(one.whole for value in self.values for one in value)

    @property
    def held(self) -> int:
        """How much is there, in characters."""
        lines = chain.from_iterable(one.lines for value in self.values for one in value[:1])
        return sum(len(cluster.text) for line in lines for cluster in line.clusters)


def render(paper: Paper, order: str = "zh_first", plates: Plates = _plates) -> bytes:
    """Return *paper* as a PDF; *order* is one of ``bilingual.ORDERS``. The same paper gives the same bytes."""
    return render_all([paper], order, plates=plates)


def render_all(
    papers: Iterable[Paper], order: str, progress: Callable[[int], None] | None = None, plates: Plates = _plates
) -> bytes:
    """Return *papers* as one PDF; *progress* is told how many are done."""
    document: Document | None = None
    for number, paper in enumerate(papers, 1):
        composed = compose(paper, order, plates)
        document = document or Document(_title(paper, order), TAGS[ORDERS[order][0]])
        document.add(composed.plate, composed.values, composed.squares)
        if paper.attached:
            document.attach(f"{paper.reference}.json", paper.attached)
        if progress:
            progress(number)
    if document is None:
        raise ValueError("nothing to print")
    return document.file()


def compose(paper: Paper, order: str, plates: Plates) -> Composed:
    """Return *paper* in the first of its looks that keeps to its pages with nothing left out.

    Where there is none, it is shortened in the look that holds most.
    """
    tried: list[tuple[int, Look]] = []
    for look in paper.looks:
        composed = _in_one_look(paper, order, look, plates)
        fits = len(composed.plate.pages) <= paper.pages
        if composed.whole and fits:
            return composed
        if fits:
            tried.append((composed.held, look))
    return _shortened(paper, order, plates, [look for _, look in sorted(tried, key=itemgetter(0), reverse=True)])


def _shortened(paper: Paper, order: str, plates: Plates, looks: Sequence[Look]) -> Composed:
    """Return *paper*, saying that it was shortened, in the first of *looks* that keeps to its pages."""
    for look in looks:
        composed = _in_one_look(paper, order, look, plates, cut=True)
        if len(composed.plate.pages) <= paper.pages:
            return composed
    return _in_one_look(paper, order, paper.looks[-1], plates, cut=True)


def _in_one_look(paper: Paper, order: str, look: Look, plates: Plates, cut: bool = False) -> Composed:
    lines: dict[int, int] = {}
    for _ in range(MOST_ROUNDS):
        stick = Stick(lines)
        plate = plates.of(sheet(paper, order, look, stick, cut))
        values = stick.fitted(plate)
        more = needed(values, plate)
        if not more:
            break
        lines = lines | more
    return Composed(plate, values, stick.squares)


def _title(paper: Paper, order: str) -> str:
    return f"{text(ORDERS[order][0], paper.title)} {paper.reference}".rstrip()
