"""What is said about consents and declarations."""

from domain.words import N_

MESSAGES = {
    "consent_missing": N_("还有单独同意没有询问，请逐项询问"),
    "consent_unknown": N_("本产品不询问这一项同意"),
    "consent_version": N_("同意书的文字已更新为%(expected)s版，请重新宣读"),
    "consent_text": N_("同意书的文字与产品不一致，请重新宣读"),
    "consent_required": N_("没有这一项同意，保险公司无法受理；不同意的，请转为线索"),
    "declaration_required": N_("投保人确认这一项以后才能提交"),
    "read_back_required": N_("代填的内容请先向投保人宣读，由投保人确认"),
}
