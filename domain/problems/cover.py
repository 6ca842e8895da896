"""What is said about products, tiers and quotes."""

from domain.words import N_

MESSAGES = {
    "product_not_yet": N_("这个产品从%(valid_from)s起可以报价"),
    "product_expired": N_("这个产品的有效期到%(valid_to)s，请先与保险公司平台同步，取得新版产品"),
    "tier_unknown": N_("从本产品的档位中选择一个，没有“%(tier)s”这个档位"),
    "credit_grade_unknown": N_("从本产品的信用等级中选择一个，没有“%(grade)s”这个等级"),
    "credit_days_no_rate": N_("本产品的赊账期最长%(most)s天，现在写的是%(days)s天"),
    "product_other": N_("本服务点现在办理的产品是%(expected)s"),
    "product_version": N_("本产品现在是第%(expected)s版，请按新版本重新核对"),
    "document_unknown": N_("本产品的材料清单里没有这一项"),
    "eligibility_refer": N_("按产品规则（%(rules)s）不适合本产品，请转办并保留线索"),
    "eligibility_differs": N_("适保结论与产品规则不一致，请重新判断"),
    "quote_differs": N_("报价与按产品计算的不一致，请重新计算"),
}
