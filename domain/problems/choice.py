"""What is said about questions, lists and ticks."""

from domain.words import N_

MESSAGES = {
    "choose_one": N_("请选择一项"),
    "choose_some": N_("请至少选择一项"),
    "choose_yes_or_no": N_("请选择是或否"),
    "tick_needed": N_("请读给投保人听，同意后勾选这一项"),
}
