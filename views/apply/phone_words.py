"""What the phone's script says by itself: sent with the page, in its language."""

from domain.words import N_
from i18n import gettext

WORDS = {
    "saved": N_("已保存在这部手机"),
    "unsaved": N_("没有保存"),
}


def phone_words() -> dict[str, str]:
    """Return the words in the page's language, by the name the script knows them by."""
    return {name: gettext(message) for name, message in WORDS.items()}
