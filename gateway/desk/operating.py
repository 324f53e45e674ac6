"""A rep does an operation for the customer: once per key, in an own conversation, audited here and there."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from gateway.backend import BackendError
from gateway.conversations import store
from gateway.conversations.records import Conversation
from gateway.desk import audit, receipts
from gateway.desk.access import access_conversation, check_own, lock_conversation
from gateway.desk.backend import Behalf, OutcomeUnknownError, RefusedError
from gateway.desk.customers import profile_of
from gateway.desk.desk import Desk
from gateway.desk.operations import OPERATIONS, ValueMissingError
from gateway.desk.records import DeskOperation, OperationState, Rep
from gateway.errors import GatewayError
from gateway.ledger.kinds import Kind
from gateway.ledger.record import record

log = structlog.get_logger(__name__)

Json = dict[str, Any]


@dataclass(frozen=True)
class Order:
    """What a rep asks for: an operation by name, on an account perhaps, with the values that it needs."""

    operation: str
    account_id: str | None
    values: Mapping[str, Any]

    def request(self) -> tuple[str, str, Json | None]:
        """Method, path and body; raises invalid_request with the value that is missing."""
        operation = OPERATIONS[self.operation]
        try:
            path, body = operation.request(self.account_id, self.values)
        except ValueMissingError as error:
            raise GatewayError("invalid_request", {str(error): "required"}) from None
        return operation.method, path, body


async def preview(desk: Desk, rep: Rep, conversation_id: uuid.UUID, order: Order) -> Json:
    """The receipt as it would be; nothing is done. Raises as `do_operate`."""
    if not OPERATIONS[order.operation].may_preview:
        raise GatewayError("invalid_request", {"preview": "invalid"})
    method, path, body = order.request()
    async with desk.database.read() as session:
        conversation = await access_conversation(session, conversation_id)
        await check_own(session, conversation, rep)
        behalf = _behalf(desk, conversation, rep)
    try:
        return await desk.backend.do(behalf, method, path, body, key=None)
    except RefusedError as error:
        raise _refusal(error) from None
    except BackendError as error:
        raise _unavailable(error) from None


async def do_operate(desk: Desk, rep: Rep, conversation_id: uuid.UUID, order: Order, *, key: str) -> Json:
    """Do it and show the customer the receipt; the same key again gives the same receipt.

    Raises operation_refused, operation_unknown, backend_unavailable, not_yours, customer_unknown, key_reused.
    """
    method, path, body = order.request()
    behalf = await _do_begin(desk, rep, conversation_id, order, key)
    try:
        receipt = await desk.backend.do(behalf, method, path, body, key=f"desk-{conversation_id.hex}-{key}")
    except RefusedError as error:
        await _do_refuse(desk, rep, conversation_id, key, error.code)
        raise _refusal(error) from None
    except OutcomeUnknownError:
        log.warning("operation_unknown", operation=order.operation)
        raise GatewayError("operation_unknown") from None
    except BackendError as error:
        raise _unavailable(error) from None
    await _do_end(desk, rep, conversation_id, key, behalf, receipt)
    return receipt


async def _do_begin(desk: Desk, rep: Rep, conversation_id: uuid.UUID, order: Order, key: str) -> Behalf:
    """Write down that it is about to be done, unless this key was written down before."""
    async with desk.database.write() as session:
        conversation = await lock_conversation(session, conversation_id)
        found = await _find(session, conversation_id, key)
        if found is not None:
            if (found.operation, found.account_id) != (order.operation, order.account_id):
                raise GatewayError("key_reused")
            return Behalf(rep.user_id, rep.language, found.profile_id)
        await check_own(session, conversation, rep)
        behalf = _behalf(desk, conversation, rep)
        session.add(
            DeskOperation(
                conversation_id=conversation_id,
                rep_id=rep.id,
                operation=order.operation,
                profile_id=behalf.profile_id,
                account_id=order.account_id,
                key=key,
                state=OperationState.BEGUN,
                created_at=desk.clock(),
            )
        )
        await session.commit()
    return behalf


async def _do_refuse(desk: Desk, rep: Rep, conversation_id: uuid.UUID, key: str, code: str) -> None:
    now = desk.clock()
    async with desk.database.write() as session:
        conversation = await lock_conversation(session, conversation_id)
        if (found := await _unfinished(session, conversation_id, key)) is None:
            return
        found.state, found.refusal = OperationState.REFUSED, code
        conversation.updated_at = now
        record(session, conversation, Kind.OPERATION_REFUSED, now=now, operation=found.operation, reason=code)
        _audit(session, rep, found, now, outcome="refused", code=code)
        await session.commit()
    desk.live.wake_desks(conversation_id)


async def _do_end(
    desk: Desk, rep: Rep, conversation_id: uuid.UUID, key: str, behalf: Behalf, receipt: Json
) -> None:
    """Write down the receipt and show it to the customer, once."""
    async with desk.database.read() as session:
        language = (await session.get_one(Conversation, conversation_id)).language
    shown = await receipts.in_language(desk, behalf, receipt, language)
    now = desk.clock()
    async with desk.database.write() as session:
        conversation = await lock_conversation(session, conversation_id)
        if (found := await _unfinished(session, conversation_id, key)) is None:
            return
        message = store.add_line(
            session, conversation, receipts.line(desk, rep, conversation, shown), now=now
        )
        found.state, found.seq = OperationState.DONE, message.seq
        found.refusal, found.receipt_number = None, str(receipt.get("number") or "") or None
        record(session, conversation, Kind.OPERATION_DONE, now=now, operation=found.operation, reason="rep")
        _audit(session, rep, found, now, outcome="done", receipt=found.receipt_number)
        await session.commit()
    desk.live.wake_desks(conversation_id)


async def _unfinished(session: AsyncSession, conversation_id: uuid.UUID, key: str) -> DeskOperation | None:
    found = await _find(session, conversation_id, key)
    return None if found is None or found.state == OperationState.DONE else found


async def _find(session: AsyncSession, conversation_id: uuid.UUID, key: str) -> DeskOperation | None:
    query = select(DeskOperation).where(
        DeskOperation.conversation_id == conversation_id, DeskOperation.key == key
    )
    return (await session.execute(query)).scalar_one_or_none()


def _behalf(desk: Desk, conversation: Conversation, rep: Rep) -> Behalf:
    profile_id = profile_of(desk, conversation)
    if profile_id is None:
        raise GatewayError("customer_unknown")
    return Behalf(rep.user_id, rep.language, profile_id)


def _audit(session: AsyncSession, rep: Rep, found: DeskOperation, now: datetime, **details: Any) -> None:
    audit.write(
        session,
        "operation",
        now=now,
        rep_id=rep.id,
        conversation_id=found.conversation_id,
        operation=found.operation,
        profile=found.profile_id,
        account=found.account_id,
        **details,
    )


def _refusal(error: RefusedError) -> GatewayError:
    return GatewayError(
        "operation_refused",
        {
            "reason": error.code,
            "message": error.message,
            "next_step": error.next_step,
            "details": error.details,
        },
    )


def _unavailable(error: BackendError) -> GatewayError:
    log.warning("backend_unavailable", reason=error.reason)
    return GatewayError("backend_unavailable")
