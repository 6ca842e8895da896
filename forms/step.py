"""One step of an application: its fields parse, then the domain checks what they mean together."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from domain.application import Buyer, Policyholder
from domain.errors import FieldError, Problem
from domain.product import Product
from drawable import drawn
from forms.base import Form
from forms.fields import Text
from i18n import say


@dataclass(frozen=True, kw_only=True)
class Context:
    """What a check needs beside the form: the day, the product, the steps before."""

    today: date
    product: Product
    start: dict[str, Any]
    policyholder: Policyholder | None = None
    other_buyers: tuple[Buyer, ...] = ()

    @property
    def holder(self) -> Policyholder:
        """The policyholder; only the steps after theirs may ask."""
        if self.policyholder is None:
            raise LookupError("the policyholder's step comes first")
        return self.policyholder


class StepForm(Form):
    """A form whose field names are the record's paths, so that a problem finds its field."""

    general: tuple[Problem, ...] = ()

    def problems(self, context: Context) -> list[Problem]:
        """Return what the domain has to say about the values together."""
        return []

    def accept(self, context: Context) -> bool:
        """Check field by field, then the whole; on False every message stands at its field."""
        fields_hold = self.validate()
        self._draw()
        if not fields_hold:
            return False
        self.general = tuple(problem for problem in self.problems(context) if not self._attach(problem))
        return not self.errors and not self.general

    def _attach(self, problem: Problem) -> bool:
        field = self._fields.get(problem.path.replace("/", "_"))
        if field is not None:
            field.errors = [*field.errors, say(problem)]
        return field is not None

    def _draw(self) -> None:
        for field in self:
            try:
                drawn(field.data if isinstance(field, Text) and field.data else "")
            except FieldError as error:
                field.errors = [*field.errors, say(error)]
