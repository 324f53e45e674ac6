"""Everything the gateway may refuse: readable code and status; the words are in content/errors.yml."""

from collections.abc import Mapping
from typing import Any

STATUS: Mapping[str, int] = {
    "invalid_json": 400,
    "invalid_query": 400,
    "token_missing": 401,
    "desk_not_signed_in": 401,
    "origin_forbidden": 403,
    "forbidden": 403,
    "sign_in_failed": 403,
    "not_signed_in": 403,
    "desk_sign_in_failed": 403,
    "code_used": 403,
    "csrf_invalid": 403,
    "role_missing": 403,
    "demo_forbidden": 403,
    "not_found": 404,
    "conversation_not_found": 404,
    "message_not_found": 404,
    "value_not_found": 404,
    "proposal_not_found": 404,
    "delivery_not_found": 404,
    "proposal_decided": 409,
    "intent_not_found": 422,
    "question_personal": 422,
    "email_invalid": 422,
    "period_invalid": 422,
    "too_many_transcripts": 429,
    "receipt_not_found": 404,
    "code_invalid": 404,
    "rep_not_found": 404,
    "team_not_found": 404,
    "outcome_not_found": 404,
    "customer_not_found": 404,
    "ticket_not_found": 404,
    "faq_not_found": 404,
    "method_not_allowed": 405,
    "request_timeout": 408,
    "message_id_reused": 409,
    "not_yours": 409,
    "already_claimed": 409,
    "not_waiting": 409,
    "rep_absent": 409,
    "user_id_taken": 409,
    "last_admin": 409,
    "own_account": 409,
    "customer_unknown": 409,
    "operation_refused": 409,
    "key_reused": 409,
    "ticket_done": 409,
    "body_too_large": 413,
    "unsupported_media_type": 415,
    "invalid_request": 422,
    "user_id_invalid": 422,
    "message_empty": 422,
    "message_too_long": 422,
    "button_unknown": 422,
    "upgrade_required": 426,
    "sign_in_locked": 429,
    "too_many_sign_ins": 429,
    "too_many_messages": 429,
    "too_many_waiting": 429,
    "too_many_conversations": 429,
    "too_many_connections": 429,
    "too_many_tickets": 429,
    "too_many_codes": 429,
    "bad_request": 400,
    "internal_error": 500,
    "assistant_unavailable": 503,
    "sign_in_unavailable": 503,
    "receipt_unavailable": 503,
    "operation_unknown": 503,
    "backend_unavailable": 503,
    "busy": 503,
}


class GatewayError(Exception):
    """A refusal with a stable code, the fields a program may need, and the headers that go with it."""

    def __init__(
        self, code: str, fields: Mapping[str, Any] | None = None, *, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(code)
        self.code = code
        self.status = STATUS[code]
        self.fields = dict(fields or {})
        self.headers = dict(headers or {})


def too_often(code: str, *, retry_after: int, **fields: int) -> GatewayError:
    """A refusal that says after how many seconds to come back."""
    seconds = max(1, retry_after)
    return GatewayError(code, {"retry_after": seconds, **fields}, headers={"Retry-After": str(seconds)})
