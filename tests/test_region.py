from collections import Counter

import pytest
from stdnum import numdb

from domain.errors import FieldError
from domain.region import COUNTIES, PREFECTURES, County, county

BORDER = {
    "540200": "定日县 康马县 定结县 仲巴县 亚东县 吉隆县 聂拉木县 萨嘎县 岗巴县",
    "540400": "米林市 墨脱县 察隅县 朗县",
    "540500": "洛扎县 隆子县 错那市 浪卡子县",
    "542500": "普兰县 札达县 噶尔县 日土县",
}


def test_there_are_seven_prefectures_and_74_counties_of_which_21_on_the_border() -> None:
    assert (len(PREFECTURES), len(COUNTIES), sum(unit.is_border for unit in COUNTIES)) == (7, 74, 21)


def test_every_county_belongs_to_a_prefecture() -> None:
    sizes = Counter(unit.prefecture for unit in COUNTIES)
    assert [sizes[code] for code in PREFECTURES] == [8, 18, 11, 7, 12, 11, 7]


def test_the_border_counties_are_those_of_the_four_border_prefectures() -> None:
    found = {
        code: {unit.name for unit in COUNTIES if unit.is_border and unit.prefecture == code} for code in PREFECTURES
    }
    assert {code: names for code, names in found.items() if names} == {
        code: set(names.split()) for code, names in BORDER.items()
    }


def test_no_two_counties_share_a_code_or_a_name() -> None:
    codes = [code for unit in COUNTIES for code in (unit.code, *unit.former)]
    assert len(codes) == len(set(codes))
    assert len({unit.name for unit in COUNTIES}) == 74


@pytest.mark.parametrize("unit", COUNTIES, ids=lambda unit: unit.code)
def test_its_codes_agree_with_the_published_table(unit: County) -> None:
    for code in (unit.code, *unit.former):
        published = numdb.get("cn/loc").info(code)[-1][1]["county"]
        assert unit.name[:-1] in published or (code != unit.code and unit.name.endswith(("区", "市")))


@pytest.mark.parametrize(
    ("code", "name"),
    [("540234", "吉隆县"), ("542335", "吉隆县"), ("540530", "错那市"), ("542232", "错那市"), ("542623", "米林市")],
)
def test_it_finds_a_county_by_todays_and_by_former_codes(code: str, name: str) -> None:
    assert county(code).name == name


@pytest.mark.parametrize("code", ["", "540100", "540171", "110101", "吉隆"])
def test_it_knows_no_other_places(code: str) -> None:
    with pytest.raises(FieldError) as refused:
        county(code)
    assert refused.value.code == "county_unknown"
