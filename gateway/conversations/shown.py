"""What a customer may see of a stored message: not what buttons do, nor values by themselves."""

import uuid
from collections.abc import Mapping
from typing import Any

from pydantic import AwareDatetime, BaseModel

from gateway.conversations.buttons import ButtonRef, ButtonSigner
from gateway.conversations.records import Message, Sender
from gateway.settings import Language

VISIBLE_EXTRAS = ("key", "faq_id", "faq_version", "links", "card", "author")


class ShownButton(BaseModel):
    """A quick reply as the customer's program gets it."""

    token: str
    title: str


class ShownLink(BaseModel):
    """A link under a message."""

    title: str
    url: str


class ShownMessage(BaseModel):
    """One line of the transcript; fields that don't apply are left out."""

    seq: int
    sender: Sender
    text: str
    lang: Language
    created_at: AwareDatetime
    client_message_id: str | None = None
    key: str | None = None
    faq_id: str | None = None
    faq_version: str | None = None
    buttons: list[ShownButton] | None = None
    links: list[ShownLink] | None = None
    card: dict[str, Any] | None = None
    author: str | None = None
    useful: bool | None = None

    def to_json(self) -> dict[str, object]:
        """The message as it travels."""
        return self.model_dump(mode="json", exclude_none=True)


def show(
    message: Message,
    signer: ButtonSigner,
    rated: Mapping[int, bool],
    clients: Mapping[uuid.UUID, str],
) -> ShownMessage:
    """The public form of a stored message."""
    is_customer = message.sender == Sender.CUSTOMER
    buttons = _buttons(message, signer)
    return ShownMessage(
        seq=message.seq,
        sender=Sender(message.sender),
        text=message.text,
        lang=message.lang,
        created_at=message.created_at,
        client_message_id=clients.get(message.turn_id) if is_customer and message.turn_id else None,
        buttons=buttons or None,
        useful=rated.get(message.seq),
        **{name: message.extras[name] for name in VISIBLE_EXTRAS if name in message.extras},
    )


def _buttons(message: Message, signer: ButtonSigner) -> list[ShownButton]:
    titles = [button["title"] for button in message.extras.get("buttons", [])]
    return [
        ShownButton(token=signer.token(message.conversation_id, ButtonRef(message.seq, index)), title=title)
        for index, title in enumerate(titles)
    ]
