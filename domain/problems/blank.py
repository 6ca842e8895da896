"""What is said about numbered blank forms."""

from domain.words import N_

MESSAGES = {
    "blank.count": N_("一次印1至%(most)s份空白表"),
    "blank.shape": N_("照空白表上的样子写编号，例如%(example)s"),
    "blank.code_damaged": N_("空白表的二维码没有读完整，请再扫一次，或照表上的编号输入"),
    "blank.unknown": N_("本机没有印过这个编号的空白表。如果刚恢复过备份，请先同步；仍找不到时，请作为新申请录入"),
    "blank.foreign": N_("这是另一个服务点%(point)s印的空白表，请送回那里录入，或作为新申请录入"),
    "blank.used": N_("编号%(reference)s的空白表已经录入，不能再录。请查找这份申请，或换一份空白表"),
    "blank.spoiled": N_("编号%(reference)s的空白表已经作废，不能录入。请换一份空白表"),
    "blank.being_keyed_in": N_("这份空白表正在录入，不能作废。请先删除它的草稿"),
    "blank.begun": N_("这份草稿已经写了别的内容，不能再改用空白表的编号。请从“新投保申请”重新开始"),
}
