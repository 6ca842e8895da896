"""What is said about a record as a whole."""

from domain.words import N_

MESSAGES = {
    "spelling": N_("请改成规范写法：不留多余空格，号码用半角数字和大写字母"),
    "listed_twice": N_("同一项只选一次"),
    "date_future": N_("这一天不能晚于今天（%(today)s）"),
    "year_future": N_("这一年不能晚于今年（%(today)s）"),
    "form_version_other": N_("这份申请的表单版本不同，请用版本%(expected)s重新填写"),
    "form_version_newer": N_("这份资料的表单比平台的新，平台已收下原文；平台更新后请更正重传"),
    "record_too_large": N_("这份资料超过%(most)s千字节，传不出去，没有保存，请缩短内容或分开填写"),
}
