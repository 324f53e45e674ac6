"""Payments made elsewhere and reported here (FAQ why_report_payment, reported_payment_on_bill)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, ClassVar

from bot.actions.backend.errors import Refused
from bot.actions.backend.models import Receipt
from bot.actions.dialogue.accounts import label
from bot.actions.dialogue.context import Context
from bot.actions.dialogue.cues import says
from bot.actions.dialogue.heard import Heard
from bot.actions.dialogue.operation import Operation, Refusal
from bot.actions.dialogue.reading import AmountReader, DateReader, Faulty, Found, MethodReader, Read, Reader
from bot.actions.dialogue.saying import Choice, Saying, Value, day, phrase
from bot.actions.dialogue.slots import Slot
from bot.actions.operations.done import told
from bot.entities import Entity, Kind
from bot.entities.cards import has_card_number

AMOUNT, PAID_ON, METHOD, REFERENCE = "amount", "paid_on", "method", "reference"
ANOTHER = "another"
LIKE = "like"  # what it was that looked like a payment reported before
YES, NO = "yes", "no"

OLDEST = timedelta(days=60)
LARGEST_CENTS = 5_000_000
METHODS = ("bank", "online_banking", "cheque", "card", "in_person", "other")
NO_REFERENCE = ""
_OTHER_VALUES = (Kind.AMOUNT, Kind.DATE, Kind.METHOD)
_TOKEN = re.compile(r"\w[\w-]*")
_SHORTEST, _LONGEST = 4, 80  # characters of a reference


class ReferenceReader(Reader):
    """The number on the bank's confirmation: after its name anywhere, or by itself when asked for."""

    def read(self, heard: Heard, entities: Sequence[Entity], old: Any, *, is_asked: bool) -> Read:
        """The token with a digit; words alone only when asked; never a card's number."""
        if has_card_number(heard.text):
            return Faulty("card_number")
        if is_asked and says("no_reference", heard.text):
            return Found(NO_REFERENCE, len(heard.text))
        tokens = _numbers_in(heard.text, entities, is_asked=is_asked)
        if tokens:
            return Found(tokens[0], len(heard.text) if is_asked else len(tokens[0]))
        text = " ".join(heard.text.split())
        if not is_asked or not 0 < len(text) <= _LONGEST or _holds_values(entities):
            return None
        return Found(text, len(text), is_weak=True)


class PaidByReader(MethodReader):
    """How a payment was made; "another payment" is no other method."""

    def read(self, heard: Heard, entities: Sequence[Entity], old: Any, *, is_asked: bool) -> Read:
        """The method; unless asked for it, what is spoken of as a payment is none."""
        said = entities if is_asked else _without_other(heard, entities)
        return super().read(heard, said, old, is_asked=is_asked)


class AnotherReader(Reader):
    """Whether it is another payment than the one it looks like."""

    takes_no = True

    def read(self, heard: Heard, entities: Sequence[Entity], old: Any, *, is_asked: bool) -> Read:
        """In words, or by a bare yes or no."""
        if not is_asked or _holds_values(_without_other(heard, entities)):
            return None
        if says("not_same_payment", heard.text):
            return Found(YES, len(heard.text))
        same, other = says("same_payment", heard.text), says("another_payment", heard.text)
        if same or other:
            return Found(NO if same else YES, len(heard.text)) if same != other else None
        answers = {"affirm": YES, "deny": NO}
        return Found(answers[heard.intent], len(heard.text)) if heard.intent in answers else None


def _looks_reported(values: Mapping[str, Any]) -> bool:
    """Whether this looks like a payment reported before; not any more once it was corrected."""
    return bool(values.get(LIKE) == _what(values))


def _what(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: values.get(name) for name in (AMOUNT, PAID_ON, METHOD)}


