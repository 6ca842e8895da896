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
    "hub.asked_before": N_("补充材料只能一次性告知，这份申请已经告知过"),
    "hub.moved_on": N_("这份申请刚有变化，请看过最新内容再决定"),
    "hub.choose_reason": N_("请选择至少一条不予承保的理由"),
    "hub.choose_document": N_("请选择至少一份需要补充的材料"),
    "hub.sign_in_refused": N_("姓名或口令不对，请重新输入"),
    "hub.too_many_tries": N_("尝试次数过多，请稍后再试"),
    "hub.setup_code_wrong": N_("设置码不对或已经用过，请查看平台启动时显示的设置码"),
    "hub.passphrase_short": N_("口令至少%(length)s个字，可以用几个词连成一句"),
    "hub.passphrase_differs": N_("两次输入的口令不一致，请重新输入"),
    "hub.staff_exists": N_("已有同名人员，请换一个名字"),
    "hub.form_expired": N_("页面停留太久，请返回后重新提交"),
    "hub.page_not_found": N_("没有这个页面，请从首页重新进入"),
    "hub.no_method": N_("这个地址不接受这样的操作，请从首页重新进入"),
    "hub.too_large": N_("传来的内容太大，没有保存"),
    "hub.failed": N_("平台出了故障，没有保存任何内容，请稍后再试"),
    "hub.outcome_unknown": N_("请选择一种核保决定"),
    "point.not_found": N_("没有服务点%(point)s，请核对代码"),
    "point.other_key": N_("服务点%(point)s已用另一把密钥登记；更换密钥请用point renew-key"),
    "point.old_key": N_("服务点%(point)s用过这把密钥，请在服务点生成新密钥"),
    "product.other_content": N_("产品%(product)s第%(version)s版已有另一内容，请改用新的版本号"),
}
