"""What is said about bundles on a stick, at the point and at the hub."""

from domain.words import N_

MESSAGES = {
    "stick.nothing": N_("这里没有数据包，请核对文件夹"),
    "stick.unreadable": N_("数据包不完整或有改动，没有采用，请重新导出"),
    "stick.other_key": N_("数据包不是给本机的，没有采用"),
    "stick.not_read": N_("读不出文件，请重新插好U盘再试"),
    "stick.not_written": N_("没有写入U盘：U盘已满、写保护或已拔出，资料都在本机"),
    "stick.not_verified": N_("写入U盘后读回不一致，请换一个U盘，资料都在本机"),
    "stick.not_asked": N_("这份回执太旧，或不是对本机数据包的回答，没有采用。资料没有丢失，请重新导出"),
    "stick.hub_seal_missing": N_("本机还没有平台的加密公钥，请先联网传送一次，或用新的接入文件重新登记"),
    "stick.no_file": N_("请先选择文件，再按按钮"),
    "stick.gone": N_("这个U盘已经拔出，请插好后再试"),
    "stick.no_download": N_("这个数据包已换成新的，请回到上一页下载新的"),
    "stick.way_out": N_("这是要送去保险公司的数据包，请选择带回的回执，文件名以 .return.age 结尾"),
    "stick.way_back": N_("这是要带回服务点的回执，请选择服务点送来的数据包"),
    "stick.gap": N_("前面的数据包还没有收到，请先收下前面的"),
    "stick.fork": N_("服务点的日志与平台已有的不同，已停止接收，请核对"),
    "stick.unknown_key": N_("数据包没有已登记服务点的有效签名，没有收下"),
    "stick.revoked": N_("服务点或其密钥已停用，没有收下"),
}
