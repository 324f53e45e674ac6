"""The one way from the gateway to the backend: sessions of customers, and their receipts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Protocol

import aiohttp
from pydantic import AwareDatetime, BaseModel, Field, SecretStr, ValidationError

from gateway.settings import Language, Settings

ANSWER_LIMIT = 64 * 1024  # bytes
PDF_LIMIT = 5 * 1024 * 1024  # bytes
Id = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,64}$")]

# What a customer may learn of a refusal; every other answer of the backend is a fault of ours or of its.
REFUSALS = {
    "wrong_credentials": "sign_in_failed",
    "wrong_pin": "sign_in_failed",
    "invalid_request": "sign_in_failed",
    "too_many_attempts": "sign_in_locked",
    "session_expired": "not_signed_in",
    "not_signed_in": "not_signed_in",
    "receipt_not_found": "receipt_not_found",
}


class BackendError(Exception):
    """The backend gave no usable answer; `reason` is a readable code for the log."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class BackendRefusalError(Exception):
    """The backend said no: one of the codes of REFUSALS, with the numbers that go with it."""

    def __init__(
        self, code: str, *, retry_after: int | None = None, attempts_left: int | None = None
    ) -> None:
        super().__init__(code)
        self.code = code
        self.retry_after = retry_after  # seconds
        self.attempts_left = attempts_left


@dataclass(frozen=True)
class SignedIn:
    """An open session of a customer, by its id, which is worth nothing without our service token."""

    session_id: str
    profile_id: str
    expires_at: datetime


class Backend(Protocol):
    """What the conversations need of the backend. Everything raises BackendError."""

    async def sign_in(
        self, user_id: str, password: SecretStr, *, address: str, language: Language
    ) -> SignedIn:
        """Open a session; raises BackendRefusalError with sign_in_failed or sign_in_locked."""
        ...

    async def sign_in_by_phone(
        self, account_number: str, pin: SecretStr, *, address: str, language: Language
    ) -> SignedIn:
        """Open a caller's session; raises BackendRefusalError as `sign_in` does."""
        ...

    async def sign_out(self, session_id: str) -> None:
        """Close a session; closing it again is no fault."""
        ...

    async def receipt_pdf(self, session_id: str, number: str, language: Language) -> bytes:
        """A receipt's document; raises BackendRefusalError with not_signed_in or receipt_not_found."""
        ...


class _Profile(BaseModel):
    id: Id


class _Session(BaseModel):
    session_id: Id
    expires_at: AwareDatetime
    profile: _Profile


class _Fields(BaseModel):
    retry_after: int | None = Field(default=None, ge=0)
    attempts_left: int | None = Field(default=None, ge=0)


class _Refusal(BaseModel):
    code: str
    fields: _Fields = _Fields()


class _Refused(BaseModel):
    error: _Refusal


class HttpBackend:
    """The backend over HTTP, as the service that our token names."""

    def __init__(self, session: aiohttp.ClientSession, settings: Settings) -> None:
        self._session = session
        self._base = str(settings.backend_url).rstrip("/")
        self._token = settings.backend_token
        self._timeout = aiohttp.ClientTimeout(total=settings.backend_timeout)

    async def sign_in(
        self, user_id: str, password: SecretStr, *, address: str, language: Language
    ) -> SignedIn:
        """Open a session for whoever knows both; the backend counts tries by the customer's own address."""
        headers = {"X-Client-Address": address, "Accept-Language": language}
        body = {"user_id": user_id, "password": password.get_secret_value()}
        return await self._open("/v1/sessions", headers, body)

    async def sign_in_by_phone(
        self, account_number: str, pin: SecretStr, *, address: str, language: Language
    ) -> SignedIn:
        """Open a session for a caller; tries are counted by account, and by what stands for the caller."""
        headers = {"X-Client-Address": address, "Accept-Language": language, "X-Channel": "voice"}
        body = {"account_number": account_number, "pin": pin.get_secret_value()}
        return await self._open("/v1/sessions/phone", headers, body)

    async def _open(self, path: str, headers: Mapping[str, str], body: Mapping[str, str]) -> SignedIn:
        data = await self._call("POST", path, headers, limit=ANSWER_LIMIT, json=body)
        try:
            opened = _Session.model_validate_json(data)
        except ValidationError as error:
            raise BackendError("backend_answer_invalid") from error
        return SignedIn(opened.session_id, opened.profile.id, opened.expires_at)

    async def sign_out(self, session_id: str) -> None:
        """Close the session."""
        try:
            headers = {"X-Session-Id": session_id}
            await self._call("DELETE", "/v1/sessions/current", headers, limit=ANSWER_LIMIT)
        except BackendRefusalError:
            return  # it had ended already

    async def receipt_pdf(self, session_id: str, number: str, language: Language) -> bytes:
        """The document, at most PDF_LIMIT bytes."""
        headers = {"X-Session-Id": session_id, "Accept-Language": language}
        path = f"/v1/receipts/{number}/pdf"
        data = await self._call("GET", path, headers, limit=PDF_LIMIT, params={"lang": language})
        if not data.startswith(b"%PDF-"):
            raise BackendError("backend_answer_invalid")
        return data

    async def _call(
        self, method: str, path: str, headers: Mapping[str, str], *, limit: int, **options: Any
    ) -> bytes:
        for attempt in (1, 2):
            try:
                return await self._request(method, path, headers, limit=limit, **options)
            except TimeoutError as error:
                raise BackendError("backend_slow") from error
            except aiohttp.ClientConnectionError as error:
                if attempt == 2:
                    raise BackendError("backend_unreachable") from error
            except aiohttp.ClientError as error:
                raise BackendError("backend_broken") from error
        raise AssertionError("the second attempt answers or raises")

    async def _request(
        self, method: str, path: str, headers: Mapping[str, str], *, limit: int, **options: Any
    ) -> bytes:
        ours = {"Authorization": f"Bearer {self._token.get_secret_value()}", "X-Channel": "chat", **headers}
        request = self._session.request(
            method, self._base + path, headers=ours, timeout=self._timeout, allow_redirects=False, **options
        )
        async with request as response:
            data = await _read(response, limit=limit)
        if response.status < 300:
            return data
        raise _refusal(response.status, data)


async def _read(response: aiohttp.ClientResponse, *, limit: int) -> bytes:
    data = bytearray()
    async for chunk in response.content.iter_chunked(65536):
        data += chunk
        if len(data) > limit:
            raise BackendError("backend_answer_too_large")
    return bytes(data)


def _refusal(status: int, data: bytes) -> BackendError | BackendRefusalError:
    try:
        refused = _Refused.model_validate_json(data).error
    except ValidationError:
        return BackendError(f"backend_status_{status}")
    if refused.code not in REFUSALS or status >= 500:
        return BackendError(f"backend_status_{status}")
    return BackendRefusalError(
        REFUSALS[refused.code],
        retry_after=refused.fields.retry_after,
        attempts_left=refused.fields.attempts_left,
    )
