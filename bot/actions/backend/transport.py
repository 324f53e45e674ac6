"""How a call travels: within its time, again when that is safe, and never a guess about what was done."""

import asyncio
import json
import logging
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

import aiohttp
from pydantic import BaseModel, ValidationError
from yarl import URL

from bot.actions.backend.errors import OutcomeUnknown, Refused, SignInNeeded, Unreachable

log = logging.getLogger(__name__)
Answer = TypeVar("Answer", bound=BaseModel)

TURN_SECONDS = 8.0
WORTH_TRYING_SECONDS = 0.05
READ_TRIES = 2
BODY_LIMIT = 1024 * 1024  # bytes
PART = re.compile(r"[0-9A-Za-z_-]{1,64}")


@dataclass(frozen=True)
class Patience:
    """How long to wait, in seconds; one try is shorter than a call, so that there is time for another."""

    call: float = 4.0
    one_try: float = 2.5
    connecting: float = 1.0
    pauses: tuple[float, ...] = (0.1, 0.4)  # before the second and the third try of a change


class Budget:
    """The time one turn of the conversation may spend waiting for the backend."""

    def __init__(self, seconds: float = TURN_SECONDS) -> None:
        self._until = time.monotonic() + seconds

    def left(self) -> float:
        """Seconds that remain; negative once they are spent."""
        return self._until - time.monotonic()


@dataclass(frozen=True)
class Call(Generic[Answer]):
    """One call: the pattern of its path with the parts that fill it, and the model of its answer."""

    method: str
    path: str
    answer: type[Answer]
    parts: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    body: Mapping[str, Any] | None = None
    key: str = ""
    writes: bool = False


class _NoAnswer(Exception):  # noqa: N818 - a step on the way, never seen outside
    """The try may have reached the backend; nothing usable came back. Its text is for the operator."""


class _NotSent(_NoAnswer):
    """The try certainly did not reach the backend."""


class Transport:
    """Connections to the backend, kept open between calls."""

    def __init__(self, url: str, headers: Mapping[str, str], patience: Patience) -> None:
        self._url = url.rstrip("/")
        self._headers = dict(headers)
        self._patience = patience
        self._session: aiohttp.ClientSession | None = None

    async def close(self) -> None:
        """Let the connections go."""
        if self._session is not None:
            await self._session.close()

    async def send(self, call: Call[Answer], *, headers: Mapping[str, str], budget: Budget) -> Answer:
        """The checked answer; else Refused, SignInNeeded, Unreachable, or OutcomeUnknown for a change."""
        until = time.monotonic() + min(self._patience.call, budget.left())
        may_be_done = False
        for pause in self._pauses(call):
            await asyncio.sleep(pause)
            if (left := until - time.monotonic()) < WORTH_TRYING_SECONDS:
                break
            try:
                return await self._try(call, headers, min(left, self._patience.one_try))
            except _NoAnswer as fault:
                log.warning("%s %s: %s", call.method, call.path, fault)
                may_be_done = may_be_done or (call.writes and not isinstance(fault, _NotSent))
            except (SignInNeeded, Refused) as refusal:
                # These two are told before the key is looked at: the try before may have been done.
                is_early = isinstance(refusal, SignInNeeded) or refusal.status == 429
                if may_be_done and call.key and is_early:
                    raise OutcomeUnknown(call.path) from refusal
                raise
        raise OutcomeUnknown(call.path) if may_be_done else Unreachable(call.path)

    def _pauses(self, call: Call[Answer]) -> tuple[float, ...]:
        """One before each try; a change carries its key: sent more than once, it is done once."""
        pauses = (0.0, *self._patience.pauses)
        return pauses if call.writes else pauses[:READ_TRIES]

    async def _try(self, call: Call[Answer], headers: Mapping[str, str], seconds: float) -> Answer:
        started = time.perf_counter()
        status = 0
        try:
            async with asyncio.timeout(seconds), self._request(call, headers, seconds) as response:
                status = response.status
                body = await _read(response)
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise _NotSent(type(error).__name__) from error
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise _NoAnswer(type(error).__name__) from error
        finally:
            elapsed = (time.perf_counter() - started) * 1000
            log.debug("%s %s -> %s in %.0f ms", call.method, call.path, status or "nothing", elapsed)
        if not 200 <= status < 300:
            raise _fault(status, body, response.headers.get("Retry-After", ""))
        return _checked(call.answer, body)

    def _request(self, call: Call[Answer], headers: Mapping[str, str], seconds: float) -> Any:
        if self._session is None:
            self._session = aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar())
        # Shorter than the try, so that a connection that never came about is known as such.
        connecting = min(self._patience.connecting, seconds / 2)
        own = {"Idempotency-Key": call.key} if call.key else {}
        return self._session.request(
            call.method,
            URL(self._url + _filled(call.path, call.parts)).with_query(call.query),
            json=call.body,
            headers={**self._headers, **headers, **own},
            timeout=aiohttp.ClientTimeout(total=None, connect=connecting),
            allow_redirects=False,
        )


def _filled(path: str, parts: Mapping[str, str]) -> str:
    for part in parts.values():
        if not PART.fullmatch(part):
            raise ValueError("this can't be part of a path")
    return path.format(**parts)


async def _read(response: aiohttp.ClientResponse) -> bytes:
    body = bytearray()
    async for chunk in response.content.iter_chunked(64 * 1024):
        body += chunk
        if len(body) > BODY_LIMIT:
            response.close()
            raise _NoAnswer("the body is too long")
    return bytes(body)


def _checked(model: type[Answer], body: bytes) -> Answer:
    try:
        return model.model_validate_json(body or b"{}")
    except ValidationError as error:
        faults = sorted({".".join(map(str, one["loc"])) or one["type"] for one in error.errors()})
        raise _NoAnswer(f"the answer does not fit: {', '.join(faults[:5])}") from None


def _by_language(error: dict[str, Any], part: str) -> dict[str, str]:
    return {str(language): str(words[part]) for language, words in error["words"].items()}


def _fault(status: int, body: bytes, retry_after: str) -> Exception:
    if not 400 <= status < 500:
        return _NoAnswer(f"status {status}")
    try:
        error = json.loads(body)["error"]
        refusal = Refused(
            str(error["code"]),
            message=_by_language(error, "message"),
            next_step=_by_language(error, "next_step"),
            fields=dict(error["fields"]),
            status=status,
        )
    except (ValueError, KeyError, TypeError):
        return _NoAnswer(f"status {status} without a reason")
    if status == 401:
        return SignInNeeded(refusal.code)
    if retry_after.isdecimal():
        refusal.fields.setdefault("retry_after", int(retry_after))
    return refusal
