"""What is said about lines and fields that are not of the record's shape."""

from domain.words import N_

MESSAGES = {
    "shape_json": N_("这一行不是完整的JSON，请核对引号、括号和编码（UTF-8）"),
    "shape_missing": N_("缺少这一项，请补上"),
    "shape_unknown": N_("表单没有这一项，请删去"),
    "shape_choice": N_("请从名单中选一个值"),
    "shape_date": N_("日期写成年-月-日，例如2026-11-20"),
    "shape_too_long": N_("最多%(most)s个"),
    "shape_too_short": N_("至少%(least)s个"),
    "shape_too_large": N_("最大是%(most)s"),
    "shape_too_small": N_("最小是%(least)s"),
    "shape_integer": N_("这里写整数，金额以分为单位"),
    "shape_boolean": N_("这里只写true或者false"),
    "shape_text": N_("这里写文字，放在引号内"),
    "shape_list": N_("这里写一个列表，放在方括号内"),
    "shape_object": N_("这里写一组名称和值，放在花括号内"),
    "shape_mobile": N_("手机号码是11位数字，以13至19开头"),
    "shape_county": N_("县的代码是6位数字，例如540234"),
    "shape_area": N_("地区代码是6位数字，不知道就留空"),
    "shape_product": N_("产品代码只有小写字母、数字和短横线"),
    "shape_tier": N_("档位代码只有小写字母、数字和短横线"),
    "shape_code": N_("服务点代码是2至6个大写字母"),
    "shape_record_id": N_("记录编号是36位的UUID"),
}
