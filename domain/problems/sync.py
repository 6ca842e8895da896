"""What is said about the exchange with the insurer's hub. What is here stays here until the hub has signed for it."""

from domain.words import N_

MESSAGES = {
    "sync.no_link": N_("连不上保险公司平台，资料都在本机，联网后自动再传"),
    "sync.weak_line": N_("网络太慢或中途断开，资料都在本机，稍后自动再传"),
    "sync.portal": N_("网络要求先登录（例如无线网登录页），登录后再传"),
    "sync.insecure": N_("平台地址应为https开头，请用保险公司给的接入文件重新登记"),
    "sync.certificate": N_("平台的安全证书不对，没有传送，请核对本机日期并联系保险公司"),
    "sync.busy": N_("保险公司平台正忙，稍后自动再传"),
    "sync.hub_error": N_("保险公司平台出了故障，资料都在本机，稍后自动再传"),
    "sync.not_the_hub": N_("回答没有保险公司的有效签名，没有采用，请联系保险公司"),
    "sync.running": N_("另一次传送正在进行，请稍候"),
    "sync.not_taken": N_("保险公司平台没有收下资料，稍后自动再传"),
    "sync.file_not_taken": N_("保险公司平台没有收下一张照片，稍后自动再传"),
    "sync.files_over_quota": N_("保险公司平台给本服务点存照片的空间已满，请联系保险公司"),
    "sync.fork": N_("本机日志与保险公司收到的不同，已停止传送，请联系保险公司核对"),
    "sync.cursor": N_("保险公司平台不认识本机已收的决定，请联系保险公司核对"),
    "sync.other_hash": N_("保险公司的回执与本机日志不符，没有采用，请联系保险公司核对"),
    "sync.foreign_entry": N_("平台发来了不属于本服务点的资料，没有收下，请联系保险公司"),
    "sync.unsigned_product": N_("产品没有保险公司的有效签名，没有收下，请联系保险公司"),
    "sync.not_storable": N_("平台发来的资料与本机已有的相冲突，没有收下，请联系保险公司"),
    "sync.unknown_key": N_("保险公司平台还不认识本机，请登记本机的公钥"),
    "sync.revoked": N_("保险公司已停用本机的密钥，请联系保险公司"),
    "sync.foreign": N_("传送的资料不属于本服务点，平台没有收下，请联系保险公司"),
    "sync.bad_signature": N_("保险公司平台没有认出本机的签名，请联系保险公司"),
    "sync.too_large": N_("一次传送的资料太大，没有传成，请联系保险公司"),
    "sync.unsupported": N_("平台与本机的程序版本不合，请更新本机程序"),
    "sync.malformed": N_("平台没有读懂本机传送的资料，请更新本机程序"),
    "enrolment.unreadable": N_("这不是保险公司给的接入文件，请核对文件"),
    "enrolment.other": N_("本机已登记为服务点%(point)s，不能改登记；请用新的数据目录"),
}
