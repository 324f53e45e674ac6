"""Asks for what is missing, in order: signing in, the account, each value, and last the explicit yes."""

from __future__ import annotations

from uuid import uuid4

from bot.actions.dialogue.accounts import settle_account
from bot.actions.dialogue.ending import finish
from bot.actions.dialogue.filling import fill_from_data, reread_opening
from bot.actions.dialogue.saying import Button, Saying, phrase
from bot.actions.dialogue.slots import Slot
from bot.actions.dialogue.state import Stage
from bot.actions.dialogue.turn import Turn, named
from bot.entities import Kind

# What a value is called where only its shape matters; every other one is plain text.
_SHAPES = {
    Kind.DATE: "date",
    Kind.AMOUNT: "amount",
    Kind.ACCOUNT_NUMBER: "account_number",
    Kind.POSTAL_CODE: "postal_code",
    Kind.ADDRESS: "address",
    Kind.EMAIL: "email",
}
SIGN_IN = "sign_in"
CONFIRM = "confirm"
READ_BACK = "read_back"
BEGUN = "begun"
ARRIVED = "arrived"
CHANGING = "changing"  # asked what to change; the next words may name it


async def advance(turn: Turn) -> None:
    """Ask the next question of the task being talked about, sum it up, or do it when no yes is needed."""
    while (task := turn.state.task) is not None and not turn.state.offering_return:
        if task.stage in (Stage.FAILED, Stage.UNKNOWN):
            offer_retry(turn)
            return
        if not await _ask_next(turn):
            return
        if turn.state.task is task:  # done without a yes
            await _do(turn)


async def _ask_next(turn: Turn) -> bool:
    """Whether nothing remains to be asked, not even a yes."""
    task, operation = turn.task, turn.operation
    if operation.needs_session and turn.glance is None:
        ask_sign_in(turn, "utter_sign_in_needed")
        return False
    if operation.needs_account and task.account_id is None and not await settle_account(turn):
        return False
    if BEGUN not in task.notes:
        await operation.begin(turn.context)
        task.notes[BEGUN] = True
    if await reread_opening(turn) or await fill_from_data(turn):
        return False
    doubted = due(turn)
    if doubted is not None:
        _read_back(turn, doubted)
        return False
    slot = await _next_slot(turn)
    if slot is not None:
        await ask(turn, slot)
        return False
    if operation.confirms:
        await sum_up(turn)
        return False
    return True


def due(turn: Turn) -> Slot | None:
    """The slot whose value must be read back before anything else is asked."""
    task = turn.task
    named = (turn.operation.slot(name) for name in task.doubtful)
    return next((slot for slot in named if slot is not None and slot.name in task.values), None)


def _read_back(turn: Turn, slot: Slot) -> None:
    task = turn.task
    task.asked, task.stage, task.offered = READ_BACK, Stage.COLLECTING, []
    values = {"value": slot.reader.read_back(task.values[slot.name])}
    turn.tell("utter_read_back", buttons=(turn.control("yes"), turn.control("no")), **values)


async def _do(turn: Turn) -> None:
    task = turn.task
    task.key = task.key or new_key()
    await look_ahead(turn)
    turn.say(*await turn.operation.act(turn.context, task.key))
    await finish(turn)


async def look_ahead(turn: Turn) -> None:
    """Look up what is told with a receipt before it exists: from then on no look may fail."""
    if turn.glance is not None and turn.operation.needs_session:
        await turn.glance.profile()


async def _next_slot(turn: Turn) -> Slot | None:
    """The first slot still to be asked; arriving at one may fill it."""
    task, operation = turn.task, turn.operation
    for slot in operation.slots:
        if slot.is_filled(task.values) or not slot.needed(task.values):
            continue
        if slot.name not in task.notes.setdefault(ARRIVED, []):
            await operation.arrive(slot, turn.context)
            task.notes[ARRIVED].append(slot.name)
        if not slot.is_filled(task.values):
            return slot
    return None


