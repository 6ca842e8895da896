"""What is said about who sits at the counter: names, PINs, tries and the first setting up."""

from domain.words import N_

MESSAGES = {
    "pin_digits": N_("密码只写数字"),
    "pin_length": N_("密码写%(low)s至%(high)s位数字，现在有%(length)s位"),
    "pin_simple": N_("密码太容易猜到，不要用相同或相连的数字"),
    "pin_repeat": N_("两次填写的密码不一样，请重新填写"),
    "sign_in_wrong": N_("姓名或密码不对，请重新填写"),
    "sign_in_wait": N_("填错次数太多，请等%(minutes)s分钟再试"),
    "sign_in_locked": N_("填错次数太多，已经锁定，请主管解锁"),
    "setup_code_wrong": N_("设置码不对，请照启动窗口里最新显示的数字填写"),
    "setup_done": N_("本机已经设置过，请直接登录"),
    "staff_unknown": N_("本机没有这位工作人员"),
    "staff_name_taken": N_("已有同名的工作人员，请在姓名后加以区分"),
    "staff_last_manager": N_("至少保留一位在岗的主管，请先添加另一位"),
    "manager_only": N_("这一页只有主管可以使用，请主管登录"),
}
