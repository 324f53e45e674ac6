"""What an operation works with during one turn: its task, the customer's data, read once a turn."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from bot.actions.backend.client import Customer
from bot.actions.backend.models import Account, Bill, Plan, Profile, Receipt, Summary
from bot.actions.dialogue.heard import Heard
from bot.actions.dialogue.state import Task


@dataclass
class Glance:
    """The customer's data, each fetched at most once a turn."""

    customer: Customer
    _seen: dict[str, Any] = field(default_factory=dict)

    async def accounts(self) -> list[Account]:
        """The customer's accounts, in the order of linking."""
        if "accounts" not in self._seen:
            self._seen["accounts"] = await self.customer.accounts()
        return list(self._seen["accounts"])

    async def summary(self, account_id: str) -> Summary:
        """One account in full."""
        if account_id not in self._seen:
            self._seen[account_id] = await self.customer.summary(account_id)
        summary: Summary = self._seen[account_id]
        return summary

    async def plans(self, account_id: str) -> list[Plan]:
        """The plans this account may have."""
        name = f"plans {account_id}"
        if name not in self._seen:
            self._seen[name] = await self.customer.plans(account_id)
        return list(self._seen[name])

    async def profile(self) -> Profile:
        """Who is signed in."""
        if "profile" not in self._seen:
            self._seen["profile"] = await self.customer.profile()
        profile: Profile = self._seen["profile"]
        return profile

    async def bills(self, account_id: str) -> list[Bill]:
        """One account's bills, the newest first."""
        name = f"bills {account_id}"
        if name not in self._seen:
            self._seen[name] = await self.customer.bills(account_id)
        return list(self._seen[name])

    async def receipts(self) -> list[Receipt]:
        """The latest receipts, the newest first."""
        if "receipts" not in self._seen:
            self._seen["receipts"] = await self.customer.receipts()
        return list(self._seen["receipts"])

    def forget(self) -> None:
        """Something was done: what was seen before may hold no longer."""
        self._seen.clear()


@dataclass
class Context:
    """One operation in one turn."""

    task: Task
    heard: Heard
    glance: Glance | None

    @property
    def seen(self) -> Glance:
        """The customer's data; only when signed in."""
        assert self.glance is not None, "asked for before signing in"
        return self.glance

    @property
    def customer(self) -> Customer:
        """The backend, as the customer of this conversation; only when signed in."""
        return self.seen.customer

    @property
    def account_id(self) -> str:
        """The account that the operation is about; only once it is known."""
        assert self.task.account_id is not None, "asked for before the account was known"
        return self.task.account_id

    @property
    def values(self) -> dict[str, Any]:
        """What is known, by slot."""
        return self.task.values

    async def summary(self) -> Summary:
        """The account that the operation is about."""
        return await self.seen.summary(self.account_id)

    async def plans(self) -> list[Plan]:
        """The plans that account may have."""
        return await self.seen.plans(self.account_id)
