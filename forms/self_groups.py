"""The groups of the trader's page (自助申请) as forms, checked one after another by the counter's own rules."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from werkzeug.datastructures import MultiDict

from domain.errors import FieldError
from domain.words import ApplicantKind
from forms.base import Form
from forms.facts import first_facts
from forms.fields import Tick
from forms.referral import refer
from forms.review import ReviewForm
from forms.self_apply import names
from forms.start import StartForm
from forms.step import Context
from forms.steps import Answers, form_for
from forms.unfinished import Unfinished
from i18n import gettext, say

# The page asks every kind of applicant; which questions apply is seen on it.
EVERYBODY = {"kind": ApplicantKind.NATURAL_PERSON}
ALONE: dict[str, type[Form]] = {"start": StartForm, "review": ReviewForm}


class Groups:
    """The groups in order (``start``, ``policyholder``, ``buyers-0`` … ``review``), each a form of its answers."""

    def __init__(self, answers: Answers, context: Context) -> None:
        self.answers = answers
        self.context = replace(context, start=_start(answers))
        self.names = names(len(answers["buyers"]))
        self.forms: dict[str, Any] = {name: self._form(name) for name in self.names}

    @property
    def wrong(self) -> str:
        """The first group with a message, empty when there is none."""
        return next((name for name, form in self.forms.items() if form.errors), "")

    def known(self, name: str) -> str:
        """Return *name* when it is a group, else the first."""
        return name if name in self.names else self.names[0]

    def after(self, name: str) -> str:
        """Return the group after *name*, the last after itself."""
        return self.names[min(self.names.index(self.known(name)) + 1, len(self.names) - 1)]

    def first_wrong(self, last: str = "review") -> str | None:
        """Check every group up to *last*; return the first that does not hold, messages at its fields, or None."""
        context = self.context
        for name in self.names[: self.names.index(last) + 1]:
            form = self.forms[name]
            if not self._holds(name, form, context):
                return name
            context = self._known(name, form, context)
        return None

    def errors(self) -> Iterator[tuple[str, str, str]]:
        """Yield (control, label, text) of every message."""
        for form in self.forms.values():
            yield from ((field.name, str(field.label.text), str(field.errors[0])) for field in form if field.errors)

    def _form(self, name: str) -> Any:
        step, _, number = name.partition("-")
        answers = self.answers[step][int(number)] if number else self.answers[step]
        prefix = f"{name}-"
        if step in ALONE:
            typed = MultiDict({prefix + field: values for field, values in answers.items()})
            return ALONE[step](formdata=typed, prefix=prefix, meta={"csrf": False})
        return form_for(step, answers, replace(self.context, start=EVERYBODY), prefix)

    def _holds(self, name: str, form: Any, context: Context) -> bool:
        step, _, number = name.partition("-")
        whole = form.validate() if name in ALONE else form.accept(context)
        for field in form:
            if isinstance(field, Tick) and field.errors:
                field.errors = [gettext("请先读一读，同意就勾选这一项")]
        most = context.product.max_buyers
        if number and int(number) >= most:
            count = str(len(self.answers["buyers"]))
            form["name"].errors = [say(FieldError("buyers_too_many", most=str(most), count=count))]
            return False
        return whole and refer(step, form, context.product, self.answers)

    def _known(self, name: str, form: Any, context: Context) -> Context:
        if name == "policyholder":
            return replace(context, policyholder=form.read(context))
        if name.startswith("buyers-"):
            return replace(context, other_buyers=(*context.other_buyers, form.read(context)))
        return context


def _start(answers: Answers) -> dict[str, Any]:
    try:
        return first_facts(answers)
    except Unfinished:
        return {"kind": None}
