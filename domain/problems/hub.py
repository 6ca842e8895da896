"""What the insurer's hub says of records, points and its own staff."""

from domain.words import N_

MESSAGES = {
    "hub.product_unknown": N_("保险公司平台没有这一版产品，请先同步，再按现行产品重新填写"),
    "hub.other_content": N_("同一编号同一版本已收到另一内容，请核对后更正重传"),
    "hub.newer_revision": N_("保险公司平台已有这份申请的更新版本，请核对后更正重传"),
    "hub.decided_before": N_("这份申请已有核保决定，如有变化请另填一份新申请"),
    "hub.other_record": N_("记录编号与内容中的编号不一致，请更正重传"),
    "hub.other_point": N_("内容中的服务点不是传来记录的服务点，请更正重传"),
    "hub.application_not_found": N_("平台没有这份申请，请核对申请编号"),
    "hub.not_readable": N_("这份记录读不出来，等服务点更正后再决定"),
    "hub.asked_before": N_("补充材料只能一次性告知，这份申请已经告知过"),
    "hub.moved_on": N_("这份申请刚有变化，请看过最新内容再决定"),
    "hub.sign_in_wrong": N_("姓名或口令不对，请重新填写"),
    "hub.sign_in_wait": N_("填错次数太多，请等%(minutes)s分钟再试"),
    "hub.setup_code_wrong": N_("设置码不对，请照启动窗口里最新显示的数字填写"),
    "hub.setup_done": N_("平台已经设置过，请直接登录"),
    "hub.passphrase_length": N_("口令写%(low)s至%(high)s个字，可以用几个词连成一句"),
    "hub.passphrase_differs": N_("两次填写的口令不一样，请重新填写"),
    "hub.staff_name_taken": N_("已有同名的核保员，请在姓名后加以区分"),
    "hub.form_expired": N_("这一页打开太久了，没有保存。请返回上一页，刷新后再提交"),
    "hub.no_page": N_("没有找到这一页，请从首页重新进入"),
    "hub.no_such_action": N_("这个地址不接受这种操作，请从首页重新进入"),
    "hub.failed": N_("平台出错了，没有保存；请稍后再试"),
    "point.not_found": N_("没有服务点%(point)s，请核对代码"),
    "point.other_key": N_("服务点%(point)s已用另一把公钥登记；更换请用point renew-key"),
    "point.old_key": N_("服务点%(point)s用过这把公钥，请在服务点生成新的"),
    "product.other_content": N_("产品%(product)s第%(version)s版已有另一内容，请改用新的版本号"),
}
