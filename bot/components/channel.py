"""The only way into Rasa: the gateway's messages, over loopback, behind a shared secret.

Typed text can never become an intent or a slot: only what the gateway marks as a payload (a button it made
itself) reaches Rasa's `/intent` syntax. The same turn sent twice is processed once.
"""

from __future__ import annotations

import asyncio
import hmac
import json
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from rasa.core.channels.channel import CollectingOutputChannel, InputChannel, UserMessage
from rasa.shared.constants import INTENT_MESSAGE_PREFIX
from rasa.shared.exceptions import InvalidConfigException
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.components.nlu.detection import LANGUAGES
from bot.components.nlu.language import LANGUAGE

Handler = Callable[[UserMessage], Awaitable[Any]]

CHANNELS = ("web", "voice")
_REMEMBERED_TURNS = 2_000
# What an answer carries to the gateway, and what Rasa calls it; the rest is Rasa's own book-keeping.
_FIELDS = {
    "text": "text",
    "lang": "lang",
    "key": "utter_action",
    "faq_id": "faq_id",
    "faq_version": "faq_version",
    "buttons": "buttons",
}
# Rasa strips white space before it looks for the prefix, but not this invisible joiner.
_NOT_A_COMMAND = "\u2060"


@dataclass(frozen=True)
class Turn:
    """One checked request from the gateway."""

    sender: str
    turn_id: str
    text: str
    channel: str
    metadata: dict[str, Any]


class BadTurnError(ValueError):
    """The request is not of the agreed form; the message names the field."""


class GatewayOutput(CollectingOutputChannel):
    """Collects each answer whole: text and its extras (language, FAQ id, buttons) as one message."""

    def __init__(self, channel: str) -> None:
        super().__init__()
        self._channel = channel

    def name(self) -> str:
        """What Rasa compares a response's `channel:` with."""
        return self._channel

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Keep what the gateway is to know, under its name for it."""
        kept = {ours: message[rasas] for ours, rasas in _FIELDS.items() if message.get(rasas)}
        self.messages.append(kept)


class GatewayInput(InputChannel):
    """POST /webhooks/gateway/webhook {sender, turn_id, kind: text|payload, message, metadata}."""

    @classmethod
    def name(cls) -> str:
        """Part of the address."""
        return "gateway"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> GatewayInput:
        """Needs `secret`; a missing or unfilled one stops the start."""
        secret = str((credentials or {}).get("secret") or "")
        if not secret or secret.startswith("${"):
            raise InvalidConfigException("credentials.yml: the gateway channel needs a secret (RASA_SECRET)")
        return cls(secret)

    def __init__(self, secret: str) -> None:
        self._authorization = f"Bearer {secret}".encode()
        self._turns: OrderedDict[tuple[str, str], asyncio.Task[dict[str, Any]]] = OrderedDict()

    def blueprint(self, on_new_message: Handler) -> Blueprint:
        """The route, and nothing else."""
        routes = Blueprint("gateway_webhook", __name__)

        @routes.post("/webhook")
        async def receive(request: Request) -> HTTPResponse:
            given = request.headers.get("authorization", "").encode(errors="surrogateescape")
            if not hmac.compare_digest(given, self._authorization):
                return response.json({"error": "unauthorized"}, status=401)
            try:
                turn = read_turn(request.json)
            except BadTurnError as fault:
                return response.json({"error": str(fault)}, status=422)
            return response.json(await self._once(turn, on_new_message))

        return routes

    async def _once(self, turn: Turn, on_new_message: Handler) -> dict[str, Any]:
        """Process a turn, or give the answer it already got; it goes on when who asked for it has left."""
        key = (turn.sender, turn.turn_id)
        task = self._turns.get(key)
        if task is None or _may_be_retried(task):
            task = asyncio.get_running_loop().create_task(_process(turn, on_new_message))
            self._turns[key] = task
            while len(self._turns) > _REMEMBERED_TURNS:
                self._turns.popitem(last=False)
        return await asyncio.shield(task)


def _may_be_retried(task: asyncio.Task[dict[str, Any]]) -> bool:
    """Whether a turn ended without anything said: by a fault, or because an action could not run."""
    if not task.done():
        return False
    return task.cancelled() or task.exception() is not None or not task.result()["messages"]


async def _process(turn: Turn, on_new_message: Handler) -> dict[str, Any]:
    output = GatewayOutput(turn.channel)
    await on_new_message(
        UserMessage(
            turn.text,
            output,
            turn.sender,
            input_channel=turn.channel,
            message_id=turn.turn_id,
            metadata=turn.metadata,
        )
    )
    languages = [message["lang"] for message in output.messages if "lang" in message]
    return {"language": languages[-1] if languages else None, "messages": output.messages}


def read_turn(body: Any) -> Turn:
    """Check a request's body; raises BadTurnError."""
    if not isinstance(body, dict):
        raise BadTurnError("body")
    metadata = body.get("metadata", {})
    if not isinstance(metadata, dict) or metadata.get("channel", "web") not in CHANNELS:
        raise BadTurnError("metadata")
    message = _text_field(body, "message")
    if body.get("kind") == "payload":
        if not message.startswith(INTENT_MESSAGE_PREFIX):
            raise BadTurnError("message")
        message = _with_language(message, metadata.get(LANGUAGE))
    elif body.get("kind") == "text":
        message = as_plain_text(message)
    else:
        raise BadTurnError("kind")
    return Turn(
        sender=_text_field(body, "sender"),
        turn_id=_text_field(body, "turn_id"),
        text=message,
        channel=metadata.get("channel", "web"),
        metadata=metadata,
    )


def as_plain_text(message: str) -> str:
    """Keep Rasa from reading typed text as a command; the joiner is invisible and the normaliser drops it."""
    return _NOT_A_COMMAND + message if message.lstrip().startswith(INTENT_MESSAGE_PREFIX) else message


def _with_language(payload: str, language: Any) -> str:
    """A button says nothing about the language: it goes on in the one the conversation has at the gateway."""
    known = language in LANGUAGES and "{" not in payload
    return payload + json.dumps({LANGUAGE: language}) if known else payload


def _text_field(body: dict[str, Any], name: str) -> str:
    value = body.get(name)
    if not isinstance(value, str) or not value.strip():
        raise BadTurnError(name)
    return value
