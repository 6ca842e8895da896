"""The last look (核对): only a doubled invoice asks for anything more."""

from forms.base import Form
from forms.fields import Text


class ReviewForm(Form):
    """Why the same invoice is applied for again."""

    duplicate_reason = Text("为什么同一张发票再次申请", 500, required=False)
