"""What is said about days, years and spans."""

from domain.words import N_

MESSAGES = {
    "date_shape": N_("按年-月-日写日期，例如%(example)s"),
    "date_unreal": N_("没有这一天，请核对月和日，例如%(example)s"),
    "date_year": N_("年份写%(low)s至%(high)s之间"),
    "year_shape": N_("写四位年份，例如%(example)s"),
    "year_range": N_("年份写%(low)s至%(high)s之间"),
    "days_shape": N_("用数字写天数，例如60"),
    "days_range": N_("天数写%(low)s至%(high)s之间"),
}
