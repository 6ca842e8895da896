"""A trader's code (申请二维码) as the counter takes it: what a scanner gun typed, or a photograph of the screen."""

from typing import Any

from wtforms import FileField

from domain.words import N_
from forms.base import Form
from forms.fields import Parsed
from i18n import lazy


class ScanForm(Form):
    """Either of the two; the digits of parts read before come along beside them."""

    code = Parsed(N_("二维码里的数字"), required=False)
    photo = FileField(lazy("手机屏幕的照片"))

    @property
    def picture(self) -> Any:
        """The file that was sent; a browser sends one without a name where none was chosen."""
        return self.photo.data if getattr(self.photo.data, "filename", "") else None
