"""The frame around every write: one transaction with its key, receipt, audit row and messages, or nothing."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any, Protocol, TypeVar

from backend.domain.accounts import Account
from backend.domain.clock import toronto_date
from backend.domain.errors import Refusal
from backend.domain.identifiers import new_id, new_receipt_number
from backend.domain.people import Actor, Language, Profile
from backend.domain.records import WRITES, AuditEntry, Operation, OperationKey, OutboxMessage, Receipt
from backend.service.backend import Backend
from backend.service.ports import UnitOfWork

Command = TypeVar("Command")


class HasId(Protocol):
    """Whatever can be found again by its id."""

    @property
    def id(self) -> str: ...


Started = TypeVar("Started", bound=HasId)


@dataclass
class Work:
    """One transaction in progress: who acts, when, and what has been left behind so far."""

    backend: Backend
    uow: UnitOfWork
    actor: Actor
    now: datetime
    language: Language | None = None
    receipts: list[Receipt] = field(default_factory=list)

    @property
    def today(self) -> date:
        """Today's date in Toronto."""
        return toronto_date(self.now)

    async def profile(self, *, lock: bool = False) -> Profile:
        """The customer for whom this is done."""
        if self.actor.profile_id is None:
            raise Refusal("not_signed_in")
        profile = await self.uow.profiles.get(self.actor.profile_id, lock=lock)
        if profile is None:
            raise Refusal("session_expired")
        return profile

    async def leave_receipt(
        self,
        operation: Operation,
        profile: Profile,
        *,
        account: Account | None = None,
        before: dict[str, Any] | None = None,
        after: dict[str, Any] | None = None,
        effective_on: date | None = None,
        undo_until: datetime | None = None,
        undoes: str | None = None,
        subject_id: str | None = None,
        email: bool = True,
    ) -> Receipt:
        """Write the receipt, the audit row that names it, and the e-mail that carries it."""
        account_id = account.id if account else None
        receipt = Receipt(
            number=await self._free_number(),
            operation=operation,
            profile_id=profile.id,
            account_id=account_id,
            account_number=account.number if account else None,
            created_at=self.now,
            effective_on=effective_on or self.today,
            channel=self.actor.channel.value,
            actor_kind=self.actor.kind.value,
            language=self.language or profile.language,
            before=before or {},
            after=after or {},
            undo_until=undo_until,
            undoes=undoes,
            subject_id=subject_id,
        )
        self.uow.receipts.add(receipt)
        self.receipts.append(receipt)
        if account is not None and operation in WRITES:
            account.last_changes = {**account.last_changes, WRITES[operation]: receipt.number}
        self.audit(
            operation.value,
            profile_id=profile.id,
            account_id=account_id,
            before=receipt.before,
            after=receipt.after,
            receipt_number=receipt.number,
        )
        if email:
            self.send("receipt", profile, values={"number": receipt.number}, account_id=account_id)
        return receipt

    def audit(
        self,
        action: str,
        *,
        profile_id: str | None,
        account_id: str | None = None,
        before: dict[str, Any] | None = None,
        after: dict[str, Any] | None = None,
        receipt_number: str | None = None,
    ) -> None:
        """One row for what was done or refused."""
        self.uow.audit.add(
            AuditEntry(
                id=new_id(),
                at=self.now,
                actor_kind=self.actor.kind.value,
                actor_id=self.actor.id,
                channel=self.actor.channel.value,
                action=action,
                profile_id=profile_id,
                account_id=account_id,
                before=before or {},
                after=after or {},
                receipt_number=receipt_number,
            )
        )

    def send(
        self,
        template: str,
        profile: Profile,
        *,
        values: dict[str, Any] | None = None,
        account_id: str | None = None,
        to: str | None = None,
    ) -> OutboxMessage:
        """Promise an e-mail in this transaction; the worker keeps the promise."""
        message = OutboxMessage(
            id=new_id(),
            template=template,
            recipient=to or profile.email,
            language=self.language or profile.language,
            values=values or {},
            created_at=self.now,
            due_at=self.now,
            profile_id=profile.id,
            account_id=account_id,
        )
        self.uow.outbox.add(message)
        return message

    async def _free_number(self) -> str:
        while await self.uow.receipts.get(number := new_receipt_number()) is not None:
            pass
        return number


