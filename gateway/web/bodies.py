"""What clients may send, checked before anything is done with it."""

import asyncio
from typing import Annotated, TypeVar

from aiohttp import web
from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError

from gateway.conversations.words import clean_text
from gateway.errors import GatewayError
from gateway.settings import Language

READ_SECONDS = 10
COMMENT_LENGTH = 1000
LARGEST_SEQ = 2**31 - 1

Model = TypeVar("Model", bound=BaseModel)
ClientMessageId = Annotated[str, Field(pattern=r"^[A-Za-z0-9._~-]{1,64}$")]

_CODES = {
    "missing": "required",
    "extra_forbidden": "unknown",
    "string_too_long": "too_long",
    "too_long": "too_long",
    "string_too_short": "required",
    "too_short": "required",
    "one_of": "one_of_text_button",
}


class Body(BaseModel):
    """A body without surprises: no unknown fields, no converted types."""

    model_config = ConfigDict(extra="forbid", strict=True)


class BeginBody(Body):
    """POST /api/conversations"""

    language: Language | None = None


class SayBody(Body):
    """POST /api/conversations/{id}/messages: exactly one of text and button."""

    client_message_id: ClientMessageId
    text: str | None = None
    button: Annotated[str, Field(max_length=200)] | None = None

    @model_validator(mode="after")
    def _one_of(self) -> "SayBody":
        if (self.text is None) == (self.button is None):
            raise PydanticCustomError("one_of", "exactly one of text and button")
        return self


class LanguageBody(Body):
    """PUT /api/conversations/{id}/language"""

    language: Language


class RatingBody(Body):
    """POST /api/conversations/{id}/messages/{seq}/feedback"""

    useful: bool
    comment: Annotated[str, Field(max_length=COMMENT_LENGTH)] | None = None

    @field_validator("comment", mode="before")
    @classmethod
    def _clean(cls, comment: object) -> object:
        return (clean_text(comment) or None) if isinstance(comment, str) else comment


class SignInBody(Body):
    """POST /api/conversations/{id}/sign-in; what is wrong with it is told without repeating it."""

    model_config = ConfigDict(extra="forbid", strict=True, hide_input_in_errors=True)

    user_id: Annotated[str, Field(min_length=1, max_length=200)]
    password: Annotated[SecretStr, Field(min_length=1, max_length=256)]


class ReceiptQuery(BaseModel):
    """GET /api/conversations/{id}/receipts/{number}.pdf"""

    model_config = ConfigDict(extra="ignore")

    lang: Language | None = None


class Page(BaseModel):
    """Which part of a transcript is asked for."""

    model_config = ConfigDict(extra="ignore")

    after: Annotated[int, Field(ge=0, le=LARGEST_SEQ)] = 0
    limit: Annotated[int, Field(ge=1, le=200)] = 200


def parse(data: bytes | str, model: type[Model]) -> Model:
    """The checked body; raises invalid_json, or invalid_request with a code for each wrong field."""
    try:
        return model.model_validate_json(data)
    except ValidationError as error:
        raise _refusal(error) from error


async def read_body(request: web.Request, model: type[Model], *, may_be_empty: bool = False) -> Model:
    """The request's checked body; raises what is wrong with how it came or what it says."""
    if may_be_empty and not request.can_read_body:
        return parse(b"{}", model)
    charset = (request.charset or "utf-8").lower().replace("_", "-")
    if request.content_type != "application/json" or charset not in ("utf-8", "utf8"):
        raise GatewayError("unsupported_media_type")
    try:
        async with asyncio.timeout(READ_SECONDS):
            data = await request.read()
    except TimeoutError as error:
        raise GatewayError("request_timeout") from error
    return parse(data, model)


def read_page(request: web.Request) -> Page:
    """The part of the transcript asked for in the address; raises invalid_query."""
    return read_query(request, Page)


def read_receipt_query(request: web.Request) -> ReceiptQuery:
    """The language asked for in the address; raises invalid_query."""
    return read_query(request, ReceiptQuery)


def read_query(request: web.Request, model: type[Model]) -> Model:
    """What is asked for in the address, checked; raises invalid_query."""
    try:
        return model.model_validate(dict(request.query))
    except ValidationError as error:
        raise GatewayError("invalid_query", _fields(error)) from error


def _refusal(error: ValidationError) -> GatewayError:
    if any(fault["type"] == "json_invalid" for fault in error.errors()):
        return GatewayError("invalid_json")
    return GatewayError("invalid_request", _fields(error))


def _fields(error: ValidationError) -> dict[str, str]:
    return {
        ".".join(str(part) for part in fault["loc"]) or "body": _CODES.get(fault["type"], "invalid")
        for fault in error.errors()
    }
