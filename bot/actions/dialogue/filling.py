"""Fills the values of the operation being talked about from what was said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.actions.backend.errors import BackendFault
from bot.actions.dialogue.context import Context
from bot.actions.dialogue.cues import says
from bot.actions.dialogue.heard import Heard
from bot.actions.dialogue.operation import Operation
from bot.actions.dialogue.reading import Ambiguous, Faulty, Found, Read
from bot.actions.dialogue.saying import Choice, Saying
from bot.actions.dialogue.slots import Slot
from bot.actions.dialogue.state import Task
from bot.actions.dialogue.turn import Turn
from bot.entities import Entity, Kind, Reading, extract, find


@dataclass(frozen=True)
class Reads:
    """What a message says about each slot of an operation."""

    by_slot: Mapping[str, Read]
    ordinal: int | None = None

    @property
    def found(self) -> dict[str, Found]:
        """The slots with a value."""
        return {name: read for name, read in self.by_slot.items() if isinstance(read, Found)}

    @property
    def are_weak(self) -> bool:
        """Whether any other words would have been read as well."""
        return bool(self.found) and all(read.is_weak for read in self.found.values())

    def says_something(self) -> bool:
        """Whether any value is there, good or not."""
        return any(read is not None for read in self.by_slot.values()) or self.ordinal is not None

    def repeat(self, values: Mapping[str, Any]) -> bool:
        """Whether they are what is known already."""
        return all(isinstance(read, Found) and values.get(name) == read.value for name, read in self._said())

    def _said(self) -> list[tuple[str, Read]]:
        return [(name, read) for name, read in self.by_slot.items() if read is not None]

    def covers(self, heard: Heard) -> bool:
        """Whether the values are at least half of the message."""
        return sum(read.length for read in self.found.values()) * 2 >= len(heard.text.strip())


def read_values(operation: Operation, task: Task, heard: Heard, *, asked: str | None) -> Reads:
    """Every value in the words; `asked` is the slot whose question they may answer."""
    slot = operation.slot(asked) if asked else None
    entities = _entities(operation, heard, _kind_asked(slot, task))
    by_slot = {
        one.name: one.reader.read(heard, entities, task.values.get(one.name), is_asked=one is slot)
        for one in operation.slots
    }
    ordinals = find(entities, Kind.ORDINAL)
    return Reads(by_slot, ordinals[0].value if ordinals and task.offered else None)


def read_correction(operation: Operation, task: Task, heard: Heard) -> Reads:
    """Values in a message that corrects: a bare one ("non, le 15") is of the only kind that can read it."""
    reads = read_values(operation, task, heard, asked=None)
    agrees = heard.intent == "affirm" and not says("but", heard.text)
    if reads.says_something() or agrees:
        return reads
    tried = [
        read_values(operation, task, heard, asked=slot.name)
        for slot in operation.slots
        if slot.name in task.values
    ]
    able = [one for one in tried if one.found and not all(_is_free(operation, name) for name in one.found)]
    return able[0] if len(able) == 1 else reads


def _is_free(operation: Operation, name: str) -> bool:
    slot = operation.slot(name)
    return slot is None or slot.reader.kind is None


def _kind_asked(slot: Slot | None, task: Task) -> Kind | None:
    """What a bare answer is; beside buttons it may be the place of one of them (the second of two dates)."""
    kind = slot.reader.kind if slot else None
    if (
        slot is not None
        and slot.name in task.values
        and slot.missing(task.values[slot.name]) == "postal_code"
    ):
        return Kind.POSTAL_CODE
    is_place = kind is None or (kind == Kind.DATE and len(task.offered) > 1)
    return Kind.ORDINAL if is_place and task.offered else kind


def _entities(operation: Operation, heard: Heard, asked: Kind | None) -> Sequence[Entity]:
    directions = [one.reader.direction for one in operation.slots if one.reader.direction]
    reading = Reading(
        today=heard.today,
        asked=asked,
        direction=directions[0] if directions else None,
        aloud=heard.channel == "voice",
    )
    return extract(heard.text, heard.language, reading)


async def fill(turn: Turn, reads: Reads) -> bool:
    """Keep the values that hold; say what is wrong with another. Whether the turn is answered by that.

    When the backend can't be asked about one of them, all are kept before that is told.
    """
    unclear: tuple[Slot, Ambiguous] | None = None
    wrong: tuple[Slot, Faulty] | None = None
    trouble: BackendFault | None = None
    for name, read in reads.by_slot.items():
        slot = turn.operation.slot(name)
        if slot is None or read is None:
            continue
        if isinstance(read, Ambiguous):
            unclear = unclear or (slot, read)
            continue
        old = turn.task.values.get(name)
        try:
            fault = read if isinstance(read, Faulty) else await _keep(turn, slot, read.value)
        except BackendFault as met:
            trouble, fault = met, None
        _doubt(turn, slot, old)
        if fault is not None:
            wrong = wrong or (slot, fault)
    if trouble is not None:
        raise trouble
    if wrong is not None:
        _fault(turn, *wrong)
    elif unclear is not None:
        _ask_which(turn, *unclear)
        return True
    return False


async def _keep(turn: Turn, slot: Slot, value: Any) -> Faulty | None:
    """Keep a value that holds, or can't be checked now; else what is wrong, and then nothing has changed."""
    task = turn.task
    trial = task.model_copy(update={"values": {**task.values, slot.name: value}})
    try:
        fault = await _check(turn, slot, replace(turn.context, task=trial))
    except BackendFault:
        task.fill(slot.name, value)
        task.unchecked.append(slot.name)
        raise
    if fault is None:
        task.fill(slot.name, value)
    return fault


