"""What is said about reference numbers and the status codes beside them."""

from domain.words import N_

MESSAGES = {
    "reference_shape": N_("按回执上的样子写申请编号，例如%(example)s"),
    "reference_check": N_("申请编号有一个字写错，请对照回执核对，例如%(example)s"),
    "status_code_shape": N_("按回执上的样子写查询码，例如%(example)s"),
}
