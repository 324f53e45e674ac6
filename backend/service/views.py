"""Looking without changing: the account summary, receipts, and everything that is known about a customer."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from backend.domain.accounts import Account, ScheduledChange
from backend.domain.payments import PaymentReport
from backend.domain.people import Actor, Profile
from backend.domain.plans import Plan
from backend.domain.records import Receipt
from backend.service.access import access_account
from backend.service.backend import Backend
from backend.service.ports import UnitOfWork

RECENT = 5


@dataclass(frozen=True)
class Summary:
    """What the account summary shows (FAQ plan_change_delay sends customers here)."""

    account: Account
    plan: Plan | None
    scheduled: ScheduledChange | None
    reports: Sequence[PaymentReport]
    receipts: Sequence[Receipt]
    is_default: bool


async def summarise(backend: Backend, actor: Actor, account_id: str) -> Summary:
    """One account, with what is scheduled for it and what happened lately."""
    async with backend.store.reading() as uow:
        account = await access_account(uow, actor, account_id)
        profile = await uow.profiles.get(actor.profile_id or "")
        return Summary(
            account=account,
            plan=backend.catalogue.get(account.plan_code) if account.plan_code else None,
            scheduled=await uow.changes.pending(account.id),
            reports=await uow.reports.of_account(account.id, limit=RECENT),
            receipts=await uow.receipts.of_account(account.id, limit=RECENT),
            is_default=profile is not None and profile.default_account_id == account.id,
        )


async def list_accounts(backend: Backend, actor: Actor) -> tuple[Sequence[Account], str | None]:
    """The profile's accounts, and the id of the default one."""
    async with backend.store.reading() as uow:
        profile = await uow.profiles.get(actor.profile_id or "")
        accounts = await uow.accounts.of_profile(actor.profile_id or "")
    return accounts, profile.default_account_id if profile else None


async def list_receipts(
    backend: Backend, actor: Actor, *, account_id: str | None, limit: int, before: datetime | None
) -> Sequence[Receipt]:
    """Receipts, the newest first."""
    async with backend.store.reading() as uow:
        if account_id is not None:
            await access_account(uow, actor, account_id)
        return await uow.receipts.seen_by(
            actor.profile_id or "", account_id=account_id, limit=limit, before=before
        )


async def export(backend: Backend, actor: Actor) -> dict[str, Any]:
    """Everything held about a customer, for the customer, without what would open the door to others."""
    async with backend.store.reading() as uow:
        profile = await uow.profiles.get(actor.profile_id or "")
        assert profile is not None
        return {
            "profile": _profile(profile),
            "accounts": [
                await _account(uow, account) for account in await uow.accounts.of_profile(profile.id)
            ],
            "receipts": [
                asdict(receipt)
                for receipt in await uow.receipts.seen_by(
                    profile.id, account_id=None, limit=10_000, before=None
                )
            ],
            "consents": [asdict(consent) for consent in await uow.enrolments.of_profile(profile.id)],
            "history": [asdict(entry) for entry in await uow.audit.of_profile(profile.id)],
        }


def _profile(profile: Profile) -> dict[str, Any]:
    return {name: value for name, value in asdict(profile).items() if not name.endswith("_hash")}


async def _account(uow: UnitOfWork, account: Account) -> dict[str, Any]:
    return {
        **asdict(account),
        "payment_reports": [
            asdict(report) for report in await uow.reports.of_account(account.id, limit=1000)
        ],
    }
