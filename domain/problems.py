"""What every error code says to people: what is right, with an example (source text Chinese, for the catalogue)."""

from domain.errors import Problem, TshegError
from domain.words import N_

TEXT = {
    "required": N_("请填写这一项"),
    "text_too_long": N_("最多写%(limit)s个字，现在有%(length)s个字"),
    "text_invisible": N_("请删去看不见的字符%(codepoint)s，只写能看见的字"),
    "text_private_use": N_("请把自造字%(codepoint)s换成标准字"),
    "text_damaged": N_("有一个字已损坏（%(codepoint)s），请重新输入"),
    "tibetan_only": N_("藏文名称只写藏文字母，请去掉“%(character)s”"),
    "tibetan_deprecated": N_("请把已停用的藏文符号%(codepoint)s换成标准写法，重新输入这个音节"),
    "tibetan_sign_alone": N_("每个藏文音节以字母开头，%(codepoint)s前面缺少字母"),
}

MONEY = {
    "amount_shape": N_("用数字写金额，单位元，例如8,500.00"),
    "amount_negative": N_("金额写正数，例如8,500.00"),
    "amount_places": N_("金额最多写到分，即两位小数，例如8,500.00"),
    "amount_too_large": N_("金额最多%(highest)s元"),
}

IDENTITY = {
    "credit_code_length": N_("写18位统一社会信用代码，例如%(example)s，现在有%(length)s位"),
    "credit_code_alphabet": N_("统一社会信用代码只有数字和大写字母，没有I、O、S、V、Z，请核对“%(character)s”"),
    "credit_code_area": N_("统一社会信用代码第3至8位是登记地区的数字，例如%(example)s"),
    "credit_code_check": N_("统一社会信用代码的最后一位与前面不符，请对照执照逐位核对，例如%(example)s"),
    "resident_id_length": N_("写18位居民身份证号，例如%(example)s，现在有%(length)s位"),
    "resident_id_alphabet": N_("居民身份证号前17位是数字，最后一位是数字或X，例如%(example)s"),
    "resident_id_birth_date": N_("居民身份证号第7至14位是出生日期，写真实的年月日，例如%(example)s"),
    "resident_id_future": N_("居民身份证号中的出生日期应早于今天，请核对第7至14位"),
    "resident_id_check": N_("居民身份证号的最后一位与前面不符，请对照证件逐位核对，例如%(example)s"),
    "old_licence_digits": N_("旧版营业执照注册号只有数字，例如%(example)s"),
    "old_licence_length": N_("写15位旧版营业执照注册号，例如%(example)s，现在有%(length)s位"),
    "mobile_digits": N_("手机号码只有数字，例如%(example)s"),
    "mobile_length": N_("写11位手机号码，例如%(example)s，现在有%(length)s位"),
    "mobile_prefix": N_("手机号码以13至19开头，例如%(example)s"),
}

DATES = {
    "date_shape": N_("按年-月-日写日期，例如%(example)s"),
    "date_unreal": N_("没有这一天，请核对月和日，例如%(example)s"),
    "date_year": N_("年份写%(low)s至%(high)s之间"),
    "year_shape": N_("写四位年份，例如%(example)s"),
    "year_range": N_("年份写%(low)s至%(high)s之间"),
    "days_shape": N_("用数字写天数，例如60"),
    "days_range": N_("天数写%(low)s至%(high)s之间"),
}

PLACE = {
    "county_unknown": N_("从名单中选择西藏的县、区或市"),
}

REFERENCE = {
    "reference_shape": N_("按回执上的样子写申请编号，例如%(example)s"),
    "reference_check": N_("申请编号有一个字写错，请对照回执核对，例如%(example)s"),
}

MESSAGES: dict[str, str] = TEXT | MONEY | IDENTITY | DATES | PLACE | REFERENCE


def message(error: Problem | TshegError) -> tuple[str, dict[str, str]]:
    """Return the source text of *error* and the values to fill it with, ready for the catalogue."""
    return MESSAGES[error.code], error.values
