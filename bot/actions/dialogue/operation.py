"""What an operation is: its slots, what it checks with the backend, how it sums up, what it does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from bot.actions.backend.models import Receipt
from bot.actions.dialogue.context import Context
from bot.actions.dialogue.reading import Faulty
from bot.actions.dialogue.saying import Choice, Saying
from bot.actions.dialogue.slots import Slot


class Refusal(Exception):  # noqa: N818 - it is an answer, not a fault
    """The operation can't be done, and what is said about it; it ends there."""

    def __init__(self, *sayings: Saying) -> None:
        super().__init__(sayings[0].key if sayings else "")
        self.sayings = sayings


class Operation:
    """One thing a customer can have done; subclasses are in `bot.actions.operations`.

    Methods may raise Refusal, and what the backend client raises (Refused, SignInNeeded, Unreachable,
    OutcomeUnknown): the dialogue turns each into words.
    """

    name: ClassVar[str]  # texts: phrase_op_<name>; intent: op_<name>
    slots: ClassVar[tuple[Slot, ...]] = ()
    needs_session: ClassVar[bool] = True
    needs_account: ClassVar[bool] = True
    confirms: ClassVar[bool] = True
    ends_all: ClassVar[bool] = False  # whether nothing else may stay under way once it is done
    blames: ClassVar[Mapping[str, str]] = {}  # refusal code of the backend -> the slot to ask again

    @property
    def intent(self) -> str:
        """The intent that begins it."""
        return f"op_{self.name}"

    @property
    def is_immediate(self) -> bool:
        """Whether it is done in the turn that asks for it, without leaving what is under way."""
        return not self.slots and not self.confirms

    def slot(self, name: str) -> Slot | None:
        """One of its slots."""
        return next((slot for slot in self.slots if slot.name == name), None)

    async def begin(self, context: Context) -> None:
        """Look at the account before anything is asked; raise Refusal when it can't be done at all."""

    async def read(self, context: Context) -> Mapping[str, Any]:
        """What only the backend's data can tell from this turn's words (a plan's name, a receipt).

        By slot: the value itself, or as readers answer (Found with its length, Ambiguous, Faulty).
        """
        return {}

    async def arrive(self, slot: Slot, context: Context) -> None:
        """Called before a slot is asked for the first time."""

    async def lead_in(self, slot: Slot, context: Context) -> Sequence[Saying]:
        """What to say before a slot's question, each time it is put."""
        return ()

    async def choices(self, slot: Slot, context: Context) -> Sequence[Choice]:
        """What to offer as buttons beside a question."""
        return ()

    async def check(self, slot: Slot, context: Context) -> Faulty | None:
        """What is wrong with a value just given; it is then asked for again."""
        return None

    async def preview(self, context: Context) -> Receipt | None:
        """The receipt as it would be: refused now rather than after the yes.

        What it finds may raise one more question: a slot that is needed from now on.
        """
        return None

    async def summary(self, context: Context, preview: Receipt | None) -> Saying:
        """What is about to be done; the question and its buttons are added."""
        raise NotImplementedError

    async def act(self, context: Context, key: str) -> Sequence[Saying]:
        """Do it, once for this idempotency key, and say what came of it.

        Nothing may be looked up after it is done: a look that fails would be told as nothing done.
        """
        raise NotImplementedError

    def wording(self, key: str, context: Context) -> str:
        """The text to use instead of one that says that nothing was done, where that is not known."""
        return key
