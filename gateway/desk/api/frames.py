"""The frames that a desk may send over its live connection."""

import uuid
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from gateway.desk.api.bodies import SayBody, TypingBody
from gateway.errors import GatewayError
from gateway.web.bodies import LARGEST_SEQ, Body, parse

Conversation = Annotated[uuid.UUID, Field(strict=False)]


class Follow(Body):
    """Show a conversation from the message after a number on."""

    type: Literal["follow"]
    conversation: Conversation
    after: Annotated[int, Field(ge=0, le=LARGEST_SEQ)] = 0


class Unfollow(Body):
    """Show it no more."""

    type: Literal["unfollow"]
    conversation: Conversation


class Say(SayBody):
    """Say something to the customer."""

    type: Literal["say"]
    conversation: Conversation


class Typing(TypingBody):
    """The rep is typing, or stopped."""

    type: Literal["typing"]
    conversation: Conversation


Frame = Follow | Unfollow | Say | Typing
_KINDS: dict[str, type[Frame]] = {"follow": Follow, "unfollow": Unfollow, "say": Say, "typing": Typing}


class Named(BaseModel):
    """What can be told of a frame before it is checked."""

    model_config = ConfigDict(extra="ignore")

    type: str


def read_frame(data: str) -> Frame:
    """The checked frame; raises invalid_json or invalid_request."""
    kind = _KINDS.get(parse(data, Named).type)
    if kind is None:
        raise GatewayError("invalid_request", {"type": "unknown"})
    return parse(data, kind)
