"""Receipts of what reps did, as the customer is shown them: a word, and the card."""

from typing import Any

import structlog
from pydantic import ValidationError

from gateway.backend import BackendError
from gateway.conversations.cards import ReceiptCard
from gateway.conversations.records import Conversation, Sender
from gateway.conversations.store import Line
from gateway.desk.backend import Behalf, RefusedError
from gateway.desk.desk import Desk
from gateway.desk.records import Rep
from gateway.settings import Language

log = structlog.get_logger(__name__)

Json = dict[str, Any]


async def in_language(desk: Desk, behalf: Behalf, receipt: Json, language: Language) -> Json:
    """The receipt with its words in the customer's language; as it came when that can't be had."""
    number = receipt.get("number")
    if behalf.language == language or not number:
        return receipt
    try:
        asked = Behalf(behalf.rep, language, behalf.profile_id)
        return await desk.backend.get(asked, f"/v1/receipts/{number}")
    except (BackendError, RefusedError) as error:
        log.warning("receipt_not_translated", reason=str(error))
        return receipt


def line(desk: Desk, rep: Rep, conversation: Conversation, receipt: Json) -> Line:
    """The word to the customer, with the card if the receipt can be shown as one."""
    words = receipt.get("words") or {}
    values = {"rep": rep.alias, "title": str(words.get("title") or receipt.get("operation"))}
    text = desk.texts.get("chat.rep_operation", conversation.language, values)
    extras: Json = {"key": "rep_operation", "values": values}
    card = _card(receipt, words)
    if card is not None:
        extras["card"] = card.model_dump()
    return Line(Sender.SYSTEM, text, conversation.language, extras)


def _card(receipt: Json, words: Json) -> ReceiptCard | None:
    named = ("title", "account", "done", "effective", "lines", "undo")
    facts = {name: words.get(name) for name in named}
    try:
        return ReceiptCard.model_validate({"kind": "receipt", "number": receipt.get("number"), **facts})
    except ValidationError as error:
        log.warning("card_left_out", faults=sorted({fault["type"] for fault in error.errors()}))
        return None
