"""What is said about identity numbers."""

from domain.words import N_

MESSAGES = {
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
