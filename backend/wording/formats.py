"""Amounts, dates, account numbers and addresses the way they are written in Canada, in either language."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from babel.dates import format_date
from babel.numbers import format_currency

from backend.domain.people import Language

LOCALES = {Language.FR: "fr_CA", Language.EN: "en_CA"}


def money(cents: int, language: Language) -> str:
    """`1 234,50 $` or `$1,234.50`."""
    return format_currency(Decimal(cents) / 100, "CAD", locale=LOCALES[language])


def long_date(day: date, language: Language) -> str:
    """`le mardi 1er décembre 2026` without its article, or `Tuesday, December 1, 2026`."""
    text = format_date(day, format="full", locale=LOCALES[language])
    return text.replace(" 1 ", " 1er ", 1) if language is Language.FR else text


def grouped(number: str) -> str:
    """Digits in groups of three (accounts) or four (receipts), as they are read out."""
    size = 3 if len(number) == 9 else 4
    return "\u00a0".join(number[start : start + size] for start in range(0, len(number), size))


def address_lines(address: Mapping[str, Any]) -> list[str]:
    """An address as Canada Post wants it: two spaces before the postal code, which is never broken."""
    code = address["postal_code"].replace(" ", "\u00a0")
    lines = [
        address["line1"],
        address["line2"],
        f"{address['city']} {address['province']}\u00a0\u00a0{code}",
    ]
    return [line for line in lines if line]


def masked_email(email: str) -> str:
    """`m***@example.ca`: enough to recognise, not enough to write to."""
    name, _, domain = email.partition("@")
    return f"{name[:1]}***@{domain}"
