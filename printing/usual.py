"""The usual shapes of the form (常用版式): what most applications need is laid out before anybody asks for it."""

from collections.abc import Iterator
from datetime import date

from msgspec import structs

from domain.application import (
    Application,
    Arrears,
    Business,
    Buyer,
    Cover,
    Declarations,
    PointStamp,
    Policyholder,
    Quote,
    Trade,
)
from domain.consent import answer
from domain.product import Product
from domain.words import ApplicantKind, IdKind, Industry, Language, OtherInsurance, Purpose, TradeMode
from printing import application
from printing.application import MOST_CODES
from printing.paper import Mark, Paper

ANY_DAY = date(2026, 1, 1)
ANY_MARK = Mark(1, bytes(32))
ANYTHING = "—"
# One buyer's record fits into the codes on its form, that of three needs the data sheet.
CODES = {1: (MOST_CODES,), 2: (MOST_CODES, 0)}
# Of more buyers the form has another shape when one of them owes.
MOST_IN_ONE_SHAPE = 3


def usual(product: Product, point: PointStamp) -> Iterator[Paper]:
    """Yield a form of each shape that is usual: any number of buyers, filled in by a clerk or not.

    Nobody is in them: a plate has only the shape.
    """
    for buyers in _buyers(product.max_buyers):
        for helped in (True, False):
            record = _anybody(product, point, buyers, helped)
            for codes in CODES.get(len(buyers), (0,)):
                yield application.paper(record, product, ANY_MARK, codes=["0"] * codes)


def _buyers(most: int) -> Iterator[tuple[Buyer, ...]]:
    for number in range(1, most + 1):
        yield (_BUYER,) * number
        if number > MOST_IN_ONE_SHAPE:
            yield (structs.replace(_BUYER, arrears=_OWED), *(_BUYER,) * (number - 1))


def _anybody(product: Product, point: PointStamp, buyers: tuple[Buyer, ...], helped: bool) -> Application:
    return Application(
        policyholder=_HOLDER,
        buyers=buyers,
        business=_BUSINESS,
        cover=Cover(product=product.id, version=product.version, tier=product.tiers[0].code),
        declarations=Declarations(
            truthful=True, terms_received=True, exclusions_explained=True, filled_by_clerk=helped, read_back=helped
        ),
        consents=tuple(answer(wording, given=True, language=Language.CHINESE) for wording in product.consents),
        point=point,
        clerk=ANYTHING,
        applied_on=ANY_DAY,
        quote=Quote(
            lines=(), limits_fen=(0,) * len(buyers), insured_fen=0, premium_fen=0, subsidy_fen=0, payable_fen=0
        ),
    )  # fmt: skip


_HOLDER = Policyholder(
    kind=ApplicantKind.ENTERPRISE, name=ANYTHING, id_kind=IdKind.CREDIT_CODE, id_number="0" * 18, address=ANYTHING,
    county="540234", industry=next(iter(Industry)), main_business=ANYTHING, contact=ANYTHING, mobile="13000000000",
)  # fmt: skip
_TRADE = Trade(
    goods=ANYTHING, contract_number=ANYTHING, delivery_date=ANY_DAY, amount_fen=0, credit_days=0, due_date=ANY_DAY
)
_BUYER = Buyer(
    registered_in_mainland=True, name=ANYTHING, credit_code="0" * 18, related=False, highest_balance_fen=0,
    trade=_TRADE, arrears=Arrears(owed=False),
)  # fmt: skip
_OWED = Arrears(owed=True, amount_fen=0, longest_days=0)
_BUSINESS = Business(
    trade_mode=next(iter(TradeMode)), usual_credit_days=0, longest_credit_days=0, last_year_sales_fen=0,
    next_year_sales_fen=0, unpaid_losses=False, other_insurance=OtherInsurance.NONE, purposes=(next(iter(Purpose)),),
)  # fmt: skip
