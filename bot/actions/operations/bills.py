"""A monthly bill once more, the way bills travel now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from bot.actions.backend.models import Bill, Receipt
from bot.actions.dialogue.context import Context
from bot.actions.dialogue.cues import named, says
from bot.actions.dialogue.operation import Operation, Refusal
from bot.actions.dialogue.reading import ChosenReader
from bot.actions.dialogue.saying import Choice, Saying, Value, cents, day, email, phrase
from bot.actions.dialogue.slots import Slot
from bot.actions.operations.address import written
from bot.actions.operations.done import told

BILL = "bill"
MONTHS = tuple(f"month_{month}" for month in range(1, 13))
OFFERED = 4
YEAR = 12  # bills


class ResendBill(Operation):
    """FAQ ebill_deleted: by e-mail to the e-bill’s address, or on paper to the billing address."""

    name = "resend_bill"
    slots = (Slot(BILL, ChosenReader()),)
    blames: ClassVar = {"bill_not_found": BILL}

    async def begin(self, context: Context) -> None:
        """There must be a bill."""
        if not await _bills(context):
            raise Refusal(Saying("utter_no_bill", {"next_bill": day((await context.summary()).next_bill_on)}))

    async def read(self, context: Context) -> Mapping[str, Any]:
        """The latest one, or the one of a month."""
        text, bills = context.heard.text, await _bills(context)
        months = named(MONTHS, text)
        if months:
            found = [bill for bill in bills if f"month_{bill.issued_on.month}" in months]
        else:
            found = bills[:1] if says("latest", text) else []
        return {BILL: _chosen(found[0])} if len(found) == 1 else {}

    async def arrive(self, slot: Slot, context: Context) -> None:
        """The only bill needs no question."""
        bills = await _bills(context)
        if len(bills) == 1:
            context.task.fill(BILL, _chosen(bills[0]))

    async def choices(self, slot: Slot, context: Context) -> Sequence[Choice]:
        """The last ones, the newest at the end: that is what "the last one" means."""
        newest = (await _bills(context))[:OFFERED]
        return [Choice(_chosen(bill), _chosen(bill)) for bill in reversed(newest)]

    async def preview(self, context: Context) -> Receipt:
        """As the backend would do it."""
        return await self._send(context, key="", preview=True)

    async def summary(self, context: Context, preview: Receipt | None) -> Saying:
        """Which bill, and where it goes."""
        return Saying("utter_sum_resend_bill", {"bill": context.values[BILL], "way": await _way(context)})

    async def act(self, context: Context, key: str) -> Sequence[Saying]:
        """Send it."""
        way = await _way(context)
        receipt = await self._send(context, key=key)
        values = {"bill": context.values[BILL], "way": way}
        return [await told("utter_done_resend_bill", receipt, context, **values)]

    async def _send(self, context: Context, *, key: str, preview: bool = False) -> Receipt:
        bill_id = context.values[BILL]["id"]
        return await context.customer.send_bill(context.account_id, bill_id, key=key, preview=preview)


async def _bills(context: Context) -> list[Bill]:
    """Those of the last year, the newest first: a month is one of them at most."""
    return (await context.seen.bills(context.account_id))[:YEAR]


def _chosen(bill: Bill) -> Value:
    """A bill as it is remembered and said."""
    return {
        **phrase("phrase_bill_of", issued=day(bill.issued_on), total=cents(bill.total_cents)),
        "id": bill.id,
    }


async def _way(context: Context) -> Value:
    """How bills travel now, and to where."""
    now = await context.summary()
    if now.ebill.is_on:
        return phrase("phrase_by_email", to=email(now.ebill.email or ""))
    return phrase("phrase_by_post", address=written(now.billing_address))


OPERATIONS = (ResendBill(),)
