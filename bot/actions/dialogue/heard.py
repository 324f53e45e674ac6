"""One turn as the dialogue hears it: the words, what the model made of them, and who is speaking."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

Language = Literal["fr", "en"]
Channel = Literal["web", "voice"]

CONFIDENT = 0.55  # probability from which an intent may interrupt what is under way


@dataclass(frozen=True)
class Request:
    """One clause of a message that asks for an operation, or says not to do it."""

    intent: str
    text: str
    negated: bool = False


@dataclass(frozen=True)
class Heard:
    """A customer's turn. Identity (`session`, `profile`) comes from the gateway, never from the words."""

    text: str
    intent: str
    today: date  # in America/Toronto
    confidence: float = 1.0
    language: Language = "fr"
    channel: Channel = "web"
    turn_id: str = ""
    session: str | None = None
    profile: str | None = None
    choice: str | None = None  # the opaque value of the button pressed
    requests: tuple[Request, ...] = ()
    done: frozenset[str] = frozenset()  # operations that a person did meanwhile, told by the gateway

    @property
    def is_confident(self) -> bool:
        """Whether the intent may be acted on against what the bot was asking."""
        return self.confidence >= CONFIDENT

    @property
    def is_question(self) -> bool:
        """Whether the words end as a question."""
        return self.text.rstrip().endswith("?")

    @property
    def words(self) -> list[str]:
        """The words, for counting."""
        return re.findall(r"\w+", self.text)
