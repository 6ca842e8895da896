"""Asking how an application stands (查询进度): its reference and its status code, as they stand on the receipt."""

from flask_wtf import FlaskForm

from domain.reference import parse_reference
from domain.words import N_
from hub.forms.fields import Typed
from wire.status_code import parse_status_code


class StatusForm(FlaskForm):
    """Both, and no session behind it: a link must not meet an expired page."""

    class Meta(FlaskForm.Meta):
        csrf = False

    reference = Typed(N_("申请编号"), parse_reference)
    code = Typed(N_("查询码"), parse_status_code)
