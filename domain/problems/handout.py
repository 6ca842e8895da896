"""What is said of code lists, calendars and buyer lists that an insurer hands in."""

from domain.words import N_

MESSAGES = {
    "calendar_other_year": N_("放假和调休的日子应在%(year)s年内"),
    "calendar_area": N_("地区写西藏七个地（市）之一的行政区划代码，例如540200"),
    "handout.other_content": N_("%(name)s第%(version)s版已有另一内容，请改用新的版本号"),
    "handout.older": N_("%(name)s已有更新的第%(version)s版，请改用更大的版本号"),
    "buyers.not_here": N_("名单里没有这个买方，请返回重新选择"),
    "buyers.line": N_("第%(line)s行：%(reason)s"),
}
