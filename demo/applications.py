"""Any number of different, valid applications; the same seed gives the same ones."""

from collections.abc import Iterator
from datetime import date
from random import Random

from demo.buyers import COUNT, buyer
from demo.names import LINES
from demo.traders import traders
from domain.application import Application, Business, Cover, Declarations, Policyholder
from domain.consent import answer
from domain.document import required_documents
from domain.product import Product
from domain.words import Channel, Language, OtherInsurance, Purpose, TradeMode

DOMESTIC = (TradeMode.WHOLESALE, TradeMode.RETAIL, TradeMode.PROCESSING, TradeMode.SERVICE)
HOW_MANY_BUYERS = (1, 1, 1, 2, 2, 3, 5)


def applications(product: Product, today: date, count: int, seed: int = 1) -> Iterator[Application]:
    """Yield *count* applications under *product* that hold on *today*; the point has still to complete them."""
    chance = Random(seed)
    holders = traders()
    for serial in range(count):
        yield _application(holders[serial % len(holders)], f"HT{seed:02}{serial:06}", product, today, chance)


def _application(holder: Policyholder, contract: str, product: Product, today: date, chance: Random) -> Application:
    line = next(line for line in LINES if line.industry is holder.industry)
    language = chance.choice(list(Language))
    partners = chance.sample(range(COUNT), min(chance.choice(HOW_MANY_BUYERS), product.max_buyers))
    return Application(
        channel=chance.choice(list(Channel)),
        language=language,
        policyholder=holder,
        buyers=tuple(
            buyer(partner, line, f"{contract}{place}", product, today, chance) for place, partner in enumerate(partners)
        ),
        business=_business(chance),
        cover=Cover(product=product.id, version=product.version, tier=chance.choice(product.tiers).code),
        declarations=_declarations(filled_by_clerk=chance.random() < 0.7),
        consents=tuple(
            answer(wording, wording.required or chance.random() < 0.5, language) for wording in product.consents
        ),
        documents=required_documents(product, holder.kind),
    )


def _business(chance: Random) -> Business:
    lost = chance.randint(100_000, 2_000_000) if chance.random() < 0.1 else 0
    elsewhere = chance.choice([OtherInsurance.NONE] * 8 + [OtherInsurance.CURRENT, OtherInsurance.PAST])
    sales = chance.randint(20_000_000, 900_000_000)
    return Business(
        trade_mode=chance.choice(DOMESTIC),
        usual_credit_days=chance.choice((30, 45, 60)),
        longest_credit_days=chance.choice((60, 90, 180)),
        last_year_sales_fen=sales,
        next_year_sales_fen=sales * 11 // 10,
        unpaid_losses=bool(lost),
        unpaid_losses_fen=lost,
        unpaid_reason="示例：买方停业" if lost else "",
        other_insurance=elsewhere,
        other_insurer="" if elsewhere is OtherInsurance.NONE else "示例保险公司",
        declined_before=chance.random() < 0.03,
        purposes=tuple(chance.sample(list(Purpose), chance.randint(1, 2))),
    )


def _declarations(filled_by_clerk: bool) -> Declarations:
    return Declarations(
        truthful=True,
        terms_received=True,
        exclusions_explained=True,
        filled_by_clerk=filled_by_clerk,
        read_back=filled_by_clerk,
    )
