"""The buyers: wholesalers, shops and processors in Tibet and inland, and what one trade with them looks like."""

from datetime import date, timedelta
from random import Random

from demo import numbers
from demo.names import CITIES, TRADES, Line
from domain.application import NOT_QUERIED, Arrears, Buyer, CreditGrade, Trade
from domain.product import Product

FIRST_SERIAL = 500_000
CREDIT_DAYS = (15, 30, 45, 60, 90, 120, 180)
SOURCE = "西藏自治区信用信息共享与交换平台（示例）"
COUNT = len(CITIES) * len(TRADES)


def buyer(serial: int, line: Line, contract: str, product: Product, today: date, chance: Random) -> Buyer:
    """Return the buyer with *serial* below ``COUNT``, and a trade of *line* under *contract*, valid on *today*."""
    area, city = tuple(CITIES.items())[serial % len(CITIES)]
    trade = _trade(line, contract, product, today, chance)
    return Buyer(
        registered_in_mainland=True,
        name=f"{city}示例{TRADES[serial // len(CITIES)]}有限公司",
        credit_code=numbers.credit_code("91", area, FIRST_SERIAL + serial),
        area=area,
        address=f"{city}市示例大道{serial + 1}号",
        related=False,
        first_trade_year=today.year - serial % 6,
        yearly_sales_fen=trade.amount_fen * 8,
        highest_balance_fen=trade.amount_fen * 2,
        credit_grade=_grade(product, today, chance),
        trade=trade,
        arrears=_arrears(trade, chance),
    )


def _trade(line: Line, contract: str, product: Product, today: date, chance: Random) -> Trade:
    credit_days = chance.choice([days for days in CREDIT_DAYS if days <= product.max_credit_days])
    age = chance.randint(1, min(credit_days, product.max_invoice_age_days)) if chance.random() < 0.6 else 0
    delivered = today - timedelta(days=age) if age else today + timedelta(days=chance.randint(0, 45))
    return Trade(
        goods=chance.choice(line.goods),
        contract_number=contract,
        contract_date=min(delivered, today) - timedelta(days=chance.randint(0, 60)),
        invoice_number=contract.replace("HT", "FP") if age else "",
        invoice_date=delivered if age else None,
        delivery_date=delivered,
        amount_fen=chance.randint(50_000, 30_000_000),
        credit_days=credit_days,
        due_date=delivered + timedelta(days=credit_days),
        retention_of_title=chance.random() < 0.2,
    )


def _grade(product: Product, today: date, chance: Random) -> CreditGrade:
    grade = chance.choice(product.grades).code
    if grade == NOT_QUERIED:
        return CreditGrade()
    return CreditGrade(grade=grade, source=SOURCE, as_of=today - timedelta(days=chance.randint(0, 90)))


def _arrears(trade: Trade, chance: Random) -> Arrears:
    if chance.random() > 0.05:
        return Arrears(owed=False)
    return Arrears(owed=True, amount_fen=trade.amount_fen // 4, longest_days=chance.randint(1, 45), note="示例")
