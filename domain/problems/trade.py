"""What is said about a delivery on credit."""

from domain.words import N_

MESSAGES = {
    "amount_none": N_("金额要大于零"),
    "invoice_number_missing": N_("写了发票日期，请补上发票号码"),
    "invoice_date_missing": N_("写了发票号码，请补上发票日期"),
    "invoice_after_delivery": N_("货物已经交付，请填写发票号码和日期"),
    "invoice_too_old": N_("发票已开%(days)s天，本产品只收%(most)s天以内的发票"),
    "invoice_twice": N_("这张发票在本申请中已经写过"),
    "delivery_after_cover": N_("交付日期最晚是%(latest)s，再晚就超出保险期间"),
    "due_date_differs": N_("应付款日应当是交付日期（%(delivery)s）之后第%(days)s天"),
    "trade_overdue": N_("应付款日%(due)s已过，逾期的账款不能投保"),
}
