"""What is said about the applicant's own business."""

from domain.words import N_

MESSAGES = {
    "credit_days_order": N_("最长信用期不能短于通常信用期（%(usual)s天）"),
    "losses_amount": N_("有未收回的货款，请写金额"),
    "losses_unsaid": N_("写了未收回的金额，请选“有”"),
    "purpose_none": N_("至少选一个投保目的"),
}
