"""What the dialogue remembers between turns; it is JSON in one slot of the conversation."""

from __future__ import annotations

from enum import StrEnum
from typing import Any
from uuid import uuid4

from pydantic import BaseModel, Field, ValidationError


class Stage(StrEnum):
    """Where an operation stands; `unknown`: it was sent, and no answer came back."""

    COLLECTING = "collecting"
    CONFIRMING = "confirming"
    FAILED = "failed"
    UNKNOWN = "unknown"


class Task(BaseModel):
    """One operation under way.

    `key` is the idempotency key of the summary last shown: it stays for every retry of that summary and
    changes when a value does, so that one yes is one operation.
    """

    operation: str
    id: str = Field(default_factory=lambda: uuid4().hex[:12])
    stage: Stage = Stage.COLLECTING
    values: dict[str, Any] = {}
    account_id: str | None = None
    asked: str | None = None
    offered: list[Any] = []  # what the buttons and "the second one" stand for
    unchecked: list[str] = []  # values kept while the backend could not be asked about them
    doubtful: list[str] = []  # values heard by telephone that were not yet read back and agreed to
    tries: dict[str, int] = {}
    missing: list[str] = []  # the values still to be asked for, for whoever takes over
    notes: dict[str, Any] = {}  # what an operation must remember besides its values
    opening: list[str] = []  # sentences said before the account was known, read again then
    key: str | None = None
    awaits_yes: bool = False  # whether the last words asked for the yes
    is_agreed: bool = False  # the summary of this key was answered with a yes
    may_be_done: bool = False  # it was sent once and no answer came, whatever was heard since

    @property
    def summary(self) -> str:
        """Names the summary last shown: a yes counts for that one only."""
        return (self.key or "")[:8]

    def forget(self, name: str) -> None:
        """Drop a value, and the agreement that rested on it."""
        self.values.pop(name, None)
        self.agree(name)
        self.unsettle()

    def fill(self, name: str, value: Any) -> None:
        """Keep a value, and drop the agreement that rested on the old one."""
        if self.values.get(name) != value:
            self.values[name] = value
            self.unsettle()
        self.tries.pop(name, None)

    def keep_words(self, text: str) -> None:
        """Words to read again once the customer's data can tell more of them, the last said first."""
        if text and text not in self.opening:
            self.opening.insert(0, text)

    def doubt(self, name: str) -> None:
        """A value may have been misheard: it is read back before it counts."""
        if name not in self.doubtful:
            self.doubtful.append(name)

    def agree(self, name: str) -> None:
        """A value is as the customer said it."""
        self.doubtful = [doubted for doubted in self.doubtful if doubted != name]

    def unsettle(self) -> None:
        """Back to collecting: what was summed up is no longer what would be done."""
        self.stage, self.key, self.is_agreed = Stage.COLLECTING, None, False


class State(BaseModel):
    """The operations under way, the last one being talked about, and those asked for in the same breath."""

    tasks: list[Task] = []
    waiting: list[tuple[str, str]] = []  # operation, the clause that asked for it
    profile: str | None = None
    offering_return: bool = False
    is_paused: bool = False  # the customer left; what is under way waits to be asked for

    @property
    def task(self) -> Task | None:
        """The operation being talked about."""
        return self.tasks[-1] if self.tasks else None


def load(raw: object) -> State:
    """The state as remembered; an unreadable one (from an older version) is an empty one."""
    if raw is None:
        return State()
    try:
        return State.model_validate(raw)
    except ValidationError:
        return State()


def dump(state: State) -> dict[str, Any]:
    """The state as JSON."""
    return state.model_dump(mode="json")
