"""Receipts: the latest ones, one of them by e-mail again, and taking an operation back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from bot.actions.backend.errors import Refused
from bot.actions.backend.models import Line, Receipt
from bot.actions.dialogue.context import Context
from bot.actions.dialogue.cues import named, says
from bot.actions.dialogue.heard import Heard
from bot.actions.dialogue.operation import Operation, Refusal
from bot.actions.dialogue.reading import EntityReader, Faulty, Read
from bot.actions.dialogue.saying import Choice, Saying, Value, day, email, lines, phrase
from bot.actions.dialogue.slots import Slot
from bot.actions.operations.done import told
from bot.entities import Entity, Kind
from bot.entities.mask import mask_email

RECEIPT, UNDONE = "receipt", "undone"
SHOWN, OFFERED = 5, 4
ON_PAGE = ("payment", "autopay_start")

# What customers call an operation -> the operations of the backend.
TOPICS = {
    "did_address": ("address_change", "address_schedule", "address_reschedule", "address_schedule_cancel"),
    "did_plan": ("plan_change",),
    "did_payment": ("payment_report", "payment", "refund", "autopay_start"),
    "did_ebill": ("ebill_enrol", "ebill_leave", "ebill_email_change"),
    "did_link": ("account_link",),
    "did_bill": ("bill_send",),
}

# The way back, when an operation can't be undone any more.
OPPOSITES = {
    "address_change": "op_change_address",
    "address_schedule": "op_change_address",
    "address_reschedule": "op_change_address",
    "plan_change": "op_switch_plan",
    "ebill_enrol": "op_leave_ebill",
    "ebill_leave": "op_enrol_ebill",
    "ebill_email_change": "op_change_ebill_email",
}


class ReceiptNumberReader(EntityReader):
    """Twelve digits."""

    kind = Kind.RECEIPT_NUMBER

    def read(self, heard: Heard, entities: Sequence[Entity], old: Any, *, is_asked: bool) -> Read:
        """A number of another length is told as such."""
        found = super().read(heard, entities, old, is_asked=is_asked)
        return Faulty("receipt_length") if isinstance(found, Faulty) else found

    def typed(self, value: str) -> Any:
        """Said in groups."""
        return _number(value)


class Receipts(Operation):
    """The latest receipts of the profile."""

    name = "receipts"
    needs_account = False
    confirms = False

    async def act(self, context: Context, key: str) -> Sequence[Saying]:
        """One line each."""
        latest = (await context.seen.receipts())[:SHOWN]
        if not latest:
            return [Saying("utter_no_receipt")]
        can_undo = any(receipt.undo.possible for receipt in latest)
        rows = lines([_named("phrase_receipt_row", receipt, context) for receipt in latest])
        intents = ("op_send_receipt", "op_undo") if can_undo else ("op_send_receipt",)
        return [Saying("utter_receipts", {"rows": rows}, intents=intents)]


class _OneReceipt(Operation):
    """Something done with one of the customer's receipts."""

    needs_account = False
    about: ClassVar[str]  # the slot of the receipt
    nothing: ClassVar[str]  # what is said when there is no such receipt

    async def possible(self, context: Context) -> list[Receipt]:
        """Those it can be done with, the newest first."""
        raise NotImplementedError

    async def receipt(self, context: Context) -> Receipt:
        """The one that the task is about."""
        number = context.values[self.about]["number"]
        known = [one for one in await context.seen.receipts() if one.number == number]
        return known[0] if known else await context.customer.receipt(number)

    async def read(self, context: Context) -> Mapping[str, Any]:
        """The latest one, or the latest of a topic."""
        receipts = [one for one in await context.seen.receipts() if _is_by_customer(one)]
        topics, text = named(tuple(TOPICS), context.heard.text), context.heard.text
        if len(topics) == 1:
            receipts = [one for one in receipts if one.operation in TOPICS[topics[0]]]
        elif topics or not says("latest", text):
            return {}
        return {self.about: _number(_standing(receipts).number)} if receipts else {}

    async def check(self, slot: Slot, context: Context) -> Faulty | None:
        """A number must be of one's own receipts; anybody else's is not found."""
        try:
            await self.receipt(context)
        except Refused as refused:
            if refused.code != "receipt_not_found":
                raise
            return Faulty("receipt_not_found")
        return None

    async def arrive(self, slot: Slot, context: Context) -> None:
        """The only one possible needs no question unless another was meant; without any there is none."""
        possible = await self.possible(context)
        if not possible:
            raise Refusal(Saying(self.nothing, intents=("op_receipts", "op_human")))
        if len(possible) == 1 and not context.task.tries.get(self.about):
            context.task.fill(self.about, _number(possible[0].number))

    async def choices(self, slot: Slot, context: Context) -> Sequence[Choice]:
        """The latest, the newest at the end: that is what "the last one" means."""
        newest = reversed((await self.possible(context))[:OFFERED])
        return [Choice(_named("phrase_receipt_choice", one, context), _number(one.number)) for one in newest]


