"""What is said when an application is about to be submitted."""

from domain.words import N_

MESSAGES = {
    "disk_almost_full": N_("磁盘快满了，新申请没有提交，草稿仍在。请清理磁盘；同步和打印照常可用"),
    "invoice_already_here": N_("同一张发票已在本机的另一份申请中，请写明再次申请的理由"),
}
