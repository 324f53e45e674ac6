"""Who answers in a conversation, as the customer may know it."""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from gateway.conversations.owners import place_in_queue
from gateway.conversations.records import Conversation
from gateway.desk.records import Rep


@dataclass(frozen=True)
class Standing:
    """The owner, the name of the rep who is it, and the place in the queue from 1."""

    owner: str
    rep: str | None = None
    place: int | None = None

    def to_json(self) -> dict[str, object]:
        """As it travels."""
        return {"owner": self.owner, "rep": self.rep, "place": self.place}


async def standing_of(session: AsyncSession, conversation: Conversation) -> Standing:
    """How the conversation stands now."""
    rep = None if conversation.rep_id is None else await session.get(Rep, conversation.rep_id)
    place = await place_in_queue(session, conversation)
    return Standing(conversation.owner, None if rep is None else rep.alias, place)
