"""What is said when a paper cannot be printed."""

from domain.words import N_

MESSAGES = {
    "paper_unknown": N_("没有这种打印件"),
    "paper_not_yet": N_("保险公司还没有作出这样的决定，暂时没有可打印的内容"),
}
