"""Whether a text holds a payment card's number, which nobody should type in a conversation."""

import re

_RUN = re.compile(r"(?<!\d)\d(?:[ .\u00a0-]?\d){12,18}(?!\d)")


def has_card_number(text: str) -> bool:
    """Whether 13 to 19 digits stand there whose last one checks the others, as on cards."""
    return any(_checks(run[0]) for run in _RUN.finditer(text))


def _checks(run: str) -> bool:
    digits = [int(char) for char in reversed(run) if char.isdigit()]
    doubled = (sum(divmod(2 * digit, 10)) for digit in digits[1::2])
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0
