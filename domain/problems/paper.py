"""What is said when a paper cannot be printed."""

from domain.words import N_

MESSAGES = {
    "paper_unknown": N_("没有这种打印件"),
    "paper_not_yet": N_("保险公司还没有作出这样的决定，暂时没有可打印的内容"),
    "paper_on_form": N_("这份记录的数据码都在投保申请表上，没有数据附页"),
    "paper.failed": N_("没有打印成，什么也没有改动。请再试一次；再次出现时，请联系维护人员"),
    "paper.too_slow": N_("打印用的时间太长，已经停下，什么也没有改动。请再试一次"),
    "paper.busy": N_("正在打印，请稍候再试。什么也没有改动"),
    "paper.why_again": N_("这份已经打印过，请选择为什么再打印"),
    "paper.no_preview": N_("预览没有做成，不影响打印。请再试一次"),
    "handover.no_day": N_("没有这一天，请从首页重新进入"),
    "paper.pile_full": N_("待打印的最多%(most)s份，请先打印一批"),
    "paper.batch_running": N_("正在准备另一批，请等它做完或先取消"),
    "paper.batch_gone": N_("这一批已经不在了，请重新打印。待打印的一份没少"),
    "paper.other_revision": N_("看不出这张表是第几版，没有保存。请打印最新一版，签字以后再拍"),
    "paper.other_form": N_("这是%(reference)s的表，不是这份申请的，没有保存。请打开那份申请再添加"),
}
