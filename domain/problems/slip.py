"""What is said about applications that come from a trader's phone as a code."""

from domain.words import N_

MESSAGES = {
    "slip.damaged": N_("这个二维码没有读完整，什么也没有保存。请把手机屏幕调亮，再扫一次"),
    "slip.foreign": N_("这不是申请的二维码。请在手机上打开“我的申请”，扫那里的二维码"),
    "slip.older": N_("这个二维码是旧版页面做的，不能再读。请在手机上联网打开申请页面，再出示二维码"),
    "slip.newer": N_("这个二维码是新版页面做的，本机还不能读。请先更新本机的软件"),
    "slip.doubled": N_("这一部分已经读过了，请扫下一个"),
    "slip.another": N_("这是另一份申请的二维码。请先把前一份扫完，或重新开始"),
    "slip.erased": N_("这份申请已按保险公司的要求删除，不能再收"),
    "slip.no_code": N_("照片里没有找到二维码。请靠近一些，对准，避开反光，再拍一张"),
}
