"""The proof of a deletion."""

import hashlib
import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from gateway.retention.records import Erasure


def prove(
    session: AsyncSession,
    ids: Sequence[uuid.UUID],
    counts: Mapping[str, int],
    *,
    cause: str,
    ordered_by: str,
    now: datetime,
    held: int = 0,
) -> Erasure:
    """Write the proof in the deletion's own transaction; `ids` are of the conversations deleted."""
    proof = Erasure(
        id=uuid.uuid4(),
        at=now,
        cause=cause,
        ordered_by=ordered_by,
        counts=dict(counts),
        held=held,
        digest=digest(ids),
    )
    session.add(proof)
    return proof


def digest(ids: Sequence[uuid.UUID]) -> str:
    """SHA-256 over the sorted ids, one a line; conversation ids are random and lead to nobody."""
    return hashlib.sha256("".join(f"{one}\n" for one in sorted(map(str, ids))).encode()).hexdigest()


def proof_json(proof: Erasure) -> dict[str, object]:
    """The proof as it is shown."""
    return {
        "id": str(proof.id),
        "at": proof.at.isoformat(),
        "cause": proof.cause,
        "ordered_by": proof.ordered_by,
        "counts": proof.counts,
        "held": proof.held,
        "digest": proof.digest,
    }