async def ask(turn: Turn, slot: Slot) -> None:
    """Put a slot's question, with its choices."""
    task = turn.task
    task.asked, task.stage = slot.name, Stage.COLLECTING
    turn.say(*await turn.operation.lead_in(slot, turn.context))
    choices = list(await turn.operation.choices(slot, turn.context))
    buttons = turn.offer(choices)
    values = {**task.values, **task.notes.get("said", {})}
    turn.say(Saying(f"utter_ask_{slot.question(task.values)}", values, buttons))


async def sum_up(turn: Turn) -> None:
    """Say what is about to be done and ask for the yes; the key is this summary's."""
    task, operation = turn.task, turn.operation
    preview = await operation.preview(turn.context)
    slot = await _next_slot(turn)
    if slot is not None:
        await ask(turn, slot)
        return
    turn.say(await operation.summary(turn.context, preview))
    task.asked, task.stage, task.offered = CONFIRM, Stage.CONFIRMING, []
    task.key = task.key or new_key()
    ask_yes(turn)


def ask_yes(turn: Turn) -> None:
    """The question that only a yes answers."""
    yes = Button(phrase("phrase_button_yes"), f"{turn.task.id}.{turn.task.summary}:yes")
    buttons = (yes, turn.control("change"), turn.control("cancel"))
    turn.tell("utter_confirm", buttons=buttons, what=named(turn.operation))


def ask_sign_in(turn: Turn, key: str) -> None:
    """Show the card that signs in beside the conversation."""
    turn.task.asked, turn.task.offered = SIGN_IN, []
    said = turn.operation.wording(key, turn.context)
    turn.say(
        Saying(said, {"what": named(turn.operation)}, (turn.control("cancel"),), card={"kind": "sign_in"})
    )


def ask_what_to_change(turn: Turn) -> None:
    """After a no, or a correction that names nothing: which value?"""
    task = turn.task
    known = [slot for slot in turn.operation.slots if slot.name in task.values]
    task.notes[CHANGING] = True
    buttons = tuple(turn.control_for(slot.name) for slot in known)
    turn.tell("utter_what_to_change", buttons=(*buttons, turn.control("cancel")), what=named(turn.operation))


async def ask_again(turn: Turn) -> None:
    """Put the question that is open once more, as after a digression."""
    task = turn.task
    if task.stage in (Stage.FAILED, Stage.UNKNOWN):
        offer_retry(turn)
    elif task.stage == Stage.CONFIRMING:
        ask_yes(turn)
    elif task.asked == SIGN_IN and turn.glance is None:
        ask_sign_in(turn, "utter_sign_in_waiting")
    else:
        await advance(turn)


def offer_retry(turn: Turn) -> None:
    """The backend did not answer: try again, leave it, or talk to a person."""
    is_unknown = turn.task.stage == Stage.UNKNOWN
    buttons = (turn.control("retry"),) if is_unknown else (turn.control("retry"), turn.control("cancel"))
    down = turn.operation.wording("utter_backend_down", turn.context)
    key = "utter_outcome_unknown" if is_unknown else down
    turn.say(Saying(key, {"what": named(turn.operation)}, buttons, intents=("op_human",)))


def new_key() -> str:
    """An idempotency key."""
    return uuid4().hex


def kind_asked(turn: Turn) -> str:
    """The shape of the answer that the last words wait for: a date, an amount, yes or no, a choice ..."""
    if turn.state.offering_return or _offers_yes(turn):
        return "yes_no"
    task = turn.task
    asked = due(turn) if task.asked == READ_BACK else turn.operation.slot(task.asked or "")
    slot = asked if task.stage == Stage.COLLECTING else None
    kind = slot.reader.kind if slot is not None else None
    part = slot.missing(task.values[slot.name]) if slot is not None and slot.name in task.values else None
    if part == "postal_code":
        return "postal_code"
    if kind in _SHAPES:
        return _SHAPES[kind]
    return "choice" if turn.said and turn.said[-1].buttons else "text"


def asks_yes(turn: Turn) -> bool:
    """Whether the last words ask for the yes to a summary."""
    return turn.task.stage == Stage.CONFIRMING and _offers_yes(turn)


def _offers_yes(turn: Turn) -> bool:
    buttons = turn.said[-1].buttons if turn.said else ()
    return any(button.choice.endswith(":yes") for button in buttons)
