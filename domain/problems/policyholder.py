"""What is said about the policyholder."""

from domain.words import N_

MESSAGES = {
    "id_kind_of_person": N_("自然人用居民身份证申请"),
    "id_kind_of_organisation": N_("单位用统一社会信用代码或者旧版营业执照申请"),
    "county_former": N_("这是旧的县代码，请改用%(code)s"),
}
