"""What is said about amounts of money."""

from domain.words import N_

MESSAGES = {
    "amount_shape": N_("用数字写金额，单位元，例如8,500.00"),
    "amount_negative": N_("金额写正数，例如8,500.00"),
    "amount_places": N_("金额最多写到分，即两位小数，例如8,500.00"),
    "amount_too_large": N_("金额最多%(highest)s元"),
}