class ReportPayment(Operation):
    """FAQ reported_payment_confirmation: received and being processed, under a number."""

    name = "report_payment"
    slots = (
        Slot(AMOUNT, AmountReader()),
        Slot(PAID_ON, DateReader("past")),
        Slot(METHOD, PaidByReader()),
        Slot(REFERENCE, ReferenceReader(), is_optional=True),
        Slot(ANOTHER, AnotherReader(), needed=_looks_reported),
    )
    blames: ClassVar = {
        "amount_invalid": AMOUNT,
        "payment_date_future": PAID_ON,
        "payment_date_too_old": PAID_ON,
    }

    async def choices(self, slot: Slot, context: Context) -> Sequence[Choice]:
        """The methods; no reference; another payment or the same."""
        if slot.name == METHOD:
            return [Choice(phrase(f"phrase_button_{code}"), method(code)) for code in METHODS]
        if slot.name == REFERENCE:
            return [Choice(phrase("phrase_button_no_reference"), NO_REFERENCE)]
        if slot.name == ANOTHER:
            return [Choice(phrase(f"phrase_button_another_{answer}"), answer) for answer in (YES, NO)]
        return ()

    async def check(self, slot: Slot, context: Context) -> Faulty | None:
        """Dates and amounts that would be refused; a payment reported before is not reported again."""
        if slot.name == ANOTHER and context.values[ANOTHER] == NO:
            raise Refusal(Saying("utter_same_payment", context.task.notes["said"]))
        if slot.name == AMOUNT and context.values[AMOUNT]["cents"] > LARGEST_CENTS:
            return Faulty("amount_too_large", {"largest": {"cents": LARGEST_CENTS}})
        if slot.name != PAID_ON:
            return None
        if _paid_on(context) > context.heard.today:
            return Faulty("date_future")
        oldest = context.heard.today - OLDEST
        return Faulty("paid_too_long_ago", {"oldest": day(oldest)}) if _paid_on(context) < oldest else None

    async def preview(self, context: Context) -> Receipt | None:
        """One that looks reported before raises a question; the very same one is refused, with its number."""
        try:
            return await self._report(context, key="", preview=True)
        except Refused as refused:
            if refused.code == "payment_already_reported":
                raise Refusal(Saying("utter_already_reported", _known(refused))) from None
            if refused.code != "payment_looks_reported":
                raise
            _ask_whether_another(context, refused)
        return None

    async def summary(self, context: Context, preview: Receipt | None) -> Saying:
        """What will be reported, on which account."""
        said = {name: context.values[name] for name in (AMOUNT, PAID_ON, METHOD, REFERENCE)}
        values = {**said, "account": label(await context.summary())}
        key = "utter_sum_report_payment"
        return Saying(f"{key}_with_reference" if context.values[REFERENCE] else key, values)

    async def act(self, context: Context, key: str) -> Sequence[Saying]:
        """Report it; for an account in arrears the services are safe meanwhile."""
        now = await context.summary()
        receipt = await self._report(context, key=key)
        is_held = now.balance.is_overdue and now.status == "active"
        done = "utter_done_report_payment_overdue" if is_held else "utter_done_report_payment"
        return [await told(done, receipt, context, amount=context.values[AMOUNT])]

    async def _report(self, context: Context, *, key: str, preview: bool = False) -> Receipt:
        values = context.values
        return await context.customer.report_payment(
            context.account_id,
            values[AMOUNT]["cents"],
            _paid_on(context),
            values[METHOD]["code"],
            values[REFERENCE],
            confirm_duplicate=_looks_reported(values) and values.get(ANOTHER) == YES,
            key=key,
            preview=preview,
        )


def method(code: str) -> Value:
    """A method as it is remembered and said."""
    return {**phrase(f"phrase_method_{code}"), "code": code}


def _ask_whether_another(context: Context, refused: Refused) -> None:
    """Remember what looks reported: from now on whether it is another payment must be known."""
    context.task.notes["said"] = _known(refused)
    context.task.forget(ANOTHER)
    context.task.fill(LIKE, _what(context.values))


def _known(refused: Refused) -> dict[str, Value]:
    """The payment reported before, as the refusal tells it."""
    code = refused.fields.get("method")
    return {
        "known_number": {"number": str(refused.fields.get("receipt_number", ""))},
        "known_method": phrase(f"phrase_method_{code if code in METHODS else 'other'}"),
    }


def _paid_on(context: Context) -> date:
    return date.fromisoformat(context.values[PAID_ON]["date"])


def _without_other(heard: Heard, entities: Sequence[Entity]) -> Sequence[Entity]:
    """Without the "other" method where the words speak of another payment."""
    if not says("another_payment", heard.text):
        return entities
    return [entity for entity in entities if entity.kind != Kind.METHOD or entity.value != "other"]


def _holds_values(entities: Sequence[Entity]) -> bool:
    return any(entity.kind in _OTHER_VALUES for entity in entities)


def _numbers_in(text: str, entities: Sequence[Entity], *, is_asked: bool) -> list[str]:
    """What may be a reference: a token with a digit that is no other value, after the word for one."""
    taken = [range(one.start, one.end) for one in entities if one.kind in _OTHER_VALUES]
    found, is_named = [], is_asked
    for token in _TOKEN.finditer(text):
        is_free = not any(token.start() in place for place in taken)
        is_number = any(char.isdigit() for char in token[0]) and _SHORTEST <= len(token[0]) <= _LONGEST
        if is_named and is_free and is_number:
            found.append(token[0])
        is_named = is_named or says("slot_reference", token[0])
    return found


OPERATIONS = (ReportPayment(),)
