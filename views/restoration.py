"""Restoring from paper at the counter (从打印件恢复): a manager scans, photographs or uploads what was printed.

Parts that were read wait in the page itself until their paper has enough of them.
"""

from collections.abc import Iterator
from contextlib import suppress

from flask import Blueprint, g, jsonify, render_template, request
from werkzeug.wrappers import Response

from domain.errors import FieldError
from forms.restoration import RestorationForm
from i18n import gettext, say
from imprint import digits
from imprint.papers import Papers
from pictures import reading
from slip import digits as slips
from slip.errors import Unreadable
from views import camera
from views.database import database
from views.guard import manager_only
from views.restoring import done_already, look, put_back

restoration = Blueprint("restoration", __name__)
Page = str | tuple[str, int]


@restoration.route("/restorations", methods=["GET", "POST"])
@manager_only
def show() -> Page:
    """Take codes, as many as come, and put back each paper's record as soon as enough of its codes are there."""
    form, papers = RestorationForm(), earlier(request.form.getlist("read"))
    if request.method == "POST":
        _take(form, papers)
    return page(form, papers)


@restoration.post("/restorations/frames")
@manager_only
def frame() -> Response:
    """Answer with the codes that stand on one picture of this machine's camera, if there are any."""
    return jsonify(codes=camera.seen(request.get_data(), any_one=False))


def page(form: RestorationForm, papers: Papers) -> Page:
    """Put back what is whole of *papers*, and show what became of them and what is still missing."""
    reports = put_back(database(), [paper for paper in papers if not paper.missing], g.staff.id)
    restored = set(request.form.getlist("restored"))
    reports += done_already(database(), [paper for paper in papers if paper.missing and paper.tag in restored])
    said = [report.tag for report in reports]
    body = render_template(
        "restoration/show.html", form=form, reports=reports,
        unfinished=[paper for paper in papers if paper.missing and paper.tag not in said],
        done=list(dict.fromkeys([*said, *request.form.getlist("done")])),
        restored=sorted(restored | {report.tag for report in reports if report.good}),
    )  # fmt: skip
    return (body, 422) if form.code.errors or form.photos.errors else body


def earlier(frames: list[str]) -> Papers:
    """Return the parts that were read before, as the page brought them back."""
    papers = Papers()
    for frame in frames:
        with suppress(Unreadable):
            for part in digits.parts(frame):
                papers.add(part)
    return papers


def _take(form: RestorationForm, papers: Papers) -> None:
    if form.files:
        _look(form, papers)
        return
    try:
        if slips.is_ours(form.code.typed):
            raise Unreadable("imprint.slip")
        if not sum(papers.add(part) for part in digits.parts(form.code.typed)):
            raise Unreadable("imprint.doubled")
    except Unreadable as error:
        form.code.errors = [say(error)]


def _look(form: RestorationForm, papers: Papers) -> None:
    problems = []
    for number, file in enumerate(form.files, start=1):
        data = file.read()
        try:
            seen = [look(papers, data, page) for page in range(reading.pages(data))]
            if not any(one.parts for one in seen):
                raise _nothing(reference for one in seen for reference in one.references)
        except (FieldError, Unreadable) as error:
            problems.append((number, say(error)))
    several = len(form.files) > 1
    form.photos.errors = [
        gettext("第%(number)s张：%(problem)s", number=number, problem=said) if several else said
        for number, said in problems
    ]


def _nothing(references: Iterator[str]) -> Unreadable:
    reference = next(references, "")
    return Unreadable("imprint.head_only", reference=reference) if reference else Unreadable("imprint.no_code")
