"""The form all others are made from: what WTForms says by itself is said in the page's language."""

from collections.abc import Mapping

from flask_wtf import FlaskForm

from domain.words import N_
from i18n import gettext

SAID: Mapping[str, str] = {
    "This field is required.": N_("请填写这一项"),
    "Field must be at least %(min)d characters long.": N_("至少写%(min)d个字"),
    "Field cannot be longer than %(max)d characters.": N_("最多写%(max)d个字"),
    "Field must be exactly %(max)d characters long.": N_("写满%(max)d个字，不多不少"),
    "Field must be between %(min)d and %(max)d characters long.": N_("写%(min)d至%(max)d个字"),
    "Field must be equal to %(other_name)s.": N_("两次填写不一致，请重新填写"),
    "Number must be at least %(min)s.": N_("不能小于%(min)s"),
    "Number must be at most %(max)s.": N_("不能大于%(max)s"),
    "Number must be between %(min)s and %(max)s.": N_("写%(min)s至%(max)s之间的数字"),
    "Not a valid choice.": N_("请从列出的选项中选择"),
    "Invalid Choice: could not coerce.": N_("请从列出的选项中选择"),
    "'%(value)s' are not valid choices for this field.": N_("请从列出的选项中选择"),
    "Not a valid date value.": N_("按年-月-日填写日期"),
    "Not a valid integer value.": N_("请写整数"),
    "Not a valid decimal value.": N_("请写数字"),
}
OTHERWISE = N_("这一项填写有误，请检查")


class Said:
    """What WTForms takes for a catalogue: its English messages in, ours out; never English."""

    def gettext(self, message: str) -> str:
        """Return our text for one of WTForms' messages, places unfilled."""
        return gettext(SAID.get(message, OTHERWISE))

    def ngettext(self, _one: str, many: str, _count: int) -> str:
        """Return the plural's text: neither of our languages counts in its nouns."""
        return self.gettext(many)


class Form(FlaskForm):
    """A form with the CSRF field and our own messages."""

    class Meta(FlaskForm.Meta):
        def get_translations(self, _form: object) -> Said:
            """Take the messages from our catalogue."""
            return Said()
