"""What is said about a product that an insurer hands in."""

from domain.words import N_

MESSAGES = {
    "product_dates": N_("有效期的最后一天不能早于第一天"),
    "product_credit_days": N_("最短信用期至少1天，且不长于最长信用期"),
    "product_cover_days": N_("保险期间至少1天"),
    "product_no_tier": N_("产品至少有一个档位"),
    "product_bands": N_("费率的天数分段应逐段增大，最后一段不短于最长信用期%(most)s天"),
    "product_rates": N_("每个信用等级都要有%(bands)s段费率"),
    "product_not_queried": N_("信用等级中要有“未查询”（not_queried）"),
    "product_no_consent": N_("要有向保险公司提供信息的单独同意，并且是必需的"),
}
