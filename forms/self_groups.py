"""The groups of the trader's page (自助申请) as forms, checked one after another by the counter's own rules."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from werkzeug.datastructures import MultiDict

from forms.base import Form
from forms.facts import first_facts
from forms.fields import Tick
from forms.referral import refer
from forms.review import ReviewForm
from forms.start import StartForm
from forms.step import Context
from forms.steps import STEPS, Answers, form_for
from i18n import gettext


class Groups:
    """The groups in order (``start``, ``policyholder``, ``buyers-0`` … ``review``), each a form of its answers."""

    def __init__(self, answers: Answers, context: Context) -> None:
        self.answers = answers
        self.context = replace(context, start={"kind": None})
        self.forms: dict[str, Any] = dict(self._made())
        self.names = list(self.forms)

    def after(self, name: str, places: int = 1) -> str:
        """Return the group *places* after *name*, the last or first where there is none."""
        return self.names[min(max(self.names.index(name) + places, 0), len(self.names) - 1)]

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

    def _made(self) -> Iterator[tuple[str, Form]]:
        for step in STEPS:
            if step == "buyers":
                for number, buyer in enumerate(self.answers["buyers"]):
                    yield f"buyers-{number}", form_for(step, buyer, self.context, f"buyers-{number}-")
            elif step in ("start", "review"):
                yield step, _alone(step, self.answers[step])
            else:
                yield step, form_for(step, self.answers[step], self.context, f"{step}-")

    def _holds(self, name: str, form: Any, context: Context) -> bool:
        whole = form.validate() if name in ("start", "review") else form.accept(context)
        for field in form:
            if isinstance(field, Tick) and field.errors:
                field.errors = [gettext("请先读一读，同意就勾选这一项")]
        return whole and refer(name.partition("-")[0], form, context.product, self.answers)

    def _known(self, name: str, form: Any, context: Context) -> Context:
        if name == "start":
            return replace(context, start=first_facts(self.answers))
        if name == "policyholder":
            return replace(context, policyholder=form.read(context))
        if name.startswith("buyers-"):
            return replace(context, other_buyers=(*context.other_buyers, form.read(context)))
        return context


def _alone(step: str, answers: dict[str, list[str]]) -> Form:
    typed = MultiDict({f"{step}-{name}": values for name, values in answers.items()})
    form: type[Form] = StartForm if step == "start" else ReviewForm
    return form(formdata=typed, prefix=f"{step}-", meta={"csrf": False})
