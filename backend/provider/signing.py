"""What travels between us and the provider, signed: neither believes a stranger nor an old message."""

import hashlib
import hmac
from collections.abc import Mapping
from typing import Any

from backend.domain.online import Outcome

FRESH_SECONDS = 300


def sign(secret: str, body: bytes) -> str:
    """The signature of a notice."""
    return hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def is_signed(secret: str, body: bytes, signature: str) -> bool:
    """Whether the signature belongs to the notice; compared in constant time."""
    return hmac.compare_digest(sign(secret, body).encode(), signature.encode("utf-8", "replace"))


def sign_at(secret: str, seconds: int, body: bytes) -> dict[str, str]:
    """Headers that say when a message was made, and that it was ours."""
    return {"X-Timestamp": str(seconds), "X-Signature": sign(secret, f"{seconds}.".encode() + body)}


def is_fresh(secret: str, headers: Mapping[str, str], body: bytes, now: float) -> bool:
    """Whether a message is the other's, and of these five minutes."""
    told = headers.get("X-Timestamp", "")
    if not (told.isascii() and told.isdigit() and len(told) <= 12):
        return False
    if abs(now - int(told)) > FRESH_SECONDS:
        return False
    return is_signed(secret, f"{told}.".encode() + body, headers.get("X-Signature", ""))


def outcome_of(told: Mapping[str, Any]) -> Outcome:
    """A notice or an answer in the domain's words."""
    return Outcome(
        payment_id=str(told["payment_id"]),
        is_approved=told["outcome"] == "approved",
        cents=int(told.get("amount_cents", -1)),
        currency=str(told.get("currency", "")),
        authorization=str(told.get("authorization", "")),
        method=str(told.get("method", "")),
        method_token=str(told.get("method_token", "")),
        reason=str(told.get("reason", "")),
    )
