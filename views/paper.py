"""Papers (打印件) of an application: what there is, how it looks, printing it now or later."""

from base64 import b64encode
from uuid import UUID

from flask import Blueprint, Response, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from msgspec.structs import replace
from werkzeug.datastructures import MultiDict

from domain.errors import NotFound, PrintFailed, Refused, Unavailable
from domain.uuid7 import new_uuid7
from domain.words import PaperSize
from forms.printing import LookForm, PrintForm
from i18n import gettext
from pictures import preview
from store import applications, pile, prints, signatures, staff
from store.applications import Summary
from store.pile import Wanted
from views import printed
from views.database import database, settings
from views.print_run import going_along, keep, once_more, run
from views.printout import Printout, is_again, prepare, printed_before

paper = Blueprint("paper", __name__, url_prefix="/applications/<reference>/papers")


@paper.get("")
def index(reference: str) -> str:
    """Show which papers there are, which were printed when and by whom, and what is still to be signed."""
    db = database()
    line = applications.summary(db, reference)
    return render_template(
        "paper/index.html", line=line, names=printed.NAMES, papers=printed.revisions(db, line.record_id),
        right=printed.right(line.outcome), prints=prints.of(db, line.record_id),
        again=printed_before(db, line.record_id), waiting={one.wanted.paper for one in pile.of(db, line.record_id)},
        signature=signatures.of(db, line.record_id, line.revision), new_id=new_uuid7, people=staff.names(db),
    )  # fmt: skip


@paper.get("/<name>")
def show(reference: str, name: str) -> str:
    """Show how a paper looks, and whether it is what was printed before."""
    line = applications.summary(database(), reference)
    form = PrintForm(formdata=None)
    return _page(line, form, _wanted(line, name, LookForm(request.args, meta={"csrf": False})))


@paper.get("/<name>.pdf")
def pdf(reference: str, name: str) -> Response:
    """Show one paper about an application; the same record gives the same bytes."""
    line = applications.summary(database(), reference)
    wanted = _wanted(line, name, LookForm(request.args, meta={"csrf": False}))
    return sent(prepare(database(), settings(), wanted).pdf, name)


@paper.post("/<name>/prints")
def create(reference: str, name: str) -> ResponseReturnValue:
    """Print one paper: the journal keeps what, who, when, and why again; pressing twice prints once."""
    db, form = database(), PrintForm()
    line = applications.summary(db, reference)
    wanted, print_id = _wanted(line, name, form), asked_id()
    if same := once_more(db, settings(), print_id, wanted):
        return sent(same, name)
    if not form.accept(again=is_again(db, wanted)):
        return _page(line, form, wanted), 422
    done = run(db, settings(), print_id, replace(wanted, **form.why))
    keep(db, done, g.staff.id)
    return sent(done.pdf, name)


@paper.post("/<name>/pile")
def later(reference: str, name: str) -> ResponseReturnValue:
    """Put a paper on the pile, to be printed with others."""
    db, form = database(), PrintForm()
    line = applications.summary(db, reference)
    wanted = _wanted(line, name, form)
    if name not in printed.revisions(db, line.record_id):
        raise NotFound("paper_not_yet")
    if not form.accept(again=is_again(db, wanted)):
        return _page(line, form, wanted), 422
    if pile.count(db) >= pile.MOST:
        raise Refused("paper.pile_full", most=str(pile.MOST))
    pile.put(db, replace(wanted, **form.why), g.staff.id)
    flash(gettext("已放进待打印，现在共%(count)s份", count=pile.count(db)), "good")
    return redirect(url_for("paper.index", reference=reference), code=303)


def sent(pdf: bytes, name: str) -> Response:
    """Return a PDF to be shown, named by nothing but what kind of paper it is."""
    return Response(pdf, mimetype="application/pdf", headers={"Content-Disposition": f"inline; filename={name}.pdf"})


def _wanted(line: Summary, name: str, form: LookForm) -> Wanted:
    if name not in printed.NAMES:
        raise NotFound("paper_unknown")
    size = (form.size.data if name == printed.SIZED else None) or PaperSize.A4
    return Wanted(line.record_id, name, form.order_or(settings().script_order), size)


def asked_id(name: str = "id") -> str:
    """Return the id that the page gave this press; one that is none is as good as a new one."""
    try:
        return str(UUID(request.form.get(name, "")))
    except ValueError:
        return new_uuid7()


def _page(line: Summary, form: PrintForm, wanted: Wanted) -> str:
    db = database()
    printout, pages, problem = _looked_at(wanted)
    look = LookForm(MultiDict({"order": wanted.order, "size": wanted.size}), meta={"csrf": False})
    return render_template(
        "paper/show.html", line=line, name=wanted.paper, title=printed.NAMES[wanted.paper], wanted=wanted, form=form,
        look=look, printout=printout, pages=pages, problem=problem, sized=wanted.paper == printed.SIZED,
        along=[printed.NAMES[one.paper] for one in going_along(db, wanted)],
        again=is_again(db, wanted), usual=settings().script_order, print_id=new_uuid7(),
        short=printed.short_proof(db, line.record_id), people=staff.names(db),
        prints=[one for one in prints.of(db, line.record_id) if one.about.paper == wanted.paper],
    )  # fmt: skip


def _looked_at(wanted: Wanted) -> tuple[Printout | None, list[str], Unavailable | None]:
    """Return the paper and its pages as addresses of pictures; where that fails the page stands without them."""
    try:
        printout = prepare(database(), settings(), wanted)
    except PrintFailed as error:
        return None, [], error
    try:
        pages = [f"data:image/webp;base64,{b64encode(page).decode()}" for page in preview.pages(printout.pdf)]
    except Unavailable as error:
        return printout, [], error
    return printout, pages, None
