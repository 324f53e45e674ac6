"""The questions that were missed, with their words as the desk may see them."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from gateway.conversations.records import Turn
from gateway.masking.find import Known, mask_text
from gateway.questions.groups import Missed
from gateway.questions.records import Miss
from gateway.settings import Language

MOST = 5000  # questions grouped at once, the newest


async def read_missed(
    session: AsyncSession,
    *,
    since: datetime,
    language: Language | None,
    labels: Mapping[Language, Mapping[str, str]],
    known: Known,
) -> list[Missed]:
    """The questions missed since then, the newest first, masked."""
    query = (
        select(Miss, Turn.text, Turn.seq)
        .join(Turn, Turn.id == Miss.turn_id)
        .where(Miss.at >= since)
        .order_by(Miss.at.desc())
        .limit(MOST)
    )
    if language is not None:
        query = query.where(Miss.language == language)
    return [
        Missed(
            conversation=str(miss.conversation_id),
            turn=str(miss.turn_id),
            seq=seq,
            language=miss.language,
            text=mask_text(text, labels[miss.language], known),
            reason=miss.reason,
            meant=miss.meant,
            at=miss.at,
        )
        for miss, text, seq in (await session.execute(query)).all()
    ]
