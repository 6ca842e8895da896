"""What synthetic people, counties and firms are called, in Chinese and in Tibetan script (unreviewed)."""

from typing import NamedTuple

from domain.words import ApplicantKind, Industry


class Name(NamedTuple):
    """The same name in both scripts."""

    zh: str
    bo: str


class Line(NamedTuple):
    """A line of business: what a firm calls itself, and what it sells."""

    industry: Industry
    name: Name
    goods: tuple[str, ...]


SAMPLE = Name("示例", "དཔེ་མཚོན")

PLACES = {
    "540223": Name("定日", "དིང་རི"),
    "540230": Name("康马", "ཁང་དམར"),
    "540231": Name("定结", "གཏིང་སྐྱེས"),
    "540232": Name("仲巴", "འབྲོང་པ"),
    "540233": Name("亚东", "གྲོ་མོ"),
    "540234": Name("吉隆", "སྐྱིད་གྲོང"),
    "540235": Name("聂拉木", "གཉའ་ལམ"),
    "540236": Name("萨嘎", "ས་དགའ"),
    "540237": Name("岗巴", "གམ་པ"),
    "540527": Name("洛扎", "ལྷོ་བྲག"),
    "540529": Name("隆子", "ལྷུན་རྩེ"),
    "540581": Name("错那", "མཚོ་སྣ"),
    "540531": Name("浪卡子", "སྣ་དཀར་རྩེ"),
    "540481": Name("米林", "སྨན་གླིང"),
    "540423": Name("墨脱", "མེ་ཏོག"),
    "540425": Name("察隅", "རྫ་ཡུལ"),
    "540426": Name("朗县", "སྣང"),
    "542521": Name("普兰", "སྤུ་ཧྲེང"),
    "542522": Name("札达", "རྩ་མདའ"),
    "542523": Name("噶尔", "སྒར"),
    "542524": Name("日土", "རུ་ཐོག"),
    "540103": Name("堆龙德庆", "སྟོད་ལུང་བདེ་ཆེན"),
    "540202": Name("桑珠孜", "བསམ་གྲུབ་རྩེ"),
    "540302": Name("卡若", "མཁར་རོ"),
    "540602": Name("色尼", "གསེར་རྙེད"),
}

GIVEN = (
    Name("扎西", "བཀྲ་ཤིས"),
    Name("顿珠", "དོན་གྲུབ"),
    Name("次仁", "ཚེ་རིང"),
    Name("卓玛", "སྒྲོལ་མ"),
    Name("央金", "དབྱངས་ཅན"),
    Name("格桑", "སྐལ་བཟང"),
    Name("尼玛", "ཉི་མ"),
    Name("达瓦", "ཟླ་བ"),
    Name("平措", "ཕུན་ཚོགས"),
    Name("旺堆", "དབང་འདུས"),
    Name("罗布", "ནོར་བུ"),
    Name("多吉", "རྡོ་རྗེ"),
)

LINES = (
    Line(Industry.FARMING, Name("农牧产品", "ཞིང་འབྲོག་ཐོན་རྫས"), ("青稞", "牦牛肉", "酥油", "菜籽油")),
    Line(Industry.BORDER_LOGISTICS, Name("边贸", "མཐའ་མཚམས་ཉོ་ཚོང"), ("木碗", "手工地毯", "铜器", "香料")),
    Line(Industry.TIBETAN_MEDICINE, Name("藏医药", "བོད་ཀྱི་གསོ་རིག"), ("藏药成药", "红花", "藏香")),
    Line(Industry.CULTURE_TOURISM, Name("文化旅游", "རིག་གནས་ཡུལ་སྐོར"), ("唐卡", "民族服饰", "纪念品")),
    Line(Industry.GREEN_INDUSTRY, Name("天然水", "རང་བྱུང་ཆུ"), ("瓶装水", "石材", "木制品")),
    Line(Industry.MODERN_SERVICES, Name("商贸", "ཚོང་དོན"), ("日用百货", "仓储服务", "冷链配送")),
    Line(Industry.CLEAN_ENERGY, Name("太阳能", "ཉི་མའི་ནུས་ཚད"), ("光伏板", "太阳能灶", "蓄电池")),
    Line(Industry.HIGH_TECH, Name("数字科技", "ཨང་ཀིའི་ཚན་རྩལ"), ("软件服务", "通信设备")),
    Line(Industry.AVIATION, Name("通用航空", "སྤྱི་སྤྱོད་མཁའ་འགྲུལ"), ("航拍服务", "无人机配件")),
    Line(Industry.OTHER, Name("建材", "འཛུགས་སྐྲུན་རྒྱུ་ཆ"), ("水泥", "钢筋", "门窗")),
)

FORMS = {
    ApplicantKind.ENTERPRISE: Name("有限公司", "ཚད་ཡོད་ཀུང་སི"),
    ApplicantKind.INDIVIDUAL_BUSINESS: Name("商店", "ཚོང་ཁང"),
    ApplicantKind.COOPERATIVE: Name("农民专业合作社", "ཞིང་པའི་མཉམ་ལས་ཁང"),
    ApplicantKind.VILLAGE_COLLECTIVE: Name("村股份经济合作社", "གྲོང་ཚོའི་དཔལ་འབྱོར་མཉམ་ལས་ཁང"),
}

CITIES = {
    "540102": "拉萨",
    "540202": "日喀则",
    "540502": "山南",
    "510104": "成都",
    "630102": "西宁",
    "620102": "兰州",
    "500103": "重庆",
    "530102": "昆明",
}
TRADES = ("副食批发", "百货", "连锁超市", "药材", "旅游商品", "食品加工", "建材市场", "供应链")


def person(serial: int) -> Name:
    """Return a person's name that says that it is a sample."""
    first, second = GIVEN[serial % len(GIVEN)], GIVEN[(serial // len(GIVEN) + serial + 1) % len(GIVEN)]
    return Name(f"{SAMPLE.zh}·{first.zh}{second.zh}", f"{SAMPLE.bo}་{first.bo}་{second.bo}")


def firm(county: str, line: Line, kind: ApplicantKind) -> Name:
    """Return the name of a firm of *kind* in *county*."""
    place, form = PLACES[county], FORMS[kind]
    return Name(f"{place.zh}{SAMPLE.zh}{line.name.zh}{form.zh}", "་".join((place.bo, SAMPLE.bo, line.name.bo, form.bo)))
