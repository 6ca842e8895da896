"""The first manager, by the code that the point showed when it started."""

from forms.fields import PrintedName, Text
from forms.pin import NewPinForm


class SetupForm(NewPinForm):
    """Code, name, and a PIN typed twice."""

    code = Text("设置码", 40)
    name = PrintedName("姓名")
