"""Codes of printed papers (从打印件恢复): what a scanner gun typed, or scans and photographs, as many as there are."""

from typing import Any

from wtforms import MultipleFileField

from domain.words import N_
from forms.base import Form
from forms.fields import Parsed
from forms.picture import chosen
from i18n import lazy


class RestorationForm(Form):
    """Either of the two; the digits of parts read before come along beside them."""

    code = Parsed(N_("数据码里的数字"), required=False)
    photos = MultipleFileField(lazy("扫描件或照片"))

    @property
    def files(self) -> list[Any]:
        """The files that were sent."""
        return chosen(self.photos)
