"""What the phone's script says by itself: sent with the page, in its language."""

from domain.words import N_
from i18n import gettext

WORDS = {
    "saved": ("◌", N_("已保存在这部手机")),
    "unsaved": ("✕", N_("没有保存。请不要关掉这一页")),
    "required": ("", N_("请填写这一项")),
    "queued": ("○", N_("已排队，有信号就自动发送")),
    "received": ("●", N_("服务点已收到")),
    "refused": ("✕", N_("服务点没有收下，原因在“我的申请”里")),
}


def phone_words() -> dict[str, str]:
    """Return the words in the page's language with their marks, by the name the script knows them by."""
    return {name: f"{mark} {gettext(message)}".strip() for name, (mark, message) in WORDS.items()}
