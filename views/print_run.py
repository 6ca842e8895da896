"""One press on "print" (付印): the paper that was asked for and what always goes with it, as one PDF, and kept."""

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID, uuid5

from msgspec.structs import replace
from sqlite_utils import Database

from domain.words import PrintReason
from settings import Settings
from store import pile, prints
from store.connection import write
from store.pile import Wanted
from views import printed
from views.imprinted import SHEET
from views.pressing import pressed_together
from views.printout import Printout, is_again, prepare, reproduce


class Run(NamedTuple):
    """The printouts of one press, each with the id under which the journal keeps it, and all of them as one PDF."""

    printouts: list[tuple[str, Printout]]
    pdf: bytes


def run(db: Database, settings: Settings, print_id: str, wanted: Wanted) -> Run:
    """Make one press. Raises NotFound where there is no such paper, PrintFailed where one could not be made."""
    made = make(db, settings, wanted)
    return Run(numbered(print_id, made), together(made))


def make(db: Database, settings: Settings, wanted: Wanted) -> list[Printout]:
    """Make a paper, and with it what goes along now; raises like ``run``."""
    return [prepare(db, settings, one) for one in (wanted, *going_along(db, wanted))]


def numbered(print_id: str, made: Sequence[Printout]) -> list[tuple[str, Printout]]:
    """Return *made* with their ids: that of the press for the first, the same ones each time for what goes with it."""
    first, *others = made
    return [(print_id, first), *((_id_of(print_id, one.about.paper), one) for one in others)]


def once_more(db: Database, settings: Settings, print_id: str, wanted: Wanted) -> bytes | None:
    """Return the PDF of a press that was kept under this id, the very same, or None."""
    main = prints.find(db, print_id)
    if main is None or (main.about.subject, main.about.paper) != (wanted.application, wanted.paper):
        return None
    kept = [main, *(prints.find(db, _id_of(print_id, one.paper)) for one in accompanying(wanted))]
    made = [reproduce(db, settings, one) for one in kept if one]
    return together(made) if all(one.identical for one in made) else None


def keep(db: Database, done: Run, by: str) -> None:
    """Keep a press in the journal, and take its papers off the pile: they need no second one."""
    with write(db):
        for print_id, printout in done.printouts:
            about = printout.about
            prints.append(db, print_id, about, by)
            pile.printed(db, Wanted(about.subject, about.paper, about.order, about.size))


def explained(db: Database, wanted: Wanted) -> Wanted:
    """Return *wanted* with the reason that follows where none was given: it was printed and is still wanted."""
    if wanted.reason is None and is_again(db, wanted):
        return replace(wanted, reason=PrintReason.PRINTER)
    return wanted


def going_along(db: Database, wanted: Wanted) -> list[Wanted]:
    """Return what goes with a paper now: a data sheet, if it has one, each time; all else when it is printed first."""
    others = [one for one in accompanying(wanted) if one.paper != SHEET]
    return [*with_sheet(db, wanted)[1:], *(one for one in others if not is_again(db, one))]


def with_sheet(db: Database, wanted: Wanted) -> list[Wanted]:
    """Return *wanted*, and behind a form its data sheet where the codes need one."""
    needed = SHEET in printed.revisions(db, wanted.application)
    return [wanted, *(one for one in accompanying(wanted) if needed and one.paper == SHEET)]


def accompanying(wanted: Wanted) -> list[Wanted]:
    """Return what may go with a paper; its data sheet for the same reason."""
    first = replace(wanted, reason=None, words="")
    return [replace(wanted if name == SHEET else first, paper=name) for name in printed.WITH.get(wanted.paper, ())]


def together(printouts: Sequence[Printout]) -> bytes:
    """Return *printouts*, all of one order, as one PDF."""
    first = printouts[0]
    if len(printouts) == 1:
        return first.pdf
    return pressed_together([one.paper for one in printouts], first.about.order)


def _id_of(print_id: str, paper: str) -> str:
    return str(uuid5(UUID(print_id), paper))
