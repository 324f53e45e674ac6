"""A monthly bill: what was owed, what came in, the month's charges with their taxes, and how it travels."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from backend.domain.accounts import Account, Delivery
from backend.domain.address import Address

# Automatic payment falls 20 days after the bill's date for homes (FAQ autopay_date); so does the due date.
DUE_AFTER = {True: timedelta(days=20), False: timedelta(days=30)}

# Per mille of a percent: 5 % is 5000. Names are those printed on bills.
TAXES: Mapping[str, Sequence[tuple[str, int]]] = {
    "QC": (("gst", 5000), ("qst", 9975)),
    "ON": (("hst", 13000),),
    "NB": (("hst", 15000),),
    "NL": (("hst", 15000),),
    "PE": (("hst", 15000),),
    "NS": (("hst", 14000),),
    "BC": (("gst", 5000), ("pst", 7000)),
    "SK": (("gst", 5000), ("pst", 6000)),
    "MB": (("gst", 5000), ("pst", 7000)),
}
ELSEWHERE = (("gst", 5000),)


class Travel(StrEnum):
    """How one bill travels: one way, but for paper on request; no paper while automatic payment works."""

    PAPER = "paper"
    EBILL = "ebill"
    BOTH = "ebill_and_paper"  # only where paper was asked for by right
    AUTOPAY = "autopay"


@dataclass(eq=False)
class Bill:
    """One month of one account, with the holder, address, plan and prices of its day."""

    id: str
    number: str
    account_id: str
    holder: str
    billing_address: Address
    issued_on: date
    due_on: date
    previous_cents: int
    payments_cents: int
    charges: list[dict[str, Any]]
    taxes: list[dict[str, Any]]
    total_cents: int
    travel: Travel
    email: str | None = None
    message_id: str | None = None
    returned_reason: str | None = None
    payments: list[dict[str, Any]] = field(default_factory=list)
    is_charged: bool = False  # by automatic payment; until that fails


def taxes_on(cents: int, province: str) -> list[dict[str, Any]]:
    """Each tax on its own line, rounded to the cent, half up."""
    return [
        {"tax": name, "rate_mills": rate, "cents": (cents * rate + 50_000) // 100_000}
        for name, rate in TAXES.get(province, ELSEWHERE)
    ]


def travel_of(account: Account) -> Travel:
    """E-bill if enrolled; else no paper under automatic payment (FAQ autopay_monthly_bill); else paper.

    Those who asked for paper by right get it in any case (CRTC policy 2022-28).
    """
    if account.delivery is Delivery.EBILL:
        return Travel.EBILL if account.paper_on_request is None else Travel.BOTH
    return Travel.AUTOPAY if account.autopay and account.paper_on_request is None else Travel.PAPER


def due_date(account: Account, issued_on: date) -> date:
    """The day by which it is to be paid, and on which automatic payment happens."""
    return issued_on + DUE_AFTER[account.is_residential]
