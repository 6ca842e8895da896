"""Records for the print tests, from the plainest to the longest that are legal. All of it is synthetic."""

from datetime import date
from pathlib import Path

import msgspec

from domain.application import (
    Application,
    Arrears,
    Business,
    Buyer,
    Consent,
    Cover,
    CreditGrade,
    Declarations,
    PointStamp,
    Policyholder,
    Quote,
    Trade,
)
from domain.money import HIGHEST_FEN
from domain.product import Product
from domain.words import (
    ApplicantKind,
    AreaTag,
    ConsentKind,
    IdKind,
    Industry,
    Language,
    OtherInsurance,
    Ownership,
    PointKind,
    PolicyTag,
    Purpose,
    Size,
    TradeMode,
)
from printing.paper import Mark

PRODUCT = msgspec.json.decode(Path("products/sample.json").read_bytes(), type=Product)
MARK = Mark(revision=1, digest=bytes(range(0x90, 0xB0)))
REFERENCE = "JL-26-4F7K-9QTM-3"
RECORD = "01936b2e-7c00-7000-8000-000000000001"
LONG = "西藏示例高原特色畜产品边境贸易供应链管理有限责任公司" * 2 + "示例名称凑足六十"
DENSE = "བསྒྲུབས་པའི་རྒྱུ་ཆ་རྒྱལ་ཁབ་ཀྱི་"

BUYER = Buyer(
    registered_in_mainland=True,
    name="拉萨示例高原特产商贸有限公司",
    credit_code="91540102MA6T0B2C3D",
    area="540102",
    address="拉萨市城关区示例路1号",
    related=False,
    first_trade_year=2021,
    yearly_sales_fen=42_000_000,
    highest_balance_fen=9_500_000,
    credit_grade=CreditGrade(grade="good", source="自治区信用平台", as_of=date(2026, 11, 2)),
    trade=Trade(
        goods="羊毛制品、藏药材",
        contract_number="SL-2026-018",
        contract_date=date(2026, 11, 3),
        invoice_number="26542000000000001234",
        invoice_date=date(2026, 11, 16),
        delivery_date=date(2026, 11, 15),
        amount_fen=8_500_000,
        credit_days=60,
        due_date=date(2027, 1, 14),
        retention_of_title=True,
    ),
    arrears=Arrears(owed=False),
)

HOLDER = Policyholder(
    kind=ApplicantKind.ENTERPRISE,
    name="西藏吉隆示例边贸有限公司",
    name_bo="བོད་ལྗོངས་སྐྱིད་གྲོང་དཔེ་མཚོན་མཐའ་ཚོང་ཀུང་སི",
    id_kind=IdKind.CREDIT_CODE,
    id_number="91540234MA6T0A1B8M",
    established_on=date(2019, 5, 20),
    address="日喀则市吉隆县示例镇示例路8号",
    county="540234",
    ownership=Ownership.PRIVATE,
    size=Size.MICRO,
    industry=Industry.BORDER_LOGISTICS,
    main_business="收购、加工和批发羊毛、奶制品",
    area_tags=(AreaTag.BORDER_COOPERATION_ZONE,),
    policy_tags=(PolicyTag.SOUTH_ASIA_CORRIDOR,),
    legal_representative="示例·次仁",
    legal_representative_phone="13800000000",
    contact="示例·卓玛",
    contact_position="会计",
    mobile="13900001234",
)


def quoted(buyers: int, fen: int) -> Quote:
    """Return a quote over so many buyers in which every amount is *fen*."""
    return Quote(
        lines=(), limits_fen=(fen,) * buyers, insured_fen=fen, premium_fen=fen, subsidy_fen=fen, payable_fen=fen
    )


PLAIN = Application(
    language=Language.TIBETAN,
    policyholder=HOLDER,
    buyers=(BUYER,),
    business=Business(
        trade_mode=TradeMode.WHOLESALE,
        usual_credit_days=45,
        longest_credit_days=90,
        last_year_sales_fen=186_000_000,
        next_year_sales_fen=210_000_000,
        unpaid_losses=False,
        other_insurance=OtherInsurance.NONE,
        purposes=(Purpose.SECURE_PAYMENT,),
    ),
    cover=Cover(product="sample-micro", version=1, tier="basic"),
    declarations=Declarations(
        truthful=True, terms_received=True, exclusions_explained=True, filled_by_clerk=True, read_back=True
    ),
    consents=tuple(
        Consent(kind=kind, given=given, text_version="2026-1", text_sha256="0" * 64, language=Language.TIBETAN)
        for kind, given in ((ConsentKind.INSURER, True), (ConsentKind.CREDIT_QUERY, True), (ConsentKind.BANK, False))
    ),
    documents=("business-licence", "trade-contract", "invoice"),
    record_id=RECORD,
    reference=REFERENCE,
    point=PointStamp(code="JL", name="吉隆镇供销社服务点（示例）", kind=PointKind.COOPERATIVE),
    clerk="示例经办",
    applied_on=date(2026, 11, 20),
    quote=quoted(1, 8_500_000),
)


def with_buyers(number: int) -> Application:
    """Return the plain application with so many buyers."""
    buyers = tuple(msgspec.structs.replace(BUYER, name=f"{BUYER.name}第{at + 1}分公司") for at in range(number))
    return msgspec.structs.replace(PLAIN, buyers=buyers, quote=quoted(number, 8_500_000))


def longest() -> Application:
    """Return an application in which every entry is as long as the record allows."""
    most, name, line, note = HIGHEST_FEN, LONG, LONG * 2, "说明" * 250
    trade = msgspec.structs.replace(
        BUYER.trade, goods=line, contract_number="W" * 120, invoice_number="8" * 120, amount_fen=most, credit_days=3650
    )
    buyer = msgspec.structs.replace(
        BUYER,
        name=name,
        address=line,
        related=True,
        relation=note,
        yearly_sales_fen=most,
        highest_balance_fen=most,
        credit_grade=CreditGrade(grade="not_queried", source=line, as_of=date(2026, 11, 2)),
        trade=trade,
        arrears=Arrears(owed=True, amount_fen=most, longest_days=3650, note=note),
    )
    holder = msgspec.structs.replace(
        HOLDER,
        name=name,
        name_bo=(DENSE * 4)[:120],
        address=line,
        main_business=line,
        area_tags=tuple(AreaTag),
        policy_tags=tuple(PolicyTag),
        legal_representative=name,
        contact=name,
        contact_position=name,
        affiliates=note,
        kind=ApplicantKind.VILLAGE_COLLECTIVE,
    )
    business = msgspec.structs.replace(
        PLAIN.business,
        last_year_sales_fen=most,
        next_year_sales_fen=most,
        unpaid_losses=True,
        unpaid_losses_fen=most,
        unpaid_reason=note,
        other_insurance=OtherInsurance.CURRENT,
        other_insurer=line,
        purposes=tuple(Purpose),
    )
    point = PointStamp(code="JL", name=name, kind=PointKind.COOPERATIVE)
    return msgspec.structs.replace(
        PLAIN,
        policyholder=holder,
        buyers=(buyer,) * 5,
        business=business,
        quote=quoted(5, most),
        point=point,
        clerk=name,
    )
