"""What is said about products, tiers and quotes."""

from domain.words import N_

MESSAGES = {
    "product_not_yet": N_("这个产品从%(valid_from)s起可以报价"),
    "product_expired": N_("这个产品的有效期到%(valid_to)s，请先与保险公司平台同步，取得新版产品"),
    "tier_unknown": N_("从本产品的档位中选择一个，没有“%(tier)s”这个档位"),
    "credit_grade_unknown": N_("从本产品的信用等级中选择一个，没有“%(grade)s”这个等级"),
    "credit_days_no_rate": N_("本产品的赊账期最长%(most)s天，现在写的是%(days)s天"),
}
