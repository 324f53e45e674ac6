"""What a customer said, in the form it is stored and passed on in."""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from gateway.conversations.buttons import ButtonRef, ButtonSigner
from gateway.conversations.records import Conversation, InputKind, Message, Turn
from gateway.errors import GatewayError


@dataclass(frozen=True)
class Said:
    """Words, and for a button what pressing it means and where it stood; the payload stays in the house.

    `hint` is what the customer is told when something in the words was hidden before they were kept.
    """

    kind: InputKind
    text: str
    payload: str | None = None
    button: str | None = None
    hint: str | None = None

    def is_same_as(self, turn: Turn) -> bool:
        """Whether a stored turn says exactly this."""
        return (self.kind, self.text, self.button) == (turn.kind, turn.text, turn.button)


async def read_button(
    session: AsyncSession, signer: ButtonSigner, conversation: Conversation, token: str
) -> Said:
    """What pressing a button says; raises button_unknown for any token that isn't of this conversation."""
    ref = signer.read(conversation.id, token)
    button = None if ref is None else await _find_button(session, conversation, ref)
    if ref is None or button is None:
        raise GatewayError("button_unknown")
    return Said(InputKind.BUTTON, text=button["title"], payload=button["payload"], button=str(ref))


async def _find_button(
    session: AsyncSession, conversation: Conversation, ref: ButtonRef
) -> dict[str, str] | None:
    message = await session.get(Message, (conversation.id, ref.seq))
    buttons: list[dict[str, str]] = [] if message is None else message.extras.get("buttons", [])
    return buttons[ref.index] if ref.index < len(buttons) else None
