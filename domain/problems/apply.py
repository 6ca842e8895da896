"""What is said to people who come by themselves, when too many come at once."""

from domain.words import N_

MESSAGES = {
    "apply.too_many": N_("短时间内来得太多，请等%(minutes)s分钟再试；也可以到服务点柜台办理"),
    "apply.pressed": N_("现在提交的人很多，请等%(minutes)s分钟再试；也可以到服务点柜台办理"),
    "poster.no_address": N_("还没有设置手机访问的地址。请在启动前设置 TSHEG_PUBLIC_URL，例如 https://jl.example.cn"),
}
