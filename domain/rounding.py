"""The one rounding of the trade: half up (四舍五入), on integers, once per line."""


def half_up(numerator: int, denominator: int) -> int:
    """Divide two non-negative integers, a half rounded up."""
    return (2 * numerator + denominator) // (2 * denominator)
