"""Which digits can be what: check digits, issuers' prefixes, the North American numbering plan."""

CARD_DIGITS = range(13, 20)
SIN_DIGITS = ACCOUNT_DIGITS = 9
_DOUBLED = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)  # a digit times two, its own digits added up


def has_luhn(digits: str) -> bool:
    """Whether the last digit is the check digit of the others."""
    figures = [int(digit) for digit in digits]
    total = sum(figures[-1::-2]) + sum(_DOUBLED[figure] for figure in figures[-2::-2])
    return total % 10 == 0 and any(figures)


def is_card(digits: str) -> bool:
    """Whether a payment card may have this number."""
    return len(digits) in CARD_DIGITS and _has_prefix(digits) and has_luhn(digits)


def _has_prefix(digits: str) -> bool:
    if len(digits) == 15:
        return digits.startswith(("34", "37"))  # other fifteen digits with a check digit name a telephone
    if len(digits) == 14:
        return digits.startswith(("30", "36", "38", "39"))
    if len(digits) == 13:
        return digits.startswith("4")
    return digits[0] in "3456" or 2221 <= int(digits[:4]) <= 2720


def is_phone(digits: str) -> bool:
    """Whether a North American telephone may have this number, with or without the 1."""
    national = national_number(digits)
    return len(national) == 10 and national[0] in "23456789" and national[3] in "23456789"


def national_number(digits: str) -> str:
    """The ten digits of a number given with or without the 1; anything else as it is."""
    return digits[1:] if len(digits) == 11 and digits[0] == "1" else digits
