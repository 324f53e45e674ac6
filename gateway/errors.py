"""Everything the gateway may refuse: readable code and status; the words are in content/errors.yml."""

from collections.abc import Mapping
from typing import Any

STATUS: Mapping[str, int] = {
    "invalid_json": 400,
    "invalid_query": 400,
    "token_missing": 401,
    "origin_forbidden": 403,
    "forbidden": 403,
    "not_found": 404,
    "conversation_not_found": 404,
    "message_not_found": 404,
    "method_not_allowed": 405,
    "request_timeout": 408,
    "message_id_reused": 409,
    "body_too_large": 413,
    "unsupported_media_type": 415,
    "invalid_request": 422,
    "message_empty": 422,
    "message_too_long": 422,
    "button_unknown": 422,
    "upgrade_required": 426,
    "too_many_messages": 429,
    "too_many_waiting": 429,
    "too_many_conversations": 429,
    "too_many_connections": 429,
    "bad_request": 400,
    "internal_error": 500,
    "assistant_unavailable": 503,
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


def too_often(code: str, *, retry_after: int) -> GatewayError:
    """A refusal that says after how many seconds to come back."""
    seconds = max(1, retry_after)
    return GatewayError(code, {"retry_after": seconds}, headers={"Retry-After": str(seconds)})
