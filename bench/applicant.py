"""An applicant (投保人) who fills in the form on the phone, group after group, as anybody would; all of it 示例."""

from playwright.sync_api import Locator, Page, TimeoutError

from demo import numbers
from store.clock import today

PLAIN = {
    "start-buyer_in_mainland": "yes",
    "start-kind": "enterprise",
    "start-trade_mode": "wholesale",
    "policyholder-name": "吉隆示例边贸有限公司",
    "policyholder-name_bo": "སྐྱིད་གྲོང་དཔེ་མཚོན་ཀུང་སི",
    "policyholder-id_kind": "credit_code",
    "policyholder-id_number": numbers.credit_code("91", "540234", 1),
    "policyholder-county": "540234",
    "policyholder-address": "吉隆镇示例路1号",
    "policyholder-industry": "border_logistics",
    "policyholder-main_business": "羊毛和药材批发",
    "policyholder-legal_representative": "扎西·示例",
    "policyholder-contact": "卓玛·示例",
    "policyholder-mobile": "19900000001",
    "buyers-0-name": "拉萨示例特产商贸有限公司",
    "buyers-0-credit_code": numbers.credit_code("91", "540102", 2),
    "buyers-0-related": "no",
    "buyers-0-highest_balance_fen": "100000",
    "buyers-0-trade_goods": "羊毛 2 吨",
    "buyers-0-trade_contract_number": "HT-2026-017",
    "buyers-0-trade_delivery_date": f"{today():%Y-%m-%d}",
    "buyers-0-trade_invoice_number": "25542000000012345678",
    "buyers-0-trade_invoice_date": f"{today():%Y-%m-%d}",
    "buyers-0-trade_amount_fen": "40000",
    "buyers-0-trade_credit_days": "60",
    "buyers-0-arrears_owed": "no",
    "business-usual_credit_days": "45",
    "business-longest_credit_days": "90",
    "business-last_year_sales_fen": "1000000",
    "business-next_year_sales_fen": "1200000",
    "business-unpaid_losses": "no",
    "business-other_insurance": "none",
    "business-declined_before": "no",
    "business-purposes": "secure_payment",
    "cover-tier": "basic",
    "declarations-truthful": "1",
    "declarations-terms_received": "1",
    "declarations-exclusions_explained": "1",
    "declarations-consent_insurer": "1",
    "declarations-consent_credit_query": "1",
}
INVOICE, CONTRACT = "buyers-0-trade_invoice_number", "buyers-0-trade_contract_number"
SHOWN = "section.group:visible"
MOST_GROUPS = 12


def applicant(serial: str) -> dict[str, str]:
    """Return answers about a trade of their own: the same trade twice would be asked about."""
    return {**PLAIN, INVOICE: f"{PLAIN[INVOICE]}{serial}", CONTRACT: f"{PLAIN[CONTRACT]}{serial}"}


def fill(page: Page, answers: dict[str, str] = PLAIN) -> None:
    """Go from the first group to the summary, each answer in its field."""
    for _ in range(MOST_GROUPS):
        group = shown(page)
        if group == "review":
            return
        fill_group(page, answers)
        go_on(page, group)
    raise AssertionError("the summary never comes")


def go_on(page: Page, group: str) -> None:
    """Press "next" and wait until another group than *group* is shown."""
    page.locator(".bar button[value=next]").click()
    try:
        page.locator(f"section.group:visible:not([id={group!r}])").wait_for()
    except TimeoutError as error:
        raise AssertionError(f"{group}: {page.locator('.error:visible').all_inner_texts()}") from error


def shown(page: Page) -> str:
    """Return the name of the group that is shown."""
    return str(page.locator(SHOWN).first.get_attribute("id"))


def fill_group(page: Page, answers: dict[str, str] = PLAIN) -> None:
    """Answer the questions of the group that is shown."""
    for name, value in answers.items():
        field = page.locator(f'{SHOWN} [name="{name}"]:visible')
        if field.count():
            _put(field, value)


def _put(field: Locator, value: str) -> None:
    kind = field.first.evaluate("one => one.type")
    if kind in ("radio", "checkbox"):
        (field if field.count() == 1 else field.and_(field.page.locator(f'[value="{value}"]'))).check()
    elif kind == "select-one":
        field.select_option(value)
    else:
        field.fill(value)
