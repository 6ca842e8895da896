"""What is said when an application is about to be submitted."""

from domain.words import N_

MESSAGES = {
    "disk_almost_full": N_("磁盘快满了，新申请没有提交，草稿仍在。请清理磁盘；同步和打印照常可用"),
    "invoice_already_here": N_("同一张发票已在本机的另一份申请中，请写明再次申请的理由"),
    "apply.other_point": N_("这个地址是另一个服务点的。可以在本服务点申请"),
    "apply.id_taken": N_("这个申请号已经用过，没有保存。请重新填写一份"),
    "apply.other_content": N_("这份申请已经提交，编号 %(reference)s，内容与现在的不同。要改，请到服务点"),
}
