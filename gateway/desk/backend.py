"""The desk's way to the system of record: in a rep's name, on behalf of a customer."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import aiohttp

from gateway.backend import BackendError
from gateway.settings import Language, Settings

ANSWER_LIMIT = 2 * 1024 * 1024  # bytes
Json = dict[str, Any]
# Of these the fault is the house's own, not the customer's nor the rep's.
OURS = ("not_signed_in", "scope_missing", "invalid_json", "unsupported_media_type", "internal_error")


class RefusedError(Exception):
    """The backend said no: its code, its words in the language asked for, its numbers."""

    def __init__(self, code: str, message: str, next_step: str, details: Json) -> None:
        super().__init__(code)
        self.code = code
        self.message = message
        self.next_step = next_step
        self.details = details


class OutcomeUnknownError(Exception):
    """A change was sent and no answer came: it may have been done; the same key again tells."""


@dataclass(frozen=True)
class Behalf:
    """Who asks: a rep, perhaps on behalf of a customer, and the language of the words that come back."""

    rep: str
    language: Language
    profile_id: str | None = None

    @property
    def headers(self) -> Json:
        """As the backend wants to be told."""
        told = {"X-Rep": self.rep, "X-Channel": "desk", "Accept-Language": self.language}
        return told if self.profile_id is None else {**told, "X-On-Behalf-Of": self.profile_id}


class DeskBackend(Protocol):
    """What the desk needs of the backend."""

    async def get(self, behalf: Behalf, path: str, params: Mapping[str, str] | None = None) -> Json:
        """Look something up; raises RefusedError or BackendError."""
        ...

    async def do(self, behalf: Behalf, method: str, path: str, body: Json | None, *, key: str | None) -> Json:
        """Change something once for this key, or without one preview the change.

        Raises RefusedError, BackendError when nothing was done, OutcomeUnknownError when that isn't known.
        """
        ...


class HttpDeskBackend:
    """The backend over HTTP."""

    def __init__(self, session: aiohttp.ClientSession, settings: Settings) -> None:
        self._session = session
        self._base = str(settings.backend_url).rstrip("/")
        self._token = settings.desk_token
        self._timeout = aiohttp.ClientTimeout(total=settings.backend_timeout)

    async def get(self, behalf: Behalf, path: str, params: Mapping[str, str] | None = None) -> Json:
        """Look something up, twice when the connection breaks."""
        for attempt in (1, 2):
            try:
                return await self._request("GET", path, behalf.headers, params=params)
            except aiohttp.ClientConnectionError as error:
                if attempt == 2:
                    raise BackendError("backend_unreachable") from error
            except (aiohttp.ClientError, TimeoutError) as error:
                raise BackendError("backend_broken") from error
        raise AssertionError("the second attempt answers or raises")

    async def do(self, behalf: Behalf, method: str, path: str, body: Json | None, *, key: str | None) -> Json:
        """Send a change; a connection that could not be opened has sent nothing."""
        headers = behalf.headers if key is None else {**behalf.headers, "Idempotency-Key": key}
        params = {"preview": "true"} if key is None else None
        try:
            return await self._request(method, path, headers, params=params, json=body)
        except aiohttp.ClientConnectorError as error:
            raise BackendError("backend_unreachable") from error
        except (aiohttp.ClientError, TimeoutError) as error:
            if key is None:
                raise BackendError("backend_broken") from error
            raise OutcomeUnknownError from error

    async def _request(self, method: str, path: str, headers: Json, **options: Any) -> Json:
        if self._token is None:
            raise BackendError("desk_token_missing")
        ours = {"Authorization": f"Bearer {self._token.get_secret_value()}", **headers}
        request = self._session.request(
            method, self._base + path, headers=ours, timeout=self._timeout, allow_redirects=False, **options
        )
        async with request as response:
            data = await response.content.read(ANSWER_LIMIT)
            answer = _object(data)
            if response.status < 300 and answer is not None:
                return answer
            raise _fault(response.status, answer, is_change="Idempotency-Key" in headers)


def _object(data: bytes) -> Json | None:
    try:
        found = json.loads(data)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


def _fault(status: int, answer: Json | None, *, is_change: bool) -> Exception:
    error = (answer or {}).get("error")
    if isinstance(error, dict) and 400 <= status < 500 and error.get("code") not in OURS:
        code, message, next_step = (str(error.get(name) or "") for name in ("code", "message", "next_step"))
        return RefusedError(code, message, next_step, dict(error.get("fields") or {}))
    if status >= 500 and is_change:
        return OutcomeUnknownError()
    return BackendError(f"backend_status_{status}")
