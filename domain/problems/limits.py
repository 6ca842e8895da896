"""What is said when a point has gone on for long without its insurer. Drafts, corrections, prints and sync go on."""

from domain.words import N_

MESSAGES = {
    "limits.days": N_(
        "已有%(days)s天没有与保险公司核对，暂时不能提交新申请。可以先写成草稿，同步后再提交；更正和打印照常可用"
    ),
    "limits.records": N_(
        "已有%(records)s份申请等保险公司确认，暂时不能提交新申请。可以先写成草稿，同步后再提交；更正和打印照常可用"
    ),
    "limits.days_left": N_("请尽快同步：再过%(days)s天还没有与保险公司核对，就不能提交新申请"),
    "limits.records_left": N_("请尽快同步：再提交%(records)s份申请，就要等保险公司确认后才能继续"),
    "limits.none": N_("至少写一项限额：天数或份数；不再限制请用limits lift"),
}
