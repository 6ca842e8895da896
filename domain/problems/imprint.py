"""What is said about the codes on printed papers, and of what became of a record that came back from them."""

from domain.words import N_

MESSAGES = {
    "imprint.damaged": N_("这张数据码没有读完整，什么也没有改动。请展平纸面、避开反光，再扫一次"),
    "imprint.foreign": N_("这不是打印件上的数据码"),
    "imprint.older": N_("没有这么早的数据码，请核对是不是本系统的打印件"),
    "imprint.newer": N_("这是新版程序的打印件，本机还不能读。请先更新本机的软件"),
    "imprint.doubled": N_("这一张已经读过了，请扫另一张"),
    "imprint.too_long": N_("这份记录太长，数据码印不下"),
    "imprint.no_code": N_("没有找到打印件上的数据码。请放平、拍全、避开反光；用扫描仪时选300 dpi"),
    "imprint.head_only": N_("%(reference)s：这张纸上没有数据码，数据码在最后一页"),
    "imprint.missing": N_("还差%(missing)s张数据码：共印了%(total)s张，读到任意%(parts)s张就够，已读到第%(read)s张"),
    "imprint.restored": N_("已恢复：申请%(reference)s，第%(revision)s版"),
    "imprint.here": N_("本机已有，内容相同：申请%(reference)s，第%(revision)s版"),
    "imprint.done": N_("这一份已经恢复好了，不用再读：申请%(reference)s"),
    "imprint.newer_here": N_("本机已有更新的一版，没有改动：申请%(reference)s，打印件是第%(revision)s版"),
    "imprint.other_content": N_("本机的同一版内容不同，没有改动，请联系保险公司：申请%(reference)s，第%(revision)s版"),
    "imprint.contradictory": N_("打印件上的内容自相矛盾，没有恢复，请联系保险公司核对"),
    "imprint.erased": N_("这份申请已按保险公司的要求删除，不能恢复"),
    "imprint.other_point": N_("这是服务点%(point)s的打印件，不能在本机恢复"),
    "imprint.not_here": N_("这是打印件上的数据码（%(number)s），本机没有这份申请。请主管用“从打印件恢复”"),
    "imprint.slip": N_("这是申请人手机上的二维码，请在“扫码接收”里扫"),
}
