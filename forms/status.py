"""Asking how an application stands (查询进度): its reference and its status code, as they stand on the receipt."""

from domain.reference import parse_reference
from domain.words import N_
from forms.base import Form
from forms.fields import Parsed, Text


class Reference(Parsed):
    """A reference number as heard or typed (申请编号)."""

    def parse(self, typed: str) -> str:
        return parse_reference(typed)


class StatusForm(Form):
    """Both, and no session behind it: a link or a phone's queue must not meet an expired page."""

    class Meta(Form.Meta):
        csrf = False

    reference = Reference(N_("申请编号"))
    code = Text(N_("查询码"), 60)
