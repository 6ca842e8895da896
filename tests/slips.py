"""Answers as a trader's phone would hand them over, any that Hypothesis thinks of and some that are likely."""

from contextlib import suppress
from random import Random
from typing import Any

from hypothesis import strategies as st

import slip
from domain.errors import FieldError
from domain.identity import credit_code
from slip import digits
from slip.table import BUYERS, Field, fields
from slip.values import NO, TICKED, YES
from store.clock import today

RECORD = "019a9f3e-5c1b-7d2a-9e4f-0123456789ab"
PRODUCT = ("sample-micro", 1)
TYPED = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff"), max_size=30).map(str.strip)
ONE_IN_TWO = 0.5


def _values(field: Field, dice: Random, texts: list[str]) -> list[str]:
    match field.kind:
        case "text":
            return [dice.choice(texts)]
        case "several":
            return [word for word in field.words if dice.random() < ONE_IN_TWO]
        case "yes_no":
            offered = [YES, NO]
        case "tick":
            offered = [TICKED]
        case "word":
            offered = ["540234", "starter"]
        case "choice":
            offered = list(field.words)
    return [dice.choice(offered)] if dice.random() < ONE_IN_TWO else []


def _step(step: str, dice: Random, texts: list[str]) -> dict[str, list[str]]:
    answers = {field.name: _values(field, dice, texts) for field in fields() if field.step == step}
    return {name: values for name, values in answers.items() if values}


def _thrown(seed: int, buyers: int, language: str, texts: list[str]) -> tuple[str, dict[str, Any]]:
    dice = Random(seed)
    answers: dict[str, Any] = {
        step: _step(step, dice, texts) for step in dict.fromkeys(field.step for field in fields())
    }
    answers["declarations"]["read_in"] = [language]
    return language, {**answers, BUYERS: [_step(BUYERS, dice, texts) for _ in range(buyers)]}


# Five values drawn and the rest thrown with dice: two hundred drawn one by one would take minutes.
SLIPS = st.builds(
    _thrown,
    st.integers(0, 2**32),
    st.integers(1, 5),
    st.sampled_from(["zh", "bo"]),
    st.lists(TYPED, min_size=1, max_size=6).map(lambda texts: ["", *texts]),
)


def likely(buyers: int = 1, *, long: bool = False) -> dict[str, Any]:
    """Return the answers of a trader with this many buyers; *long* with names and notes as long as they come."""
    holder = "西藏日喀则吉隆县示例边境贸易商品流通股份有限公司吉隆口岸分公司" if long else "扎西·示例"
    return {
        "start": {"buyer_in_mainland": [YES], "kind": ["natural_person"], "trade_mode": ["wholesale"]},
        "policyholder": _policyholder(holder, long=long),
        BUYERS: [_buyer(number, long=long) for number in range(buyers)],
        "business": _business(long=long),
        "cover": {"tier": ["starter"]},
        "declarations": {
            "read_in": ["zh"],
            **{name: [TICKED] for name in ("truthful", "terms_received", "exclusions_explained", "consent_insurer")},
        },
        "review": {"duplicate_reason": [""]},
    }


def _policyholder(holder: str, *, long: bool) -> dict[str, list[str]]:
    return {
        "name": [holder],
        "name_bo": ["བཀྲ་ཤིས་དཔེ་མཚོན་ཉོ་ཚོང་ཚད་ཡོད་ཀུང་སི" if long else "བཀྲ་ཤིས་དཔེ་མཚོན"],
        "id_kind": ["resident_id"],
        "id_number": ["542521197812030036"],
        "established_on": [""],
        "county": ["540234"],
        "address": ["吉隆镇示例路1号" + "示例边贸市场二期三栋一单元" * long],
        "industry": ["border_logistics"],
        "main_business": ["羊毛收购" + "、畜产品初加工和唐卡氆氇批发" * long],
        "legal_representative": [""],
        "legal_representative_phone": [""],
        "contact": ["扎西·示例"],
        "contact_position": [""],
        "mobile": ["139 0000 0001"],
        "affiliates": [""],
    }


def _buyer(number: int, *, long: bool) -> dict[str, list[str]]:
    place = "拉萨成都西宁兰州昆明"[2 * number : 2 * number + 2]
    text = {
        "name": f"{place}示例{'高原特产供应链管理股份有限公司' if long else '特产有限公司'}",
        "credit_code": _credit_code(number),
        "address": f"{place}市示例区示例大道{number + 17}号示例商贸城{number + 3}栋" * long,
        "relation": "",
        "first_trade_year": f"{2019 + number}" * long,
        "yearly_sales_fen": f"{130 + number}000" * long,
        "highest_balance_fen": f"{20 + number}000",
        "trade_goods": f"羊毛 {number + 2} 吨" + "、牦牛绒三百公斤、藏药材一批" * long,
        "trade_contract_number": f"示例-{number + 1}",
        "trade_contract_date": f"{today():%Y-%m-%d}" * long,
        "trade_invoice_number": f"2654200000{number * 7919 + 123456:09d}",
        "trade_invoice_date": f"{today():%Y-%m-%d}",
        "trade_delivery_date": f"{today():%Y-%m-%d}",
        "trade_amount_fen": f"{8500 + 371 * number}.50",
        "trade_credit_days": "60",
        "trade_due_date": "",
        "arrears_amount_fen": f"{1200 + number}" * long,
        "arrears_longest_days": f"{12 + number}" * long,
        "arrears_note": f"第{number + 1}家买方因修路停运晚付货款，已书面承诺下月二十日前付清" * long,
    }
    chosen = {"related": [NO], "arrears_owed": [YES if long else NO]}
    return {**{name: [value] for name, value in text.items()}, **chosen}


def _credit_code(number: int) -> str:
    for check in "0123456789ABCDEFGHJKLMNPQRTUWXY":
        with suppress(FieldError):
            return credit_code(f"9111000060003{734 + number}1{check}")
    raise AssertionError("one of them is right")


def _business(*, long: bool) -> dict[str, list[str]]:
    return {
        "usual_credit_days": ["30"],
        "longest_credit_days": ["60"],
        "last_year_sales_fen": ["200000"],
        "next_year_sales_fen": ["300000"],
        "unpaid_losses": [YES if long else NO],
        "unpaid_losses_fen": ["5000" * long],
        "unpaid_reason": ["买方搬走后联系不上，货款至今没有收回" * long],
        "other_insurance": ["none"],
        "other_insurer": [""],
        "declined_before": [NO],
        "purposes": ["secure_payment", "financing"] if long else ["secure_payment"],
    }


ANSWERS = likely()


def handed(answers: dict[str, Any] = ANSWERS, record_id: str = RECORD, language: str = "zh", version: int = 1) -> bytes:
    """Return the slip of these answers."""
    return slip.write(record_id, language, PRODUCT[0], version, answers)


def code(answers: dict[str, Any] = ANSWERS, **said: Any) -> str:
    """Return the one code of these answers, as digits."""
    (frame,) = digits.written(handed(answers, **said))
    return frame
