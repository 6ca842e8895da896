"""Numbered blank forms (编号空白表): how many to print, and why one is spoiled."""

from domain.blank import MOST_AT_ONCE
from domain.errors import FieldError
from forms.base import Form
from forms.fields import Number, Text
from forms.printing import OrderForm


class Copies(Number):
    """How many forms are printed at once."""

    def parse(self, typed: str) -> int:
        try:
            return super().parse(typed)
        except FieldError:
            raise FieldError("blank.count", most=str(self.high)) from None


class BlanksForm(OrderForm):
    """How many, in which languages."""

    count = Copies("印几份？", 1, MOST_AT_ONCE)


class SpoilForm(Form):
    """Why a number is taken out of use."""

    reason = Text("为什么作废？（不要写姓名和号码）", 60)
