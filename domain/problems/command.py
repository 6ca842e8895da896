"""What is said of the insurer's commands, at the hub and at the counter."""

from domain.words import N_

MESSAGES = {
    "command.frozen": N_("保险公司已暂停本服务点受理新申请。可以先写成草稿；更正、打印和同步照常可用"),
    "command.no_such_application": N_("服务点%(point)s没有申请%(reference)s，请核对"),
    "command.to_be_erased": N_("这份申请已下令删除，不再作决定"),
    "command.kept_by_law": N_("申请%(reference)s有保单，依法保存至%(until)s，不能删除"),
}
