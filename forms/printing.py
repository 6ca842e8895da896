"""Printing a paper (打印): in which languages, on what, and why again."""

from typing import Any

from domain.errors import FieldError
from domain.words import PaperSize, PrintReason, ScriptOrder
from forms.base import Form
from forms.fields import Choice, Text
from i18n import say


class OrderForm(Form):
    """In which languages; nothing has to be said."""

    order = Choice("用哪种文字？", ScriptOrder, required=False)

    def order_or(self, usual: str) -> ScriptOrder:
        """Return the order that was chosen, or the *usual* one."""
        return self.order.data or ScriptOrder(usual)


class LookForm(OrderForm):
    """Which copy is looked at; nothing has to be said."""

    size = Choice("印在什么纸上？", PaperSize, required=False)


class PrintForm(LookForm):
    """Which copy is printed, and why again where it was printed before."""

    reason = Choice("为什么再打印？", PrintReason, required=False)
    words = Text("说明（不要写姓名和号码）", 60, required=False)

    def accept(self, *, again: bool) -> bool:
        """Say at its field what is missing: a paper that was printed before asks why."""
        self.validate()
        if again and self.reason.data is None:
            self.reason.errors = [say(FieldError("paper.why_again"))]
        if self.reason.data is PrintReason.OTHER and not self.words.data:
            self.words.errors = [say(FieldError("required"))]
        return not self.errors

    @property
    def why(self) -> dict[str, Any]:
        """The reason and its words."""
        return {"reason": self.reason.data, "words": self.words.data or ""}
