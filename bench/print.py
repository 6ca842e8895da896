"""Printing the application form with its square codes, every value changed each time, beside others' printing of it.

The usual plates are there, made ahead; what a record needs beyond them is made, and counted, when it is printed.

*Warm* is from the record to the PDF, through the process that prints for the counter. Chromium and WeasyPrint get
the finished HTML with the same style and fonts, Chromium in a browser that already runs; typst sets a form of the same
length from the same values with its compiler kept. All take turns, so that whatever else the machine does slows all.
"""

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import NamedTuple

import imprint
from bench.chromium import printing
from bench.memory import watched
from bench.point import PRODUCT, STAMP, completed
from bench.typesetter import Typesetter
from demo.applications import applications
from domain.application import FORM_VERSION, Application
from domain.canonical import canonical
from printing import application
from printing.paper import Mark, Paper, sheet
from printing.press.layout import lay_out
from printing.press.style import style
from printing.usual import usual
from printing.workshop import Workshop
from store.clock import now, today
from wire.entry import GENESIS, SALT_BYTES, Entry, Revision, place

TIMES, BATCH = 30, 100
ORDER = "zh_first"


class Turn(NamedTuple):
    """One form printed by all, in seconds, and the size of ours in bytes."""

    ours: float
    chromium: float
    weasyprint: float
    typst: float
    size: int


def run() -> Iterator[tuple[str, float, str]]:
    """Print the first form of a new process, then one after another, then many at once."""
    with tempfile.TemporaryDirectory() as folder:
        plates = Path(folder)
        yield "print.first_ever_ms", _first(plates) * 1000, "ms"
        yield "print.first_ms", _first(plates) * 1000, "ms"
        workshop = Workshop(plates)
        yield "print.usual_plates_s", _seconds(lambda: _make_usual(workshop)), "s"
        yield from _warm(workshop)
        yield "print.batch_ms_per_form", _batch(workshop) / BATCH * 1000, "ms"
        kept = _peak_mb(workshop)
        workshop.close()
    yield "print.kept_peak_mb", kept, "MB"
    yield "print.peak_mb", max(kept, _peak_of_a_new_product()), "MB"


def papers(number: int) -> Iterator[Paper]:
    """Yield so many different application forms."""
    for serial, sample in enumerate(applications(PRODUCT, today(), number, seed=7)):
        record = completed(sample, today())
        entry = _written(record, serial)
        yield application.paper(record, PRODUCT, Mark(1, imprint.proof(entry)), entry.body, imprint.written(entry))


def _written(record: Application, serial: int) -> Entry:
    """Return *record* as the journal keeps it."""
    revision = Revision(
        record_id=str(record.record_id), kind="application", revision=1, form_version=FORM_VERSION, made_at=now(),
        made_by=STAMP.code, body=canonical(record),
    )  # fmt: skip
    salt = serial.to_bytes(SALT_BYTES)
    return place(revision, producer=STAMP.code, epoch="bench", seq=1, prev_hash=GENESIS, salt=salt)


def _make_usual(workshop: Workshop) -> None:
    """Have the usual plates made, as the counter does when it starts; what asks behind them waits for all."""
    workshop.render_all(list(usual(PRODUCT, STAMP)), ORDER)


def _first(plates: Path) -> float:
    workshop = Workshop(plates)
    taken = _seconds(lambda: workshop.render(next(papers(1)), ORDER))
    workshop.close()
    return taken


def _warm(workshop: Workshop) -> Iterator[tuple[str, float, str]]:
    with printing() as chromium, Typesetter() as typesetter:
        turns = [_turn(paper, workshop, chromium, typesetter) for paper in papers(TIMES + 3)][3:]
    ours = median(turn.ours for turn in turns)
    yield "print.warm_ms", ours * 1000, "ms"
    for other in ("chromium", "weasyprint", "typst"):
        yield f"print.{other}_ms", median(getattr(turn, other) for turn in turns) * 1000, "ms"
        yield f"print.ratio_to_{other}", median(turn.ours / getattr(turn, other) for turn in turns), "ratio"
    yield "print.bytes", median(turn.size for turn in turns), "bytes"
    yield "print.most_bytes", max(turn.size for turn in turns), "bytes"


def _turn(paper: Paper, workshop: Workshop, chromium: Callable[[str], bytes], typesetter: Typesetter) -> Turn:
    html = sheet(paper, ORDER, paper.looks[0])
    styled = html.replace("<head>", f"<head><style>{style()}</style>")
    sizes: list[int] = []
    return Turn(
        _seconds(lambda: sizes.append(len(workshop.render(paper, ORDER)))),
        _seconds(lambda: chromium(styled)),
        _seconds(lambda: lay_out(html).write_pdf()),
        _seconds(lambda: typesetter.printed(paper.values["application"])),
        sizes[0],
    )


def _batch(workshop: Workshop) -> float:
    many = list(papers(BATCH))
    return _seconds(lambda: workshop.render_all(many, ORDER))


def _peak_of_a_new_product() -> float:
    """Return what a batch takes for which plates have to be made: the process that prints, and those it starts."""
    with tempfile.TemporaryDirectory() as folder:
        workshop = Workshop(Path(folder))
        workshop.warm()
        with watched(workshop.process) as peak:
            _batch(workshop)
        workshop.close()
    return peak()


def _peak_mb(workshop: Workshop) -> float:
    status = Path(f"/proc/{workshop.process}/status").read_text("ascii")
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def _seconds(act: Callable[[], object]) -> float:
    started = perf_counter()
    act()
    return perf_counter() - started
