"""Names for things: opaque ids for programs, numbers that can be read out on the telephone for people."""

import re
import secrets
import time
import uuid

from backend.domain.errors import Refusal

ACCOUNT_DIGITS = 9
RECEIPT_DIGITS = 12
_SEPARATORS = re.compile(r"[\s\u00a0\u202f.\-\u2010\u2011]+")


def new_id() -> str:
    """An id nobody can guess; sorted by time, so that a large table's index stays compact."""
    return f"{time.time_ns() // 1_000_000:012x}{uuid.uuid4().hex[:20]}"


def new_receipt_number() -> str:
    """Twelve digits: short enough to dictate, and safe to say in either language."""
    return str(secrets.randbelow(9 * 10 ** (RECEIPT_DIGITS - 1)) + 10 ** (RECEIPT_DIGITS - 1))


def parse_account_number(text: str) -> str:
    """The nine digits of an account number, typed in any grouping."""
    digits = _SEPARATORS.sub("", text)
    if not re.fullmatch(rf"[0-9]{{{ACCOUNT_DIGITS}}}", digits):
        raise Refusal("account_number_invalid", field="account_number", digits=ACCOUNT_DIGITS)
    return digits
