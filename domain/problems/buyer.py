"""What is said about buyers, their grades and what they owe."""

from domain.words import N_

MESSAGES = {
    "buyers_none": N_("至少写一个买方"),
    "buyers_too_many": N_("一份申请最多%(most)s个买方，现在有%(count)s个"),
    "buyer_is_policyholder": N_("买方和投保人是同一家，请填写真正的买方"),
    "buyer_twice": N_("这个买方已经写过，同一买方只写一次"),
    "credit_grade_source": N_("请写明信用等级从哪里查到"),
    "credit_grade_as_of": N_("请写明信用等级的查询日期"),
    "arrears_amount": N_("买方有拖欠，请写拖欠金额"),
    "arrears_days": N_("买方有拖欠，请写最长拖欠天数"),
    "arrears_unsaid": N_("写了拖欠金额或者天数，请选“有拖欠”"),
}