async def _check(turn: Turn, slot: Slot, context: Context) -> Faulty | None:
    """What the operation finds wrong with a value; values wait for the account before they are checked."""
    if turn.operation.needs_session and not is_ready(turn):
        return None
    return await turn.operation.check(slot, context)


def is_ready(turn: Turn) -> bool:
    """Whether the customer's data can be looked at for this task."""
    return turn.glance is not None and bool(turn.task.account_id or not turn.operation.needs_account)


async def with_data(turn: Turn, reads: Reads, heard: Heard) -> Reads:
    """Add what only the backend's data can tell from these words."""
    if not heard.text or not is_ready(turn):
        return reads
    try:
        said = await turn.operation.read(replace(turn.context, heard=heard))
    except BackendFault:
        await _keep_for_later(turn, reads, heard)
        raise
    found = {name: _as_read(read) for name, read in said.items()}
    new = {name: read for name, read in found.items() if not _is_known(turn.task, name, read)}
    return replace(reads, by_slot={**reads.by_slot, **new})


async def _keep_for_later(turn: Turn, reads: Reads, heard: Heard) -> None:
    """The words are read again when the backend answers; what they tell by themselves is kept now."""
    turn.task.keep_words(heard.text)
    await fill(turn, reads)


def _doubt(turn: Turn, slot: Slot, old: Any) -> None:
    """What is said letter by letter on the telephone may have been misheard."""
    new = turn.task.values.get(slot.name)
    if turn.heard.channel != "voice" or new is None:
        return
    said = slot.reader.read_back(new)
    if said is not None and (old is None or said != slot.reader.read_back(old)):
        turn.task.doubt(slot.name)


def _is_known(task: Task, name: str, read: Read) -> bool:
    return isinstance(read, Found) and name in task.values and task.values[name] == read.value


def _as_read(said: Any) -> Read:
    return said if isinstance(said, Found | Ambiguous | Faulty) else Found(said)


async def choose(turn: Turn, index: int) -> bool:
    """Take the offered value at an index (-1 is the last); False when there is none."""
    task = turn.task
    if not -len(task.offered) <= index < len(task.offered):
        return False
    value, name = task.offered[index], task.asked
    task.offered = []
    slot = turn.operation.slot(name) if name else None
    if name == "account":
        task.account_id = value
    elif slot is not None:
        fault = await _keep(turn, slot, value)
        if fault is not None:
            _fault(turn, slot, fault)
    return True


async def reread_opening(turn: Turn) -> bool:
    """Read once more, now that the account is known, the sentences that began the task; check what was not.

    Whether a question was put about one of their values.
    """
    task, texts = turn.task, turn.task.opening
    for slot in turn.operation.slots:
        if (texts or slot.name in task.unchecked) and slot.name in task.values:
            fault = await _check(turn, slot, turn.context)
            if fault is not None:
                task.forget(slot.name)
                _fault(turn, slot, fault)
    task.unchecked = []
    for text in texts:
        heard = replace(turn.heard, text=text, intent=turn.operation.intent)
        said = (await with_data(turn, Reads({}), heard)).by_slot
        new = Reads({name: read for name, read in said.items() if name not in task.values})
        if await fill(turn, new):
            task.opening = []
            return True
    task.opening = []
    return False


async def fill_from_data(turn: Turn) -> bool:
    """Take what only the backend's data can tell from this turn's words; whether a question was put."""
    if not turn.answers:
        return False
    turn.answers = False
    return await fill(turn, await with_data(turn, Reads({}), turn.heard))


def _ask_which(turn: Turn, slot: Slot, read: Ambiguous) -> None:
    turn.task.asked = slot.name
    buttons = turn.offer([Choice(value, value) for value in read.values])
    turn.say(Saying("utter_which_value", {"any": {"any": list(read.values)}}, buttons))


def _fault(turn: Turn, slot: Slot, fault: Faulty) -> None:
    """Say what is wrong; the question itself follows when the dialogue goes on."""
    turn.task.asked = slot.name
    turn.say(Saying(f"utter_fault_{fault.code}", dict(fault.values), links=fault.links))
    turn.task.tries[slot.name] = turn.task.tries.get(slot.name, 0) + 1
