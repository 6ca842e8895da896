"""The buyers (买方): known by their code, not the policyholder in disguise, and what they owe already."""

from collections.abc import Iterator, Sequence
from datetime import date

from domain import identity, text
from domain.application import NOT_QUERIED, Arrears, Buyer, CreditGrade, Policyholder
from domain.check import trade
from domain.check.refusal import refusal, required
from domain.errors import Problem
from domain.product import Product


def check(
    buyer: Buyer, policyholder: Policyholder, product: Product, today: date, others: Sequence[Buyer] = ()
) -> list[Problem]:
    """Return the problems of one buyer and of the trade with them; *others* are the buyers listed before."""
    return [
        *_identity(buyer, policyholder, today),
        *_relation(buyer),
        *_grade(buyer.credit_grade, product, today),
        *(problem.below("trade") for problem in trade.check(buyer.trade, product, today)),
        *_arrears(buyer.arrears),
        *_again(buyer, others),
    ]


def check_all(buyers: Sequence[Buyer], policyholder: Policyholder, product: Product, today: date) -> list[Problem]:
    """Return the problems of all buyers and of their number; paths begin with the buyer's index."""
    problems = [
        problem.below(str(index))
        for index, buyer in enumerate(buyers)
        for problem in check(buyer, policyholder, product, today, buyers[:index])
    ]
    return [*_number(buyers, product), *problems]


def _identity(buyer: Buyer, policyholder: Policyholder, today: date) -> Iterator[Problem]:
    yield from refusal("name", text.name, buyer.name)
    yield from refusal("credit_code", identity.credit_code, buyer.credit_code)
    if buyer.credit_code == policyholder.id_number:
        yield Problem("credit_code", "buyer_is_policyholder")
    if "".join(buyer.name.split()) == "".join(policyholder.name.split()):
        yield Problem("name", "buyer_is_policyholder")
    if buyer.first_trade_year and buyer.first_trade_year > today.year:
        yield Problem("first_trade_year", "year_future", {"today": str(today.year)})


def _relation(buyer: Buyer) -> list[Problem]:
    return required("relation", buyer.relation) if buyer.related else []


def _grade(credit: CreditGrade, product: Product, today: date) -> Iterator[Problem]:
    if product.grade(credit.grade) is None:
        yield Problem("credit_grade/grade", "credit_grade_unknown", {"grade": credit.grade})
    if credit.grade == NOT_QUERIED:
        return
    if not credit.source.strip():
        yield Problem("credit_grade/source", "credit_grade_source")
    if credit.as_of is None:
        yield Problem("credit_grade/as_of", "credit_grade_as_of")
    elif credit.as_of > today:
        yield Problem("credit_grade/as_of", "date_future", {"today": today.isoformat()})


def _arrears(arrears: Arrears) -> Iterator[Problem]:
    if arrears.owed and not arrears.amount_fen:
        yield Problem("arrears/amount_fen", "arrears_amount")
    if arrears.owed and not arrears.longest_days:
        yield Problem("arrears/longest_days", "arrears_days")
    if not arrears.owed and (arrears.amount_fen or arrears.longest_days):
        yield Problem("arrears/owed", "arrears_unsaid")


def _number(buyers: Sequence[Buyer], product: Product) -> Iterator[Problem]:
    if not buyers:
        yield Problem("", "buyers_none")
    if len(buyers) > product.max_buyers:
        yield Problem("", "buyers_too_many", {"most": str(product.max_buyers), "count": str(len(buyers))})


def _again(buyer: Buyer, others: Sequence[Buyer]) -> Iterator[Problem]:
    if any(buyer.credit_code == other.credit_code for other in others):
        yield Problem("credit_code", "buyer_twice")
    invoice = buyer.trade.invoice_number
    if invoice and any(invoice == other.trade.invoice_number for other in others):
        yield Problem("trade/invoice_number", "invoice_twice")
