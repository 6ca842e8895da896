"""What follows an insured sale (示例): a declaration of sales, a notice of loss and a claim, about nobody's trade."""

from datetime import date, timedelta

from demo import numbers
from domain.application import PointStamp
from domain.claim import Claim, Debtor, Insured, LossNotice, Payee, UnpaidInvoice
from domain.declaration import Declaration, Sale
from domain.words import DeclarationKind, LossCause, PointKind

POINT = PointStamp(code="JL", name="吉隆示例服务点", kind=PointKind.COOPERATIVE)
APPLICATION = "JL-26-Q2PD-7TGS-2"
POLICY = "SAMPLE-2026-000123"
NAME, NAME_BO = "吉隆示例边贸有限公司", "སྐྱིད་གྲོང་དཔེ་མཚོན་ཀུང་སི"
CLERK = "示例经办"
CREDIT_DAYS = 60
FIRST = date(2026, 11, 25)
BUYERS = (("拉萨示例商贸有限公司", "540102"), ("日喀则示例粮油有限公司", "540202"), ("山南示例百货有限公司", "540502"))
SHARED = {"application": APPLICATION, "policy_number": POLICY, "point": POINT, "clerk": CLERK}


def sale(serial: int) -> Sale:
    """Return sale *serial*, counted from 0; every third is paid."""
    name, area = BUYERS[serial % len(BUYERS)]
    delivered = FIRST + timedelta(days=serial)
    amount = 1_234_500 + 250_000 * serial
    paid = serial % len(BUYERS) == 0
    return Sale(
        buyer=name,
        credit_code=numbers.credit_code("91", area, 2 + serial % len(BUYERS)),
        contract_number=f"HT-SL-{serial + 1:03}",
        invoice_number=f"FP-SL-{serial + 1:03}",
        invoice_date=delivered,
        delivery_date=delivered,
        proof="送货单已签收（示例）",
        amount_fen=amount,
        credit_days=CREDIT_DAYS,
        due_date=delivered + timedelta(days=CREDIT_DAYS),
        paid_on=delivered + timedelta(days=40) if paid else None,
        paid_fen=amount if paid else 0,
    )


def declaration(sales: int = 5) -> Declaration:
    """Return a declaration of so many *sales*."""
    return Declaration(
        record_id="01936b2e-7c00-7000-8000-00000000d001",
        reference="JL-26-DEC1-SAMP-1",
        insured=NAME,
        insured_bo=NAME_BO,
        kind=DeclarationKind.MONTHLY,
        period_from=date(2026, 11, 1),
        period_to=date(2026, 11, 30),
        sales=tuple(map(sale, range(sales))),
        declared_on=date(2026, 12, 8),
        **SHARED,  # type: ignore[arg-type]
    )


def unpaid(serial: int) -> UnpaidInvoice:
    """Return unpaid invoice *serial*: of the first, half was paid."""
    sold = sale(serial)
    return UnpaidInvoice(
        contract_number=sold.contract_number,
        invoice_number=sold.invoice_number,
        invoice_date=sold.invoice_date,
        delivery_date=sold.delivery_date,
        due_date=sold.due_date,
        amount_fen=sold.amount_fen,
        unpaid_fen=sold.amount_fen if serial else sold.amount_fen // 2,
    )


def _loss(invoices: int) -> dict[str, object]:
    name, area = BUYERS[0]
    return SHARED | {
        "insured": Insured(name=NAME, name_bo=NAME_BO, contact="示例·卓玛", mobile=numbers.mobile(1)),
        "buyer": Debtor(name=name, credit_code=numbers.credit_code("91", area, 2), address="拉萨市示例大道1号"),
        "cause": LossCause.ARREARS,
        "account": "示例：货物已经签收，到期以后买方说资金周转困难，只付了一部分，三次催收没有结果。",
        "invoices": tuple(map(unpaid, range(invoices))),
    }


def loss_notice(invoices: int = 2) -> LossNotice:
    """Return a notice of loss over so many *invoices*."""
    return LossNotice(
        record_id="01936b2e-7c00-7000-8000-00000000d002",
        reference="JL-27-SS01-SAMP-2",
        known_on=date(2027, 2, 1),
        notified_on=date(2027, 2, 5),
        measures="示例：电话催收两次，发出书面催款函。",
        delivery_stopped=True,
        **_loss(invoices),  # type: ignore[arg-type]
    )


def claim(invoices: int = 2) -> Claim:
    """Return a claim over so many *invoices*, with most of its papers."""
    loss = _loss(invoices)
    return Claim(
        record_id="01936b2e-7c00-7000-8000-00000000d003",
        reference="JL-27-CM01-SAMP-3",
        loss_notice="JL-27-SS01-SAMP-2",
        claimed_on=date(2027, 6, 10),
        claimed_fen=sum(unpaid(serial).unpaid_fen for serial in range(invoices)),
        urged_by_insured=True,
        payee=Payee(holder=NAME, bank="示例银行吉隆支行", account_number="6200000000000000001"),
        documents=("claim-form", "trade-papers", "letters", "delivery-proof"),
        **loss,  # type: ignore[arg-type]
    )
