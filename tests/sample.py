"""An application that holds on ``TODAY`` and that the rules accept alone, and a way to change one thing in it."""

from datetime import date
from pathlib import Path
from typing import Any

from msgspec import structs

from demo import numbers
from domain.application import (
    Application,
    Arrears,
    Business,
    Buyer,
    Cover,
    CreditGrade,
    Declarations,
    PointStamp,
    Policyholder,
    Trade,
)
from domain.check.product import read
from domain.consent import answer
from domain.document import required_documents
from domain.words import ApplicantKind, IdKind, Industry, Language, OtherInsurance, PointKind, Purpose, TradeMode

TODAY = date(2026, 11, 20)
PRODUCT = read((Path(__file__).parent.parent / "products" / "sample.json").read_bytes())
POINT = PointStamp(code="JL", name="吉隆示例服务点", kind=PointKind.COOPERATIVE)
OTHER_CODE = numbers.credit_code("91", "540202", 7)
RESIDENT_ID = numbers.resident_id("542335", 7)

HOLDER = Policyholder(
    kind=ApplicantKind.ENTERPRISE,
    name="吉隆示例边贸有限公司",
    name_bo="སྐྱིད་གྲོང་དཔེ་མཚོན་ཀུང་སི",
    id_kind=IdKind.CREDIT_CODE,
    id_number=numbers.credit_code("91", "540234", 1),
    established_on=date(2019, 5, 20),
    address="吉隆镇示例路1号",
    county="540234",
    industry=Industry.FARMING,
    main_business="批发青稞",
    legal_representative="示例·次仁",
    contact="示例·卓玛",
    mobile="19900000001",
)
BUYER = Buyer(
    registered_in_mainland=True,
    name="拉萨示例商贸有限公司",
    credit_code=numbers.credit_code("91", "540102", 2),
    related=False,
    highest_balance_fen=10_000_000,
    credit_grade=CreditGrade(grade="good", source="示例信用平台", as_of=date(2026, 11, 1)),
    trade=Trade(
        goods="青稞",
        contract_number="HT-1",
        contract_date=date(2026, 11, 1),
        invoice_number="FP-1",
        invoice_date=date(2026, 11, 10),
        delivery_date=date(2026, 11, 10),
        amount_fen=4_000_000,
        credit_days=60,
        due_date=date(2027, 1, 9),
    ),
    arrears=Arrears(owed=False),
)
APPLICATION = Application(
    policyholder=HOLDER,
    buyers=(BUYER,),
    business=Business(
        trade_mode=TradeMode.WHOLESALE,
        usual_credit_days=45,
        longest_credit_days=90,
        last_year_sales_fen=100_000_000,
        next_year_sales_fen=120_000_000,
        unpaid_losses=False,
        other_insurance=OtherInsurance.NONE,
        purposes=(Purpose.SECURE_PAYMENT,),
    ),
    cover=Cover(product=PRODUCT.id, version=PRODUCT.version, tier="basic"),
    declarations=Declarations(truthful=True, terms_received=True, exclusions_explained=True),
    consents=tuple(answer(wording, True, Language.TIBETAN) for wording in PRODUCT.consents),
    documents=required_documents(PRODUCT, ApplicantKind.ENTERPRISE),
)


def changed(record: Any, **changes: Any) -> Any:
    """Return *record* with other values at paths such as ``buyers__0__trade__amount_fen``."""
    for path, value in changes.items():
        record = _with(record, path.split("__"), value)
    return record


def _with(record: Any, path: list[str], value: Any) -> Any:
    if not path:
        return value
    if isinstance(record, tuple):
        items = list(record)
        items[int(path[0])] = _with(items[int(path[0])], path[1:], value)
        return tuple(items)
    return structs.replace(record, **{path[0]: _with(getattr(record, path[0]), path[1:], value)})
