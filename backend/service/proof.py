"""Proof that an account is one's own: its number and its postal code; whichever is wrong is told alike."""

import hmac
from dataclasses import dataclass

from backend.domain.accounts import Account, Status
from backend.domain.errors import Refusal
from backend.domain.limits import Limit
from backend.service.backend import Backend
from backend.service.ports import UnitOfWork


@dataclass(frozen=True)
class Proof:
    """What is printed on every bill."""

    account_number: str
    postal_code: str


async def count_try(backend: Backend, *keys: tuple[str, Limit]) -> None:
    """Count one try under each key, in a transaction of its own so that a refusal doesn't undo it."""
    async with backend.store.writing() as uow:
        refusal: Refusal | None = None
        for key, limit in sorted(keys, key=lambda pair: pair[0]):
            try:
                (await uow.attempts.of(key, backend.now())).begin(limit, backend.now())
            except Refusal as refused:
                refusal = refused
        await uow.commit()
    if refusal is not None:
        raise refusal


async def prove(uow: UnitOfWork, proof: Proof) -> Account:
    """The account, if the proof fits its address now or the one on its latest bill, still in the drawer."""
    account = await uow.accounts.by_number(proof.account_number)
    latest = await uow.bills.latest(account.id if account else "")
    known = [
        account.billing_address.postal_code if account else "\0",
        latest.billing_address.postal_code if latest else "\0",
    ]
    fits = any([hmac.compare_digest(code.encode(), proof.postal_code.encode()) for code in known])
    if account is None or not fits or account.status is Status.CLOSED:
        raise Refusal("proof_not_matching")
    return account
