"""Identity numbers that pass their checks and belong to nobody."""

from datetime import date, timedelta

from stdnum.cn import uscc
from stdnum.iso7064 import mod_11_2

ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
FIRST_BIRTH = date(1968, 1, 1)


def credit_code(prefix: str, area: str, serial: int) -> str:
    """Return a unified social credit code with both of its check characters right (GB 32100, GB 11714)."""
    body = f"MA{serial:06}"
    total = sum(int(char, 36) * weight for char, weight in zip(body, ORGANISATION_WEIGHTS, strict=True))
    code = prefix + area + body + "0123456789X"[-total % 11]
    return code + str(uscc.calc_check_digit(code))


def resident_id(area: str, serial: int) -> str:
    """Return a resident identity number (GB 11643) of somebody born in *area*; the order code is always 000."""
    born = FIRST_BIRTH + timedelta(days=97 * serial)
    number = f"{area}{born:%Y%m%d}000"
    return number + str(mod_11_2.calc_check_digit(number))


def old_licence(area: str, serial: int) -> str:
    """Return a 15-digit licence number from before 2015."""
    return f"{area}{serial:09}"


def mobile(serial: int) -> str:
    """Return a mobile number in 199 0000, which no trader here will answer."""
    return f"1990000{serial:04}"
