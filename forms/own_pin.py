"""Somebody's own PIN, changed by themselves."""

from forms.pin import NewPinForm, Pin


class OwnPinForm(NewPinForm):
    """The PIN as it is, and a new one typed twice."""

    now = Pin("现在的密码")
