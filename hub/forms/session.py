"""Signing in at the desk."""

from flask_wtf import FlaskForm

from domain import text
from domain.words import N_
from hub.forms.fields import Secret, Typed


class SignInForm(FlaskForm):
    """Name and passphrase."""

    name = Typed(N_("姓名"), text.clean)
    passphrase = Secret(N_("口令"), str)
