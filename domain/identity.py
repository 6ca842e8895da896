"""Identity numbers of firms and people: brought to one spelling, checked as far as their standards promise."""

import re
from datetime import date
from operator import mul

from stdnum.cn import ric

from domain.characters import TSHEG
from domain.errors import FieldError
from domain.text import compact

CREDIT_CODE_VALUES = {character: value for value, character in enumerate("0123456789ABCDEFGHJKLMNPQRTUWXY")}
CREDIT_CODE_ALPHABET = frozenset(CREDIT_CODE_VALUES)
CREDIT_CODE_WEIGHTS = (*(3**place % 31 for place in range(17)), 1)
CREDIT_CODE_EXAMPLE = "91540234MA6T0A1B8M"
RESIDENT_ID_EXAMPLE = "540234199001010018"
OLD_LICENCE_EXAMPLE = "540000200001234"
MOBILE_EXAMPLE = "13800001234"
FIRST_BIRTH_YEAR = 1900
BEGINNING = re.compile(rf"[^\u0f00-\u0fff]|[^{TSHEG}]+|.")


def credit_code(text: str) -> str:
    """Return a unified social credit code (统一社会信用代码, GB 32100-2015).

    Letters may stand in places 1–2 (``N`` is a village collective). The organisation
    code inside has a check character of its own that older codes do not all keep; the
    outer one already catches every single mistake: the weighted sum of all values is a multiple of 31.
    """
    code = compact(text)
    if len(code) != 18:
        raise FieldError("credit_code_length", length=str(len(code)), example=CREDIT_CODE_EXAMPLE)
    if wrong := set(code) - CREDIT_CODE_ALPHABET:
        raise FieldError("credit_code_alphabet", character=min(wrong), example=CREDIT_CODE_EXAMPLE)
    if not re.fullmatch("[1-9][0-9]{5}", code[2:8]):
        raise FieldError("credit_code_area", example=CREDIT_CODE_EXAMPLE)
    if sum(map(mul, map(CREDIT_CODE_VALUES.__getitem__, code), CREDIT_CODE_WEIGHTS)) % 31:
        raise FieldError("credit_code_check", example=CREDIT_CODE_EXAMPLE)
    return code


def resident_id(text: str, today: date) -> str:
    """Return a resident identity number (居民身份证号, GB 11643-1999).

    The area is that of the first issue and may no longer exist, so it is not looked at.
    """
    number = compact(text)
    if len(number) != 18:
        raise FieldError("resident_id_length", length=str(len(number)), example=RESIDENT_ID_EXAMPLE)
    if not _digits(number[:17]) or number[17] not in "0123456789X":
        raise FieldError("resident_id_alphabet", example=RESIDENT_ID_EXAMPLE)
    _birth_date(number, today)
    if number[-1] != ric.calc_check_digit(number):
        raise FieldError("resident_id_check", example=RESIDENT_ID_EXAMPLE)
    return number


def old_licence(text: str) -> str:
    """Return a 15-digit business licence number from before 2015 (旧版营业执照注册号), its check digit left alone."""
    number = compact(text)
    if not _digits(number):
        raise FieldError("old_licence_digits", example=OLD_LICENCE_EXAMPLE)
    if len(number) != 15:
        raise FieldError("old_licence_length", length=str(len(number)), example=OLD_LICENCE_EXAMPLE)
    return number


def mobile(text: str) -> str:
    """Return a mainland mobile number (手机号码) as eleven digits, without +86."""
    number = re.sub(r"^(?:\+|00)?86(?=.{11}$)", "", re.sub(r"[()]", "", compact(text)))
    if not _digits(number):
        raise FieldError("mobile_digits", example=MOBILE_EXAMPLE)
    if len(number) != 11:
        raise FieldError("mobile_length", length=str(len(number)), example=MOBILE_EXAMPLE)
    if not re.match("1[3-9]", number):
        raise FieldError("mobile_prefix", example=MOBILE_EXAMPLE)
    return number


def mask_id(text: str) -> str:
    """Return any identity number with only its first three and last four characters shown."""
    return text[:3] + "*" * (len(text) - 7) + text[-4:] if len(text) > 7 else "*" * len(text)


def mask_mobile(text: str) -> str:
    """Return a phone number with its four digits before the last four hidden."""
    return text[:-8] + "****" + text[-4:] if len(text) > 8 else "*" * len(text)


def mask_name(text: str) -> str:
    """Return a name of which only the first character is shown, in Tibetan the first syllable."""
    found = BEGINNING.match(text)
    return f"{found[0]}＊＊" if found else ""


def _birth_date(number: str, today: date) -> None:
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        raise FieldError("resident_id_birth_date", example=RESIDENT_ID_EXAMPLE) from None
    if born.year < FIRST_BIRTH_YEAR:
        raise FieldError("resident_id_birth_date", example=RESIDENT_ID_EXAMPLE)
    if born > today:
        raise FieldError("resident_id_future", example=RESIDENT_ID_EXAMPLE)


def _digits(text: str) -> bool:
    return re.fullmatch("[0-9]+", text) is not None
