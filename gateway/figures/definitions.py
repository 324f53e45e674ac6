"""Every definition of a figure, and nothing else. What people read of them is in content/figures.yml.

A conversation counts on the day it began, and has one outcome. "Resolved" is claimed late and seldom: no
person was needed, the last thing asked was answered or done and not spoilt, and nobody came back in a week.
"""

import itertools
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from math import sqrt

from gateway.ledger.kinds import ACTS, ENDS, Kind
from gateway.ledger.records import Event

QUIET_AFTER = timedelta(minutes=30)  # a visit has ended
SETTLED_AFTER = timedelta(days=7)  # nobody came back about it

HELPS = frozenset({Kind.ANSWERED, Kind.OPERATION_DONE})
SPOILS = frozenset({Kind.NOT_UNDERSTOOD, Kind.TURNED_AWAY, Kind.FAILED, Kind.OPERATION_REFUSED})
PERSON_NEEDED = frozenset({Kind.HANDOFF_REQUESTED, Kind.HANDOFF_CLAIMED, Kind.TICKET_CREATED})
OPERATION_ENDS = frozenset({Kind.OPERATION_DONE, Kind.OPERATION_REFUSED, Kind.OPERATION_LEFT})


class Outcome(StrEnum):
    """What became of a conversation, in the order in which they are decided."""

    NOTHING_ASKED = "nothing_asked"
    HANDED_OVER = "handed_over"
    OPEN = "open"
    ABANDONED = "abandoned"
    UNRESOLVED = "unresolved"
    CAME_BACK = "came_back"
    RESOLVED_SO_FAR = "resolved_so_far"
    RESOLVED = "resolved"


SETTLED = frozenset(
    {
        Outcome.HANDED_OVER,
        Outcome.ABANDONED,
        Outcome.UNRESOLVED,
        Outcome.CAME_BACK,
        Outcome.RESOLVED,
    }
)
"""Of these a share can be told; the others may still become anything, or asked for nothing."""


def outcome_of(events: Sequence[Event], *, now: datetime, contacts: Sequence[datetime] = ()) -> Outcome:
    """The outcome of one conversation; `events` are all of it, `contacts` when the person came else."""
    acts = [event for event in events if event.kind in ACTS]
    kinds = {event.kind for event in events}
    if kinds & PERSON_NEEDED:
        return Outcome.HANDED_OVER
    if all(event.kind == Kind.TALKED for event in acts):
        return Outcome.NOTHING_ASKED
    if now < acts[-1].at + QUIET_AFTER:
        return Outcome.OPEN
    if [event.kind for event in events if event.kind in ACTS | ENDS][-1] == Kind.ABANDONED:
        return Outcome.ABANDONED
    helped = _last_help(events)
    if helped is None or _is_spoilt(events, helped):
        return Outcome.UNRESOLVED
    if _came_back(acts, events[helped].at, contacts):
        return Outcome.CAME_BACK
    is_settled = now >= events[helped].at + SETTLED_AFTER
    return Outcome.RESOLVED if is_settled else Outcome.RESOLVED_SO_FAR


def is_left(events: Sequence[Event]) -> bool:
    """Whether who went quiet now leaves something open: an operation, or a question that was not answered."""
    acts = [event for event in events if event.kind in ACTS]
    begun = Counter(event.operation for event in acts if event.kind == Kind.OPERATION_BEGUN)
    ended = Counter(event.operation for event in acts if event.kind in OPERATION_ENDS)
    if begun - ended:
        return True
    return bool(acts) and acts[-1].kind in (Kind.NOT_UNDERSTOOD, Kind.FAILED)


def share(part: int, whole: int) -> tuple[float, float, float] | None:
    """A share with the bounds it truly lies between 19 times out of 20 (Wilson); None of nothing."""
    if not whole:
        return None
    z, p = 1.96, part / whole
    middle = (p + z * z / (2 * whole)) / (1 + z * z / whole)
    reach = z * sqrt(p * (1 - p) / whole + z * z / (4 * whole * whole)) / (1 + z * z / whole)
    return p, max(0.0, middle - reach), min(1.0, middle + reach)


def _last_help(events: Sequence[Event]) -> int | None:
    return next((place for place in reversed(range(len(events))) if events[place].kind in HELPS), None)


def _is_spoilt(events: Sequence[Event], helped: int) -> bool:
    turn = events[helped].turn_id
    since = [event for event in events[helped + 1 :] if event.kind not in SPOILS or event.turn_id != turn]
    return any(event.kind in SPOILS for event in since) or _last_rating(events, helped) == "not_useful"


def _last_rating(events: Sequence[Event], helped: int) -> str | None:
    ratings = [event.reason for event in events[helped:] if event.kind == Kind.RATED]
    return ratings[-1] if ratings else None


def _came_back(acts: Sequence[Event], helped_at: datetime, contacts: Sequence[datetime]) -> bool:
    """Whether the person was here again within a week of being helped, in this conversation or in another."""
    first_help = next(act.at for act in acts if act.kind in HELPS)
    times = [act.at for act in acts if act.at >= first_help]
    gaps = [after - before for before, after in itertools.pairwise(times)]
    is_again = any(QUIET_AFTER <= gap <= SETTLED_AFTER for gap in gaps)
    return is_again or any(helped_at < contact <= helped_at + SETTLED_AFTER for contact in contacts)
