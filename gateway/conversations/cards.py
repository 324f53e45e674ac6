"""What may be shown under a message besides words: data with a kind, checked; the rest is left out."""

from typing import Annotated, Any, Literal, TypeVar

import structlog
from pydantic import BaseModel, BeforeValidator, Field, TypeAdapter, ValidationError

log = structlog.get_logger(__name__)

Words = Annotated[str, Field(max_length=1000)]


class SignInCard(BaseModel):
    """The form to sign in with."""

    kind: Literal["sign_in"]


class ReceiptLine(BaseModel):
    """One thing that changed; either side may be missing."""

    label: Words = Field(min_length=1)
    before: Words | None = None
    after: Words | None = None


class ReceiptCard(BaseModel):
    """What was done; all but the number is in words of the conversation's language."""

    kind: Literal["receipt"]
    number: str = Field(pattern=r"^[0-9]{12}$")
    title: Words = Field(min_length=1)
    account: Words | None = None
    done: Words
    effective: Words
    lines: list[ReceiptLine] = Field(default=[], max_length=50)
    undo: Words = ""
    sent_to: Words | None = None


Card = SignInCard | ReceiptCard
_CARD: TypeAdapter[Card] = TypeAdapter(Annotated[Card, Field(discriminator="kind")])


class Handoff(BaseModel):
    """That a person should take over, and why."""

    reason: Literal["asked", "complaint", "failures", "refused", "backend_down", "business_ebill"]


_HANDOFF = TypeAdapter(Handoff)
Read = TypeVar("Read")


def _card_or_none(value: Any) -> Card | None:
    return _read(_CARD, value, "card_left_out")


def _handoff_or_none(value: Any) -> Handoff | None:
    return _read(_HANDOFF, value, "handoff_left_out")


def _read(kind: TypeAdapter[Read], value: Any, event: str) -> Read | None:
    # What can't be shown must not take the answer's words with it.
    if value is None:
        return None
    try:
        return kind.validate_python(value)
    except ValidationError as error:
        log.warning(event, faults=sorted({fault["type"] for fault in error.errors(include_input=False)}))
        return None


OptionalCard = Annotated[Card | None, BeforeValidator(_card_or_none)]
OptionalHandoff = Annotated[Handoff | None, BeforeValidator(_handoff_or_none)]
