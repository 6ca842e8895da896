"""What is kept of an applicant who is referred elsewhere (转办线索)."""

from forms.base import Form
from forms.fields import FullName, Mobile, Text


class LeadForm(Form):
    """A name and a number, both optional, so that somebody can call back."""

    contact = FullName("联系人姓名", required=False)
    mobile = Mobile("手机号", required=False)
    note = Text("想投保什么", 500, required=False)