@dataclass(frozen=True)
class Done:
    """A receipt, and whether it was given before under the same key."""

    receipt: Receipt
    is_repeat: bool = False


Do = Callable[[Work, Command], Awaitable[Receipt]]


async def perform(
    backend: Backend,
    actor: Actor,
    do: Do[Command],
    command: Command,
    *,
    key: str,
    language: Language | None = None,
) -> Done:
    """Do it once: the same key and command give the receipt of the first time, another command is refused."""
    now = backend.now()
    asked = _asked(backend, actor, do, command, key, now)
    async with backend.store.writing() as uow:
        known = await uow.keys.claim(asked)
        if known is not None:
            return Done(await _found(uow, known, asked, _receipt), is_repeat=True)
        work = Work(backend=backend, uow=uow, actor=actor, now=now, language=language)
        receipt = await do(work, command)
        await uow.keys.keep_result(asked, receipt.number)
        await uow.commit()
    return Done(receipt)


async def start_once(
    backend: Backend,
    actor: Actor,
    do: Callable[[Work, Command], Awaitable[Started]],
    command: Command,
    *,
    key: str,
    find: Callable[[UnitOfWork, str], Awaitable[Started | None]],
) -> Started:
    """`perform` for what gives no receipt yet: the same key gives what was started the first time."""
    now = backend.now()
    asked = _asked(backend, actor, do, command, key, now)
    async with backend.store.writing() as uow:
        known = await uow.keys.claim(asked)
        if known is not None:
            return await _found(uow, known, asked, find)
        started = await do(Work(backend=backend, uow=uow, actor=actor, now=now), command)
        await uow.keys.keep_result(asked, started.id)
        await uow.commit()
    return started


async def preview(
    backend: Backend, actor: Actor, do: Do[Command], command: Command, *, language: Language | None = None
) -> Done:
    """The receipt that `perform` would give, with every check made and nothing kept."""
    async with backend.store.writing() as uow:
        work = Work(backend=backend, uow=uow, actor=actor, now=backend.now(), language=language)
        receipt = await do(work, command)
        await uow.flush()
    return Done(receipt)


async def by_itself(backend: Backend, actor: Actor, do: Do[Command], command: Command) -> Receipt:
    """The same frame for what the house does by itself: state, not a key, keeps it from happening twice."""
    async with backend.store.writing() as uow:
        work = Work(backend=backend, uow=uow, actor=actor, now=backend.now())
        receipt = await do(work, command)
        await uow.commit()
    return receipt


async def _receipt(uow: UnitOfWork, number: str) -> Receipt | None:
    return await uow.receipts.get(number)


async def _found(
    uow: UnitOfWork,
    known: OperationKey,
    asked: OperationKey,
    find: Callable[[UnitOfWork, str], Awaitable[Started | None]],
) -> Started:
    if known.digest != asked.digest:
        raise Refusal("idempotency_key_reused")
    found = await find(uow, known.result_id) if known.result_id else None
    if found is None:
        raise Refusal("busy")
    return found


def _asked(backend: Backend, actor: Actor, do: Any, command: Any, key: str, now: datetime) -> OperationKey:
    return OperationKey(
        scope=actor.profile_id or f"{actor.kind}:{actor.id}",
        key=key,
        digest=backend.digest(_canonical(do, command)),
        created_at=now,
    )


def _canonical(do: Any, command: Any) -> str:
    return json.dumps([do.__name__, asdict(command)], sort_keys=True, default=str, ensure_ascii=False)
