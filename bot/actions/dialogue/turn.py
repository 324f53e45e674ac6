"""One turn in the making: what is remembered, what was heard, what has been said so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.actions.dialogue.context import Context, Glance
from bot.actions.dialogue.heard import Heard
from bot.actions.dialogue.operation import Operation
from bot.actions.dialogue.saying import Button, Choice, Saying, phrase
from bot.actions.dialogue.state import State, Task

FAQ = "faq_"


@dataclass
class Turn:
    """The steps of the dialogue read and write it; `operations` is everything that can be done, by name."""

    state: State
    heard: Heard
    glance: Glance | None
    operations: Mapping[str, Operation]
    said: list[Saying] = field(default_factory=list)
    answers: bool = False  # whether these words may hold values only the backend's data can tell

    @property
    def task(self) -> Task:
        """The operation being talked about; there must be one."""
        task = self.state.task
        assert task is not None, "nothing is under way"
        return task

    @property
    def operation(self) -> Operation:
        """What the task does."""
        return self.operations[self.task.operation]

    @property
    def context(self) -> Context:
        """What the operation works with."""
        return Context(self.task, self.heard, self.glance)

    def by_intent(self, intent: str) -> Operation | None:
        """The operation that an intent begins."""
        return self.operations.get(intent.removeprefix("op_")) if intent.startswith("op_") else None

    def say(self, *sayings: Saying) -> None:
        """Add utterances to the answer."""
        self.said.extend(sayings)

    def tell(self, key: str, *, buttons: tuple[Button, ...] = (), **values: Any) -> None:
        """Add one utterance with values and buttons."""
        self.say(Saying(key, values, buttons))

    def offer(self, choices: list[Choice]) -> tuple[Button, ...]:
        """Buttons for the values of what is asked; "the second one" means the same list."""
        self.task.offered = [choice.value for choice in choices]
        return tuple(
            Button(choice.label, f"{self.task.id}:value:{index}") for index, choice in enumerate(choices)
        )

    def control(self, name: str) -> Button:
        """A button about the task itself: yes, change, cancel, retry, keep, drop ..."""
        return Button(phrase(f"phrase_button_{name}"), f"{self.task.id}:{name}")

    def control_for(self, slot: str) -> Button:
        """A button that asks for one value again."""
        return Button(phrase(f"phrase_{slot}"), f"{self.task.id}:slot:{slot}")


def named(operation: Operation) -> Any:
    """What an operation is called in a sentence."""
    return phrase(f"phrase_op_{operation.name}")
