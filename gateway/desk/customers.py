"""Which customer a conversation is about, and what the system of record tells of them."""

import asyncio
import uuid
from typing import Any, NoReturn

import structlog

from gateway.backend import BackendError
from gateway.conversations.records import Conversation
from gateway.conversations.sessions import open_session
from gateway.desk import audit
from gateway.desk.access import access_conversation, lock_own_conversation
from gateway.desk.backend import Behalf, RefusedError
from gateway.desk.desk import Desk
from gateway.desk.records import Rep
from gateway.errors import GatewayError

log = structlog.get_logger(__name__)

Json = dict[str, Any]
# The account's own pages: where each is, and under which name its rows come.
PARTS = {
    "plans": ("/plans", "plans"),
    "bills": ("/bills", "bills"),
    "payment_reports": ("/payment-reports", "payment_reports"),
}


def profile_of(desk: Desk, conversation: Conversation) -> str | None:
    """Whose accounts are shown and acted on: who is signed in, or else whom a rep found this to be."""
    if open_session(conversation, desk.clock()) is not None:
        return conversation.profile_id
    return conversation.served_profile_id


async def read_customer(desk: Desk, rep: Rep, conversation_id: uuid.UUID) -> Json:
    """Profile and accounts; raises customer_unknown or backend_unavailable."""
    conversation, behalf = await _behalf(desk, rep, conversation_id)
    try:
        profile, accounts = await asyncio.gather(
            desk.backend.get(behalf, "/v1/profile"), desk.backend.get(behalf, "/v1/accounts")
        )
    except (BackendError, RefusedError) as error:
        _unavailable(error)
    is_verified = open_session(conversation, desk.clock()) is not None
    return {"profile": profile, "accounts": accounts.get("accounts", []), "verified": is_verified}


async def read_account(desk: Desk, rep: Rep, conversation_id: uuid.UUID, account_id: str) -> Json:
    """Everything about one account of the customer; raises customer_unknown or backend_unavailable."""
    _, behalf = await _behalf(desk, rep, conversation_id)
    account = f"/v1/accounts/{account_id}"
    try:
        summary, receipts, *parts = await asyncio.gather(
            desk.backend.get(behalf, account),
            desk.backend.get(behalf, "/v1/receipts", {"account_id": account_id}),
            *(desk.backend.get(behalf, account + path) for path, _ in PARTS.values()),
        )
    except RefusedError as error:
        if error.code == "account_not_found":
            raise GatewayError("not_found") from None
        _unavailable(error)
    except BackendError as error:
        _unavailable(error)
    rows = {name: part.get(key, []) for (name, (_, key)), part in zip(PARTS.items(), parts, strict=True)}
    return {"summary": summary, "receipts": receipts.get("receipts", []), **rows}


async def find_customers(desk: Desk, rep: Rep, account_number: str) -> Json:
    """The profiles that manage an account; raises customer_not_found or backend_unavailable."""
    await _do_audit(desk, rep)
    behalf = Behalf(rep.user_id, rep.language)
    try:
        found = await desk.backend.get(behalf, "/v1/customers", {"account_number": account_number})
    except RefusedError as error:
        if error.code in ("customer_not_found", "account_number_invalid", "invalid_query"):
            raise GatewayError("customer_not_found") from None
        _unavailable(error)
    except BackendError as error:
        _unavailable(error)
    return {"account_id": found.get("account_id"), "profiles": found.get("profiles", [])}


async def do_choose_customer(
    desk: Desk, rep: Rep, conversation_id: uuid.UUID, profile_id: str, *, checked: str
) -> Json:
    """Say which customer this is; raises customer_not_found when the system of record knows no such one."""
    try:
        await desk.backend.get(Behalf(rep.user_id, rep.language, profile_id), "/v1/profile")
    except RefusedError:
        raise GatewayError("customer_not_found") from None
    except BackendError as error:
        _unavailable(error)
    now = desk.clock()
    async with desk.database.write() as session:
        conversation = await lock_own_conversation(session, conversation_id, rep)
        conversation.served_profile_id, conversation.updated_at = profile_id, now
        audit.write(
            session,
            "customer_chosen",
            now=now,
            rep_id=rep.id,
            conversation_id=conversation_id,
            profile=profile_id,
            checked=checked,
        )
        await session.commit()
    desk.live.wake_desks(conversation_id)
    return await read_customer(desk, rep, conversation_id)


async def _behalf(desk: Desk, rep: Rep, conversation_id: uuid.UUID) -> tuple[Conversation, Behalf]:
    async with desk.database.read() as session:
        conversation = await access_conversation(session, conversation_id)
    profile_id = profile_of(desk, conversation)
    if profile_id is None:
        raise GatewayError("customer_unknown")
    return conversation, Behalf(rep.user_id, rep.language, profile_id)


async def _do_audit(desk: Desk, rep: Rep) -> None:
    async with desk.database.write() as session:
        audit.write(session, "customers_searched", now=desk.clock(), rep_id=rep.id)
        await session.commit()


def _unavailable(error: BackendError | RefusedError) -> NoReturn:
    log.warning("backend_unavailable", reason=str(error))
    raise GatewayError("backend_unavailable") from None
