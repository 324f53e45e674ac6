"""Long-distance plans: switched at once, no administrative fee (FAQ plan_change_delay, plan_change_fees)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from backend.domain.accounts import Account, Kind
from backend.domain.errors import Refusal

ADMINISTRATIVE_FEE_CENTS = 0


@dataclass(frozen=True)
class Plan:
    """A savings plan: its own monthly fee, and what a minute costs, in tenths of a cent."""

    code: str
    name: Mapping[str, str]
    terms: Mapping[str, str]
    monthly_fee_cents: int
    canada_minute_mills: int
    usa_minute_mills: int
    world_minute_mills: int
    included_minutes: int
    kinds: frozenset[Kind]
    offered: bool = True

    def fits(self, account: Account) -> bool:
        """Whether this account may have it: right kind of customer, and a line to call from."""
        has_line = any(service["kind"] in ("telephone", "wireless") for service in account.services)
        return self.offered and account.kind in self.kinds and has_line


class Catalogue:
    """The plans by code, in the order in which they are shown."""

    def __init__(self, plans: list[Plan]) -> None:
        self._plans = {plan.code: plan for plan in plans}

    def __iter__(self) -> Iterator[Plan]:
        return iter(self._plans.values())

    def get(self, code: str) -> Plan:
        """The plan of that code, also one no longer offered."""
        if code not in self._plans:
            raise Refusal("plan_not_found", field="plan")
        return self._plans[code]

    def choose(self, code: str, account: Account) -> Plan:
        """The plan to switch to, if this account may."""
        plan = self.get(code)
        if code == account.plan_code:
            raise Refusal("plan_unchanged", field="plan", plan=code)
        if not plan.fits(account):
            raise Refusal("plan_not_for_account", field="plan", plan=code)
        return plan
