"""What is said about text and names."""

from domain.words import N_

MESSAGES = {
    "required": N_("请填写这一项"),
    "text_too_long": N_("最多写%(limit)s个字，现在有%(length)s个字"),
    "text_invisible": N_("请删去看不见的字符%(codepoint)s，只写能看见的字"),
    "text_private_use": N_("请把自造字%(codepoint)s换成标准字"),
    "text_damaged": N_("有一个字已损坏（%(codepoint)s），请重新输入"),
    "tibetan_only": N_("藏文名称只写藏文字母，请去掉“%(character)s”"),
    "tibetan_deprecated": N_("请把已停用的藏文符号%(codepoint)s换成标准写法，重新输入这个音节"),
    "tibetan_sign_alone": N_("每个藏文音节以字母开头，%(codepoint)s前面缺少字母"),
    "undrawable": N_("纸上印不出这些字，请换一种写法：%(characters)s"),
}
