"""What the desk is told beside an answer: how a message was understood, and the operations under way."""

from __future__ import annotations

import logging
from typing import Any

log = logging.getLogger(__name__)

OPERATION = "operation"  # the dialogue's one slot
LIKELIEST = 3


async def remembered(agent: Any, sender: str, turn_id: str) -> dict[str, Any]:
    """`understood` (not of buttons) and `operation`, from the conversation as it is stored after the turn."""
    if agent is None:
        return {}
    try:
        tracker = await agent.tracker_store.retrieve(sender)
    except Exception:  # the answer itself must not be lost with it
        log.exception("conversation not read back")
        return {}
    if tracker is None:
        return {}
    found = {OPERATION: tracker.get_slot(OPERATION), "understood": _understood(tracker, turn_id)}
    return {name: value for name, value in found.items() if value}


def _understood(tracker: Any, turn_id: str) -> dict[str, Any] | None:
    message = tracker.latest_message
    if message is None or message.message_id != turn_id or (message.text or "").startswith("/"):
        return None
    data = message.parse_data or {}
    ranking = [_guess(guess) for guess in data.get("intent_ranking") or []]
    return _guess(data.get("intent") or {}) | {"ranking": ranking[:LIKELIEST]}


def _guess(guess: dict[str, Any]) -> dict[str, Any]:
    return {
        "intent": guess.get("name") or "nlu_fallback",
        "confidence": round(float(guess.get("confidence") or 0.0), 4),
    }
