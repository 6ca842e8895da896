"""The 74 county units of Tibet (西藏县级行政区): GB/T 2260 codes of today and those that older papers carry.

Codes and names follow the published tables of 2024; former codes cover resident IDs and
licences since 1983. That there are 21 border counties is verified; which ones is inferred
from 9 + 4 + 4 + 4, four of them in Shannan confirmed.
"""

from typing import NamedTuple

from domain.errors import FieldError
from domain.words import N_


class County(NamedTuple):
    """A county, district or county-level city; ``former`` are its earlier codes, oldest first."""

    code: str
    name: str
    is_border: bool
    former: tuple[str, ...]

    @property
    def prefecture(self) -> str:
        """The code of the prefecture it belongs to (地市)."""
        return self.code[:4] + "00"


PREFECTURES: dict[str, str] = {
    "540100": N_("拉萨市"),
    "540200": N_("日喀则市"),
    "540300": N_("昌都市"),
    "540400": N_("林芝市"),
    "540500": N_("山南市"),
    "540600": N_("那曲市"),
    "542500": N_("阿里地区"),
}

COUNTIES: tuple[County, ...] = (
    County("540102", N_("城关区"), False, ()),
    County("540103", N_("堆龙德庆区"), False, ("540125",)),
    County("540104", N_("达孜区"), False, ("540126",)),
    County("540121", N_("林周县"), False, ()),
    County("540122", N_("当雄县"), False, ()),
    County("540123", N_("尼木县"), False, ()),
    County("540124", N_("曲水县"), False, ()),
    County("540127", N_("墨竹工卡县"), False, ()),
    County("540202", N_("桑珠孜区"), False, ("542321", "542301")),
    County("540221", N_("南木林县"), False, ("542322",)),
    County("540222", N_("江孜县"), False, ("542721", "542323")),
    County("540223", N_("定日县"), True, ("542324",)),
    County("540224", N_("萨迦县"), False, ("542325",)),
    County("540225", N_("拉孜县"), False, ("542326",)),
    County("540226", N_("昂仁县"), False, ("542327",)),
    County("540227", N_("谢通门县"), False, ("542328",)),
    County("540228", N_("白朗县"), False, ("542723", "542329")),
    County("540229", N_("仁布县"), False, ("542724", "542330")),
    County("540230", N_("康马县"), True, ("542725", "542331")),
    County("540231", N_("定结县"), True, ("542332",)),
    County("540232", N_("仲巴县"), True, ("542333",)),
    County("540233", N_("亚东县"), True, ("542726", "542334")),
    County("540234", N_("吉隆县"), True, ("542335",)),
    County("540235", N_("聂拉木县"), True, ("542336",)),
    County("540236", N_("萨嘎县"), True, ("542337",)),
    County("540237", N_("岗巴县"), True, ("542727", "542338")),
    County("540302", N_("卡若区"), False, ("542121",)),
    County("540321", N_("江达县"), False, ("542122",)),
    County("540322", N_("贡觉县"), False, ("542123",)),
    County("540323", N_("类乌齐县"), False, ("542124",)),
    County("540324", N_("丁青县"), False, ("542125",)),
    County("540325", N_("察雅县"), False, ("542126",)),
    County("540326", N_("八宿县"), False, ("542127",)),
    County("540327", N_("左贡县"), False, ("542128",)),
    County("540328", N_("芒康县"), False, ("542129",)),
    County("540329", N_("洛隆县"), False, ("542132",)),
    County("540330", N_("边坝县"), False, ("542133",)),
    County("540402", N_("巴宜区"), False, ("542621",)),
    County("540421", N_("工布江达县"), False, ("542622",)),
    County("540423", N_("墨脱县"), True, ("542624",)),
    County("540424", N_("波密县"), False, ("542625",)),
    County("540425", N_("察隅县"), True, ("542626",)),
    County("540426", N_("朗县"), True, ("542627",)),
    County("540481", N_("米林市"), True, ("542623", "540422")),
    County("540502", N_("乃东区"), False, ("542221",)),
    County("540521", N_("扎囊县"), False, ("542222",)),
    County("540522", N_("贡嘎县"), False, ("542223",)),
    County("540523", N_("桑日县"), False, ("542224",)),
    County("540524", N_("琼结县"), False, ("542225",)),
    County("540525", N_("曲松县"), False, ("542226",)),
    County("540526", N_("措美县"), False, ("542227",)),
    County("540527", N_("洛扎县"), True, ("542228",)),
    County("540528", N_("加查县"), False, ("542229",)),
    County("540529", N_("隆子县"), True, ("542231",)),
    County("540531", N_("浪卡子县"), True, ("542722", "542233")),
    County("540581", N_("错那市"), True, ("542232", "540530")),
    County("540602", N_("色尼区"), False, ("542421",)),
    County("540621", N_("嘉黎县"), False, ("542422",)),
    County("540622", N_("比如县"), False, ("542423",)),
    County("540623", N_("聂荣县"), False, ("542424",)),
    County("540624", N_("安多县"), False, ("542425",)),
    County("540625", N_("申扎县"), False, ("542426",)),
    County("540626", N_("索县"), False, ("542427",)),
    County("540627", N_("班戈县"), False, ("542428",)),
    County("540628", N_("巴青县"), False, ("542429",)),
    County("540629", N_("尼玛县"), False, ("542430",)),
    County("540630", N_("双湖县"), False, ("542431",)),
    County("542521", N_("普兰县"), True, ()),
    County("542522", N_("札达县"), True, ()),
    County("542523", N_("噶尔县"), True, ()),
    County("542524", N_("日土县"), True, ()),
    County("542525", N_("革吉县"), False, ()),
    County("542526", N_("改则县"), False, ()),
    County("542527", N_("措勤县"), False, ()),
)

_BY_CODE = {code: unit for unit in COUNTIES for code in (unit.code, *unit.former)}


def county(code: str) -> County:
    """Return the county with *code*, today's or a former one. Raises FieldError."""
    if code not in _BY_CODE:
        raise FieldError("county_unknown")
    return _BY_CODE[code]
