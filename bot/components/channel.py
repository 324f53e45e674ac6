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

from bot.components.answers import answer_of
from bot.components.memory import remembered
from bot.components.nlu.detection import LANGUAGES
from bot.components.nlu.language import LANGUAGE

Handler = Callable[[UserMessage], Awaitable[Any]]

CHANNELS = ("web", "voice")
_REMEMBERED_TURNS = 2_000
# Rasa strips white space before it looks for the prefix, but not this invisible joiner.
_NOT_A_COMMAND = "\u2060"


@dataclass(frozen=True)
class Turn:
    """One checked request from the gateway."""

    sender: str
    turn_id: str
    text: str
    channel: str
    metadata: dict[str, str]


class BadTurnError(ValueError):
    """The request is not of the agreed form; the message names the field."""


class GatewayOutput(CollectingOutputChannel):
    """Collects each answer whole: text and its extras (language, FAQ id, buttons, card) as one message."""

    def __init__(self, channel: str) -> None:
        super().__init__()
        self._channel = channel

    def name(self) -> str:
        """What Rasa compares a response's `channel:` with."""
        return self._channel

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Keep what the gateway is to know."""
        self.messages.append(answer_of(message))


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
            agent = getattr(request.app.ctx, "agent", None)
            return response.json(await self._once(turn, on_new_message, agent))

        return routes

    async def _once(self, turn: Turn, on_new_message: Handler, agent: Any) -> dict[str, Any]:
        """Process a turn, or give the answer it already got; it goes on when who asked for it has left."""
        key = (turn.sender, turn.turn_id)
        task = self._turns.get(key)
        if task is None or _may_be_retried(task):
            task = asyncio.get_running_loop().create_task(_process(turn, on_new_message, agent))
            self._turns[key] = task
            while len(self._turns) > _REMEMBERED_TURNS:
                self._turns.popitem(last=False)
        return await asyncio.shield(task)


def _may_be_retried(task: asyncio.Task[dict[str, Any]]) -> bool:
    """Whether a turn ended without anything said: by a fault, or because an action could not run."""
    if not task.done():
        return False
    return task.cancelled() or task.exception() is not None or not task.result()["messages"]


async def _process(turn: Turn, on_new_message: Handler, agent: Any) -> dict[str, Any]:
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
    answer = {"language": languages[-1] if languages else None, "messages": output.messages}
    return answer | await remembered(agent, turn.sender, turn.turn_id)


def read_turn(body: Any) -> Turn:
    """Check a request's body; raises BadTurnError. The turn's metadata always names the turn."""
    if not isinstance(body, dict):
        raise BadTurnError("body")
    metadata = _metadata(body)
    message = _text_field(body, "message")
    if body.get("kind") == "payload":
        if not message.startswith(INTENT_MESSAGE_PREFIX):
            raise BadTurnError("message")
        message = _with_language(message, metadata.get(LANGUAGE))
    elif body.get("kind") == "text":
        message = as_plain_text(message)
    else:
        raise BadTurnError("kind")
    turn_id = _text_field(body, "turn_id")
    return Turn(
        sender=_text_field(body, "sender"),
        turn_id=turn_id,
        text=message,
        channel=metadata.get("channel", "web"),
        metadata={**metadata, "turn_id": turn_id},
    )


def as_plain_text(message: str) -> str:
    """Keep Rasa from reading typed text as a command; the joiner is invisible and the normaliser drops it."""
    return _NOT_A_COMMAND + message if message.lstrip().startswith(INTENT_MESSAGE_PREFIX) else message


def _with_language(payload: str, language: str | None) -> str:
    """A button says nothing about the language: it goes on in the one the conversation has at the gateway.

    A payload that Rasa could not read is refused: Rasa would repeat it in its log.
    """
    intent, brace, rest = payload.partition("{")
    try:
        entities = json.loads(brace + rest or "{}")
    except ValueError:
        raise BadTurnError("message") from None
    known = {LANGUAGE: language} if language in LANGUAGES else {}
    return intent + (json.dumps({**known, **entities}) if known or entities else "")


def _metadata(body: dict[str, Any]) -> dict[str, str]:
    metadata = body.get("metadata", {})
    if not isinstance(metadata, dict) or metadata.get("channel", "web") not in CHANNELS:
        raise BadTurnError("metadata")
    if not all(isinstance(value, str) for value in metadata.values()):
        raise BadTurnError("metadata")
    return metadata


def _text_field(body: dict[str, Any], name: str) -> str:
    value = body.get(name)
    if not isinstance(value, str) or not value.strip():
        raise BadTurnError(name)
    return value
