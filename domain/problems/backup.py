"""What is said about backups and restoring them."""

from domain.words import N_

MESSAGES = {
    "backup.damaged": N_("这份备份不完整或打不开，没有采用；请换另一份备份"),
    "backup.cannot_write": N_("写不了备份文件，请检查磁盘空间和权限：%(reason)s"),
    "backup.not_empty": N_("本机已有资料，没有恢复；确要替换请加--replace，原资料会另存"),
    "backup.in_use": N_("服务点正在运行，请先停止服务再恢复"),
}
