"""The application for cover (投保申请): the record that the point writes, prints and sends.

Amounts are integer fen, dates ISO 8601, codes normalised. The JSON Schema in
``docs/schema`` is made from these types; a test keeps the two equal.
"""

from datetime import date
from typing import Annotated

from msgspec import Meta, Struct

from domain.words import (
    ApplicantKind,
    AreaTag,
    Channel,
    ConsentKind,
    IdKind,
    Industry,
    Language,
    OtherInsurance,
    Outcome,
    Ownership,
    PointKind,
    PolicyTag,
    Purpose,
    Size,
    Standing,
    TradeMode,
)

FORM_VERSION = 1
NOT_QUERIED = "not_queried"

Fen = Annotated[int, Meta(ge=0, le=999_999_999_999, description="Integer fen (分); 100 fen are one yuan.")]
Days = Annotated[int, Meta(ge=0, le=3650, description="Calendar days.")]
Name = Annotated[str, Meta(min_length=1, max_length=60)]
Line = Annotated[str, Meta(max_length=120)]
Note = Annotated[str, Meta(max_length=500)]
County = Annotated[str, Meta(pattern=r"^[0-9]{6}$", description="GB/T 2260 county code (行政区划代码).")]
RecordId = Annotated[str, Meta(pattern=r"^[0-9a-f-]{36}$", description="UUIDv7 made by whoever creates it.")]
Year = Annotated[int, Meta(ge=1950, le=2200)]


class Record(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What every part of an application shares: immutable, named fields, nothing unknown."""


class PointStamp(Record, kw_only=True):
    """The service point that took the application (服务点)."""

    code: Annotated[str, Meta(pattern=r"^[A-Z]{2,6}$")]
    name: Name
    kind: PointKind
    licensed: bool = False


class Policyholder(Record, kw_only=True):
    """Who asks for cover and is paid (投保人)."""

    kind: ApplicantKind
    name: Name
    name_bo: Annotated[str, Meta(max_length=120, description="Name in Tibetan script, optional.")] = ""
    id_kind: IdKind
    id_number: Annotated[str, Meta(min_length=15, max_length=18)]
    established_on: date | None = None
    address: Line
    county: County
    ownership: Ownership | None = None
    size: Size | None = None
    industry: Industry
    main_business: Line
    area_tags: tuple[AreaTag, ...] = ()
    policy_tags: tuple[PolicyTag, ...] = ()
    legal_representative: Annotated[str, Meta(max_length=60)] = ""
    legal_representative_phone: Annotated[str, Meta(max_length=20)] = ""
    contact: Name
    contact_position: Annotated[str, Meta(max_length=60)] = ""
    mobile: Annotated[str, Meta(pattern=r"^1[3-9][0-9]{9}$")]
    affiliates: Note = ""


class CreditGrade(Record, kw_only=True):
    """A buyer's public credit grade (公共信用评价), entered by staff only; "not_queried" is a grade."""

    grade: Annotated[str, Meta(min_length=1, max_length=20)] = NOT_QUERIED
    source: Line = ""
    as_of: date | None = None


class Trade(Record, kw_only=True):
    """One delivery on credit (一笔赊销)."""

    goods: Line
    contract_number: Line
    contract_date: date | None = None
    invoice_number: Line = ""
    invoice_date: date | None = None
    delivery_date: date
    amount_fen: Fen
    credit_days: Days
    due_date: date
    retention_of_title: bool = False


class Arrears(Record, kw_only=True):
    """What the buyer owes past its due date today (买方拖欠)."""

    owed: bool
    amount_fen: Fen = 0
    longest_days: Days = 0
    note: Note = ""


class Buyer(Record, kw_only=True):
    """A firm that buys on credit (买方) and the trade to be covered."""

    registered_in_mainland: bool
    name: Name
    credit_code: Annotated[str, Meta(min_length=18, max_length=18)]
    area: Annotated[str, Meta(pattern=r"^([0-9]{6})?$", description="Area code of the buyer (行政区划).")] = ""
    address: Line = ""
    related: bool
    relation: Note = ""
    first_trade_year: Year | None = None
    yearly_sales_fen: Fen = 0
    highest_balance_fen: Fen
    credit_grade: CreditGrade = CreditGrade()
    trade: Trade
    arrears: Arrears


class Business(Record, kw_only=True):
    """The applicant's sales, losses and other insurance (经营与保险情况)."""

    trade_mode: TradeMode
    usual_credit_days: Days
    longest_credit_days: Days
    last_year_sales_fen: Fen
    next_year_sales_fen: Fen
    unpaid_losses: bool
    unpaid_losses_fen: Fen = 0
    unpaid_reason: Note = ""
    other_insurance: OtherInsurance
    other_insurer: Line = ""
    declined_before: bool = False
    purposes: tuple[Purpose, ...]


class Cover(Record, kw_only=True):
    """The product, its version and the tier chosen (投保方案)."""

    product: Annotated[str, Meta(pattern=r"^[a-z0-9-]{3,40}$")]
    version: Annotated[int, Meta(ge=1, le=999_999)]
    tier: Annotated[str, Meta(pattern=r"^[a-z0-9_-]{1,20}$")]


class QuoteLine(Record, kw_only=True):
    """One line of the premium's explanation; ``buyer`` counts from 0, ``amount_fen`` may be negative."""

    code: str
    buyer: int | None = None
    basis_fen: int = 0
    rate_ppm: int = 0
    factor_permille: int = 0
    amount_fen: int = 0


class Quote(Record, kw_only=True):
    """An indicative premium (参考报价) and how it came about."""

    lines: tuple[QuoteLine, ...]
    limits_fen: tuple[int, ...]
    insured_fen: int
    premium_fen: int
    subsidy_fen: int
    payable_fen: int


class Consent(Record, kw_only=True):
    """One separate consent (单独同意): given or not, to which text, read in which language."""

    kind: ConsentKind
    given: bool
    text_version: str
    text_sha256: str
    language: Language


class Declarations(Record, kw_only=True):
    """What the applicant declares before signing (投保人声明) and the clerk with them (代填声明)."""

    truthful: bool
    terms_received: bool
    exclusions_explained: bool
    filled_by_clerk: bool = False
    read_back: bool = False


class Eligibility(Record, kw_only=True):
    """What the product's rules said, and by which rules (适保结论)."""

    standing: Standing
    rules: tuple[str, ...] = ()


class State(Record, kw_only=True):
    """Where the record stands at the place that shows it; read only, never sent and ignored on import."""

    revision: int
    sync: str
    outcome: Outcome | None = None
    policy_number: str = ""


class Application(Record, kw_only=True):
    """One application. Fields after ``documents`` are filled by the point and may be left out on import."""

    form_version: int = FORM_VERSION
    channel: Channel = Channel.COUNTER
    language: Language = Language.CHINESE
    policyholder: Policyholder
    buyers: Annotated[tuple[Buyer, ...], Meta(min_length=1, max_length=5)]
    business: Business
    cover: Cover
    declarations: Declarations
    consents: tuple[Consent, ...]
    documents: tuple[str, ...] = ()
    duplicate_reason: Note = ""
    record_id: RecordId | None = None
    reference: Annotated[str, Meta(max_length=32)] | None = None
    point: PointStamp | None = None
    clerk: Annotated[str, Meta(max_length=60)] = ""
    applied_on: date | None = None
    eligibility: Eligibility | None = None
    quote: Quote | None = None
    state: State | None = None
