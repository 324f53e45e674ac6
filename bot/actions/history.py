"""Reads the conversation so far from the tracker's events: what was said last, where that turn led."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from faq import LANGUAGES

Event = dict[str, Any]

DEFAULT_LANGUAGE = "fr"
GIVEN = ("values", "choices", "links", "card")  # what an action may give with a key


@dataclass(frozen=True)
class Utterance:
    """One thing the bot said: its key, text and buttons as sent, and what an action gave with the key."""

    key: str | None
    text: str
    buttons: tuple[dict[str, str], ...]
    given: dict[str, Any] = field(default_factory=dict)


def language_of(slot: object) -> str:
    """The conversation's language; never empty."""
    return slot if isinstance(slot, str) and slot in LANGUAGES else DEFAULT_LANGUAGE


def previous_turn(events: Sequence[Event]) -> list[Event]:
    """What happened between the customer's message before this one and this one; empty at the first."""
    turns = _turns(events)
    next(turns, None)
    return next(turns, [])


def utterances(events: Sequence[Event]) -> list[Utterance]:
    """What the bot said in these events, in order."""
    return [
        Utterance(
            (event.get("metadata") or {}).get("utter_action"),
            event.get("text") or "",
            tuple((event.get("data") or {}).get("buttons") or ()),
            {name: value for name, value in (event.get("metadata") or {}).items() if name in GIVEN and value},
        )
        for event in events
        if event.get("event") == "bot"
    ]


def last_said(events: Sequence[Event], *, leaving_out: Sequence[str] = ()) -> list[Utterance]:
    """The last group of things the bot said before the message being answered, some keys left out."""
    for turn in _turns(events):
        said = [utterance for utterance in utterances(turn) if utterance.key not in leaving_out]
        if said:
            return said
    return []


def ran(events: Sequence[Event], *actions: str) -> bool:
    """Whether one of these actions ran in these events."""
    return any(event.get("event") == "action" and event.get("name") in actions for event in events)


def _turns(events: Sequence[Event]) -> Iterator[list[Event]]:
    """The events after each message of the customer, latest message first."""
    turn: list[Event] = []
    for event in reversed(events):
        if event.get("event") == "user":
            yield turn[::-1]
            turn = []
        else:
            turn.append(event)
    yield turn[::-1]
