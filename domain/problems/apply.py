"""What is said to people who come by themselves, when too many come at once."""

from domain.words import N_

MESSAGES = {
    "apply.too_many": N_("短时间内来得太多，请等%(minutes)s分钟再试；也可以到服务点柜台办理"),
    "apply.pressed": N_("现在提交的人很多，请等%(minutes)s分钟再试；也可以到服务点柜台办理"),
}
