"""The product (保险产品): every rule of the trade as data from the insurer, versioned, valid from–to.

Nothing here is a rule; these are the shapes in which rules arrive. Amounts are fen,
rates parts per million (百万分比), factors and shares per mille (千分比) or per cent.
"""

from datetime import date
from typing import Annotated, Self

from msgspec import Meta, Struct

from domain.words import ApplicantKind, AreaTag, ConsentKind, Industry, LossCause, PolicyTag, Standing, TradeMode


class Rule(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Immutable product data; an unknown field is an error, never ignored."""


class Text(Rule, kw_only=True):
    """The insurer's own words in both languages."""

    zh: str
    bo: str

    @classmethod
    def empty(cls) -> Self:
        """Say nothing, in both."""
        return cls(zh="", bo="")


class When(Rule, kw_only=True):
    """Facts a rule asks for; an empty list asks nothing, all that are filled must hold."""

    buyer_in_mainland: bool | None = None
    kinds: tuple[ApplicantKind, ...] = ()
    trade_modes: tuple[TradeMode, ...] = ()
    buyer_related: bool | None = None
    buyer_in_arrears: bool | None = None
    declined_before: bool | None = None
    other_insurance_now: bool | None = None


class EligibilityRule(Rule, kw_only=True):
    """When the facts hold, this is the standing; the strictest rule that holds decides."""

    id: str
    when: When
    standing: Standing
    reason: Text
    refer_to: Text | None = None


class Tier(Rule, kw_only=True):
    """A level of cover (档位). ``minimum_premium_fen`` is per application."""

    code: str
    name: Text
    insured_percent: Annotated[int, Meta(ge=1, le=100)]
    buyer_limit_fen: Annotated[int, Meta(ge=1)]
    total_limit_fen: Annotated[int, Meta(ge=1)]
    minimum_premium_fen: Annotated[int, Meta(ge=0)]


class Rates(Rule, kw_only=True):
    """Rate by credit days × credit grade × industry.

    ``bands`` are upper bounds in days, rising; ``ppm[grade][i]`` is the rate of band i;
    ``industry_permille`` multiplies it (1000 = unchanged; a missing industry is 1000).
    """

    bands: tuple[int, ...]
    ppm: dict[str, tuple[int, ...]]
    industry_permille: dict[str, int] = {}


class Grade(Rule, kw_only=True):
    """A credit grade (信用等级) of the scale this product uses."""

    code: str
    name: Text


class Subsidy(Rule, kw_only=True):
    """A premium subsidy (保费补贴): ``percent`` of the premium up to ``cap_fen``, when all filled conditions hold."""

    id: str
    name: Text
    border_county: bool | None = None
    industries: tuple[Industry, ...] = ()
    area_tags: tuple[AreaTag, ...] = ()
    policy_tags: tuple[PolicyTag, ...] = ()
    percent: Annotated[int, Meta(ge=0, le=100)]
    cap_fen: Annotated[int, Meta(ge=0)]


class Clock(Rule, kw_only=True):
    """A time limit (时限) and where it comes from; ``working`` counts working days.

    The first products say where in Chinese alone. That stays as it is: their signatures are over it.
    """

    id: str
    name: Text
    days: int
    working: bool
    origin: Text | str

    @property
    def source(self) -> Text:
        """Where it comes from for a reader of either language; what was said in one only, in both."""
        return Text(zh=self.origin, bo=self.origin) if isinstance(self.origin, str) else self.origin


class Document(Rule, kw_only=True):
    """A paper to bring (所需材料), and for whom it is required."""

    id: str
    name: Text
    required_for: tuple[ApplicantKind, ...] = ()


class ClaimDocument(Rule, kw_only=True):
    """A paper to hand in with a claim (索赔单证), always or only for these causes or where there is a dispute."""

    id: str
    name: Text
    causes: tuple[LossCause, ...] = ()
    disputed: bool = False


class ConsentText(Rule, kw_only=True):
    """The wording of one separate consent; ``required`` ones must be given to apply."""

    kind: ConsentKind
    version: str
    required: bool
    text: Text


class Automatic(Rule, kw_only=True):
    """What the hub may accept without an underwriter (自动核保范围); all must hold."""

    kinds: tuple[ApplicantKind, ...]
    grades: tuple[str, ...]
    max_insured_fen: int
    max_credit_days: int
    max_buyers: int


class DeclineReason(Rule, kw_only=True):
    """A reason an underwriter may give (不予承保理由)."""

    code: str
    text: Text


class Product(Rule, kw_only=True, omit_defaults=True):
    """One version of a product. ``sample`` products are labelled 示例 wherever they are shown.

    Fields after ``origin`` are newer than the first products. One that is empty is not written, so that what was
    signed before there was such a field keeps its canonical form.
    """

    id: str
    version: Annotated[int, Meta(ge=1)]
    sample: bool
    name: Text
    insurer: Text
    hotline: str
    valid_from: date
    valid_to: date
    rounding: Annotated[str, Meta(pattern="^half_up$")]
    min_credit_days: int
    max_credit_days: int
    max_invoice_age_days: int
    max_buyers: Annotated[int, Meta(ge=1, le=5)]
    eligibility: tuple[EligibilityRule, ...]
    tiers: tuple[Tier, ...]
    grades: tuple[Grade, ...]
    rates: Rates
    subsidies: tuple[Subsidy, ...]
    clocks: tuple[Clock, ...]
    documents: tuple[Document, ...]
    consents: tuple[ConsentText, ...]
    exclusions: tuple[Text, ...]
    prevailing: Text
    automatic: Automatic
    decline_reasons: tuple[DeclineReason, ...]
    cover_days: int
    origin: str
    claim_documents: tuple[ClaimDocument, ...] = ()

    def tier(self, code: str) -> Tier | None:
        """Return the tier with *code*, or None."""
        return next((tier for tier in self.tiers if tier.code == code), None)

    def grade(self, code: str) -> Grade | None:
        """Return the credit grade with *code*, or None."""
        return next((grade for grade in self.grades if grade.code == code), None)

    def clock(self, id: str) -> Clock | None:
        """Return the time limit with *id*, or None."""
        return next((clock for clock in self.clocks if clock.id == id), None)

    def in_force(self, day: date) -> bool:
        """Say whether this version may quote on *day*."""
        return self.valid_from <= day <= self.valid_to


class SignedProduct(Rule, kw_only=True):
    """A product as the hub hands it out: ``signature`` is Ed25519 over the product's canonical JSON, base64."""

    product: Product
    key_id: str
    signature: str
