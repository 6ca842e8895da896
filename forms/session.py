"""Signing in, and going on after the idle lock."""

from forms.base import Form
from forms.fields import FullName
from forms.pin import Pin


class SignInForm(Form):
    """Name and PIN."""

    name = FullName("姓名")
    pin = Pin("密码")


class UnlockForm(Form):
    """The PIN alone: the name is known."""

    pin = Pin("密码")
