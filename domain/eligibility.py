"""Whether a product suits an applicant (适保判断): the product's rules decide, this module only reads them."""

from msgspec import Struct

from domain.application import Application, Eligibility
from domain.product import EligibilityRule, Product, When
from domain.words import ApplicantKind, OtherInsurance, Standing, TradeMode

STRICTNESS = (Standing.INSURABLE, Standing.CONFIRM, Standing.REFER)


class Facts(Struct, frozen=True, kw_only=True):
    """What the rules may ask. None is not known yet; a rule that asks about it does not hold yet."""

    buyer_in_mainland: bool
    kind: ApplicantKind
    trade_mode: TradeMode
    buyer_related: bool | None = None
    buyer_in_arrears: bool | None = None
    declined_before: bool | None = None
    other_insurance_now: bool | None = None


class Assessment(Struct, frozen=True):
    """The standing and the rules that led to it; no rule at all means that the insurer must look."""

    standing: Standing
    rules: tuple[EligibilityRule, ...] = ()

    def stated(self) -> Eligibility:
        """Return the assessment as an application states it."""
        return Eligibility(standing=self.standing, rules=tuple(rule.id for rule in self.rules))


def assess(product: Product, facts: Facts) -> Assessment:
    """Let the strictest rule that holds decide. Nobody is refused silently: without a rule the insurer confirms."""
    holding = [rule for rule in product.eligibility if holds(rule.when, facts)]
    if not holding:
        return Assessment(Standing.CONFIRM)
    standing = max((rule.standing for rule in holding), key=STRICTNESS.index)
    return Assessment(standing, tuple(rule for rule in holding if rule.standing is standing))


def holds(when: When, facts: Facts) -> bool:
    """Say whether every condition that *when* fills in is met."""
    return (
        _is_so(when.buyer_in_mainland, facts.buyer_in_mainland)
        and _is_so(when.buyer_related, facts.buyer_related)
        and _is_so(when.buyer_in_arrears, facts.buyer_in_arrears)
        and _is_so(when.declined_before, facts.declined_before)
        and _is_so(when.other_insurance_now, facts.other_insurance_now)
        and (not when.kinds or facts.kind in when.kinds)
        and (not when.trade_modes or facts.trade_mode in when.trade_modes)
    )


def _is_so(wanted: bool | None, found: bool | None) -> bool:
    return wanted is None or wanted is found


def facts_of(application: Application) -> Facts:
    """Gather the facts of all buyers: one buyer abroad, related or in arrears is enough."""
    buyers, business = application.buyers, application.business
    return Facts(
        buyer_in_mainland=all(buyer.registered_in_mainland for buyer in buyers),
        kind=application.policyholder.kind,
        trade_mode=business.trade_mode,
        buyer_related=any(buyer.related for buyer in buyers),
        buyer_in_arrears=any(buyer.arrears.owed for buyer in buyers),
        declined_before=business.declined_before,
        other_insurance_now=business.other_insurance is OtherInsurance.CURRENT,
    )
