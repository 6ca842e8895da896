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
# What stands around the codes of ``static/apply/handover.js``.
CODE_WORDS = {
    "label": N_("申请的二维码"),
    "hint": N_("把屏幕调到最亮，给柜台扫。没有网络也可以。"),
    "part": N_("第%(part)s张，共%(parts)s张"),
    "next": N_("下一张"),
    "larger": N_("扫不出来？换一种大小"),
    "close": N_("关闭"),
}


def phone_words() -> dict[str, str]:
    """Return the words in the page's language with their marks, by the name the script knows them by."""
    return {name: f"{mark} {gettext(message)}".strip() for name, (mark, message) in WORDS.items()}


def code_words() -> dict[str, str]:
    """Return the words around the codes in the page's language, places unfilled."""
    return {name: gettext(message) for name, message in CODE_WORDS.items()}