class SendReceipt(_OneReceipt):
    """A receipt by e-mail once more, to the profile's own address only: no yes is needed."""

    name = "send_receipt"
    about = RECEIPT
    slots = (Slot(RECEIPT, ReceiptNumberReader()),)
    blames: ClassVar = {"receipt_not_found": RECEIPT}
    nothing = "utter_no_receipt"
    confirms = False

    async def possible(self, context: Context) -> list[Receipt]:
        """All of them."""
        return await context.seen.receipts()

    async def act(self, context: Context, key: str) -> Sequence[Saying]:
        """Send it."""
        profile = await context.seen.profile()
        receipt = await context.customer.email_receipt(context.values[RECEIPT]["number"], key=key)
        values = {"title": _title(receipt, context), "to": email(mask_email(profile.email))}
        return [await told("utter_done_send_receipt", receipt, context, **values)]


class Undo(_OneReceipt):
    """Takes an operation back while that is possible; after that, says why not and what else to do."""

    name = "undo"
    about = UNDONE
    slots = (Slot(UNDONE, ReceiptNumberReader()),)
    blames: ClassVar = {"receipt_not_found": UNDONE}
    nothing = "utter_nothing_to_undo"

    async def possible(self, context: Context) -> list[Receipt]:
        """Those that may still be taken back."""
        return [receipt for receipt in await context.seen.receipts() if receipt.undo.possible]

    async def preview(self, context: Context) -> Receipt:
        """As the backend would do it."""
        return await self._undo(context, key="", preview=True)

    async def summary(self, context: Context, preview: Receipt | None) -> Saying:
        """Which operation, and what will be as before."""
        assert preview is not None
        undone = await self.receipt(context)
        rows = [_row(line, context) for line in preview.words.lines if line.after not in (None, line.before)]
        values = {"operation": _named("phrase_receipt_choice", undone, context), "rows": lines(rows)}
        return Saying("utter_sum_undo", values)

    async def act(self, context: Context, key: str) -> Sequence[Saying]:
        """Take it back."""
        title = _title(await self.receipt(context), context)
        receipt = await self._undo(context, key=key)
        return [await told("utter_done_undo", receipt, context, title=title)]

    async def _undo(self, context: Context, *, key: str, preview: bool = False) -> Receipt:
        number = context.values[UNDONE]["number"]
        try:
            return await context.customer.undo(number, key=key, preview=preview)
        except Refused as refused:
            if not refused.code.startswith("undo_"):
                raise
            raise _too_late(refused, await self.receipt(context), context) from refused


def _too_late(refused: Refused, receipt: Receipt, context: Context) -> Refusal:
    """Why not, and what else to do; an operation that is never undone says so on its receipt."""
    language, title = context.heard.language, _title(receipt, context)
    intents = (OPPOSITES.get(receipt.operation, "op_human"), "op_receipts")
    if refused.code == "undo_not_possible":
        how = {"title": title, "next": {language: receipt.words.undo}}
        return Refusal(Saying("utter_never_undone", how, intents=intents))
    values = {"title": title, "why": refused.message, "next": refused.next_step}
    return Refusal(Saying("utter_cannot_undo", values, intents=intents))


def _is_by_customer(receipt: Receipt) -> bool:
    """Whether the customer did it; what is done on the payment page, the provider tells."""
    return receipt.actor == "customer" or receipt.operation in ON_PAGE


def _standing(receipts: Sequence[Receipt]) -> Receipt:
    """The newest that still stands, else the newest that is not the undoing of another, else the newest."""
    done = [one for one in receipts if not one.undoes]
    return next((one for one in done if not one.undone_by), (done or list(receipts))[0])


def _named(key: str, receipt: Receipt, context: Context) -> Value:
    on, number = day(receipt.done_on), _number(receipt.number)
    return phrase(key, title=_title(receipt, context), date=on, number=number)


def _title(receipt: Receipt, context: Context) -> Value:
    return {context.heard.language: receipt.words.title}


def _row(line: Line, context: Context) -> Value:
    language = context.heard.language
    now = {language: line.before} if line.before else phrase("phrase_none")
    return phrase("phrase_undo_row", label={language: line.label}, back={language: line.after}, now=now)


def _number(number: str) -> Value:
    return {"number": number}


OPERATIONS = (Receipts(), SendReceipt(), Undo())
