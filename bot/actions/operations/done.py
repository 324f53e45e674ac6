"""What is said when an operation is done: the sentence, and the receipt as a card."""

from __future__ import annotations

from typing import Any

from bot.actions.backend.models import Receipt
from bot.actions.dialogue.context import Context
from bot.actions.dialogue.saying import Saying, Value
from bot.entities.mask import mask_email


async def told(key: str, receipt: Receipt, context: Context, **values: Value) -> Saying:
    """One utterance with its receipt; `values` are added to the receipt's number."""
    profile = await context.seen.profile()
    card = receipt_card(receipt, sent_to=mask_email(profile.email))
    return Saying(key, {"number": {"number": receipt.number}, **values}, card=card)


def receipt_card(receipt: Receipt, *, sent_to: str | None) -> dict[str, Any]:
    """The receipt as the customer's page shows it, in the words of the backend."""
    words = receipt.words
    return {
        "kind": "receipt",
        "number": receipt.number,
        "title": words.title,
        "account": words.account,
        "done": words.done,
        "effective": words.effective,
        "lines": [line.model_dump() for line in words.lines],
        "undo": words.undo,
        "sent_to": sent_to,
    }
