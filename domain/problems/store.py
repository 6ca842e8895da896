"""What is said about the records of this point and the place that keeps them."""

from domain.words import N_

MESSAGES = {
    "application.not_found": N_("本机没有这份申请，请核对申请编号"),
    "draft_not_found": N_("本机没有这份草稿，可能已经提交"),
    "installation.not_enrolled": N_("本服务点还没有在保险公司平台登记，请先完成登记"),
    "product_missing": N_("本服务点还没有产品，请先与保险公司平台同步"),
    "product_expired_here": N_("本服务点的产品已过有效期，请先与保险公司平台同步，取得新版产品"),
    "journal.no_entry": N_("日志中没有这一条，请运行journal verify核对"),
    "journal.gap": N_("收到的记录中间缺少一段，没有保存；请再同步一次"),
    "journal.other_content": N_("记录%(record)s的这一版已有别的内容，原内容没有改动"),
    "store.cannot_open": N_("打不开数据文件，请检查密钥和磁盘：%(reason)s"),
    "store.cannot_write": N_("写不了文件，请检查磁盘空间和权限：%(reason)s"),
    "store.newer_database": N_("数据文件由更新的版本写成，请先升级程序：%(names)s"),
    "store.no_wal": N_("数据文件所在磁盘不支持安全写入，请换到本机磁盘"),
    "store.setting_refused": N_("数据库没有接受安全设置%(name)s，请重新安装程序"),
    "store.full": N_("磁盘已满，没有保存。请清理磁盘后再提交"),
    "store.busy": N_("数据文件正忙，没有保存。请稍后再提交"),
    "store.read_only": N_("数据文件不能写入，没有保存。请联系维护人员"),
    "store.disk": N_("读写磁盘出错，没有保存。请联系维护人员"),
    "store.damaged": N_("数据文件已损坏，没有保存。请联系维护人员恢复备份"),
    "store.sqlite_too_old": N_("SQLite %(version)s可能丢失数据，请重新安装程序"),
}
