"""What the desk's pages may send, checked before anything is done with it."""

import uuid
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    model_validator,
)
from pydantic_core import PydanticCustomError

from gateway.conversations.words import clean_text
from gateway.desk.operations import OPERATIONS
from gateway.desk.records import Role
from gateway.settings import Language
from gateway.web.bodies import LARGEST_SEQ, Body, ClientMessageId


def _tidied(name: str) -> str:
    tidy = " ".join(clean_text(name).split())
    if not tidy:
        raise PydanticCustomError("missing", "a name is needed")
    return tidy


def _without_doubles(languages: list[Language]) -> list[Language]:
    return list(dict.fromkeys(languages))


Words = Annotated[str, Field(min_length=1, max_length=2000)]
Reason = Annotated[str, Field(min_length=1, max_length=500)]
Name = Annotated[str, Field(pattern=r"^[a-z_]{1,32}$")]
PersonName = Annotated[str, Field(min_length=1, max_length=100), AfterValidator(_tidied)]
Alias = Annotated[str, Field(min_length=1, max_length=60), AfterValidator(_tidied)]
Languages = Annotated[list[Language], Field(min_length=1, max_length=2), AfterValidator(_without_doubles)]
HexId = Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
OperationKey = Annotated[str, Field(pattern=r"^[A-Za-z0-9._~-]{8,64}$")]


class SignInBody(Body):
    """POST /api/desk/session; what is wrong with it is told without repeating it."""

    model_config = ConfigDict(extra="forbid", strict=True, hide_input_in_errors=True)

    user_id: Annotated[str, Field(min_length=1, max_length=64)]
    password: Annotated[SecretStr, Field(min_length=1, max_length=256)]
    code: Annotated[SecretStr, Field(min_length=6, max_length=8)]


class SayBody(Body):
    """POST .../messages"""

    client_message_id: ClientMessageId
    text: str
    faq_id: Annotated[str, Field(max_length=64)] | None = None


class TypingBody(Body):
    """POST .../typing"""

    on: bool


class TakeoverBody(Body):
    """POST .../takeover"""

    reason: Reason


class TransferBody(Body):
    """POST .../transfer: exactly one of rep and team."""

    rep: Annotated[uuid.UUID, Field(strict=False)] | None = None
    team: Name | None = None
    note: Words

    @model_validator(mode="after")
    def _one_of(self) -> "TransferBody":
        if (self.rep is None) == (self.team is None):
            raise PydanticCustomError("invalid", "exactly one of rep and team")
        return self


class HandBackBody(Body):
    """POST .../hand-back"""

    note: Annotated[str, Field(max_length=2000)] | None = None


class EndBody(HandBackBody):
    """POST .../close and .../done"""

    outcome: Name


class NoteBody(Body):
    """POST .../notes"""

    text: Words


class CustomerBody(Body):
    """PUT .../customer"""

    profile_id: HexId
    checked: Reason


class OperateBody(Body):
    """POST .../operations"""

    operation: str
    account_id: HexId | None = None
    values: dict[str, Any]
    preview: bool
    key: OperationKey | None = None

    @model_validator(mode="after")
    def _fits(self) -> "OperateBody":
        if self.operation not in OPERATIONS:
            raise PydanticCustomError("invalid", "no such operation")
        if not self.preview and self.key is None:
            raise PydanticCustomError("missing", "a key is needed")
        return self


class AddRepBody(Body):
    """POST /api/desk/team; the same `id` again is the same rep, as long as they never signed in."""

    id: Annotated[uuid.UUID, Field(strict=False)]
    user_id: Annotated[str, Field(min_length=1, max_length=64)]
    name: PersonName
    alias: Alias
    role: Annotated[Role, Field(strict=False)]
    languages: Languages
    team: Name | None = None


class ChangeRepBody(Body):
    """PATCH /api/desk/team/{id}: what is there is changed; `team` may be null, the rest may not."""

    name: PersonName = ""
    alias: Alias = ""
    role: Annotated[Role, Field(strict=False)] = Role.REP
    languages: Languages = Field(default=[])
    team: Name | None = None


class Query(BaseModel):
    """What is asked for in an address; what we don't know is not minded."""

    model_config = ConfigDict(extra="ignore")


class ConversationsQuery(Query):
    """GET /api/desk/conversations"""

    owner: Literal["bot", "queue", "rep"] | None = None
    closed: bool = False
    before: AwareDatetime | None = None
    limit: Annotated[int, Field(ge=1, le=100)] = 50


class CannedQuery(Query):
    """GET /api/desk/canned"""

    lang: Language
    q: Annotated[str, Field(max_length=200)] = ""
    limit: Annotated[int, Field(ge=1, le=100)] = 20


class TicketsQuery(Query):
    """GET /api/desk/tickets"""

    state: Literal["open", "done"] = "open"


class CustomersQuery(Query):
    """GET /api/desk/customers"""

    account_number: Annotated[str, Field(min_length=9, max_length=20)]


class AuditQuery(Query):
    """GET /api/desk/audit"""

    conversation: uuid.UUID | None = None
    before: Annotated[int, Field(ge=1, le=LARGEST_SEQ)] | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 100
