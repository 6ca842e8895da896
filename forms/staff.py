"""A person to add to the counter."""

from domain.words import Role
from forms.fields import Choice, PrintedName
from forms.pin import NewPinForm


class StaffForm(NewPinForm):
    """Name, role, and a first PIN typed twice."""

    name = PrintedName("姓名")
    role = Choice("岗位", Role)
