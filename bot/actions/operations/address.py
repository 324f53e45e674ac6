"""The billing address: change it now or from a date on, see and cancel what is scheduled."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from bot.actions.backend.models import Address, Receipt, Scheduled
from bot.actions.dialogue.context import Context
from bot.actions.dialogue.operation import Operation, Refusal
from bot.actions.dialogue.reading import AddressReader, DateReader, Faulty, missing_part
from bot.actions.dialogue.saying import Choice, Saying, Value, day, phrase
from bot.actions.dialogue.slots import Slot
from bot.actions.operations.done import told

ADDRESS, EFFECTIVE_ON = "address", "effective_on"


class ChangeAddress(Operation):
    """FAQ address_change_delay, effective_date: at once, or from a later date on."""

    name = "change_address"
    slots = (
        Slot(ADDRESS, AddressReader(), missing=missing_part),
        Slot(EFFECTIVE_ON, DateReader("future")),
    )
    blames: ClassVar = {
        "address_invalid": ADDRESS,
        "address_unchanged": ADDRESS,
        "effective_date_past": EFFECTIVE_ON,
        "effective_date_too_far": EFFECTIVE_ON,
    }

    async def choices(self, slot: Slot, context: Context) -> Sequence[Choice]:
        """The date may be today."""
        if slot.name != EFFECTIVE_ON:
            return ()
        return (Choice(phrase("phrase_at_once"), day(context.heard.today)),)

    async def check(self, slot: Slot, context: Context) -> Faulty | None:
        """A past date is refused before anything is summed up."""
        if slot.name == EFFECTIVE_ON and _date(context) < context.heard.today:
            return Faulty("date_past")
        return None

    async def preview(self, context: Context) -> Receipt:
        """As the backend would do it."""
        return await self._change(context, key="", preview=True)

    async def summary(self, context: Context, preview: Receipt | None) -> Saying:
        """Before, after, and from when."""
        now = await context.summary()
        values = {
            "before": written(now.billing_address),
            "after": context.values[ADDRESS],
            "when": _when(context),
        }
        replaced = now.scheduled_address
        if replaced is None:
            return Saying("utter_sum_change_address", values)
        values |= {"replaced": written(replaced.address), "replaced_on": day(replaced.effective_on)}
        return Saying("utter_sum_replace_address_change", values)

    async def act(self, context: Context, key: str) -> Sequence[Saying]:
        """Change it."""
        receipt = await self._change(context, key=key)
        is_now = receipt.effective_on <= context.heard.today
        said = "utter_done_change_address" if is_now else "utter_done_schedule_address"
        values = {"after": context.values[ADDRESS], "when": day(receipt.effective_on)}
        return [await told(said, receipt, context, **values)]

    async def _change(self, context: Context, *, key: str, preview: bool = False) -> Receipt:
        address = Address(**context.values[ADDRESS]["address"])
        on = _date(context)
        later = on if on > context.heard.today else None
        return await context.customer.change_address(
            context.account_id, address, later, key=key, preview=preview
        )


class SeeAddressChange(Operation):
    """FAQ effective_date: what is scheduled."""

    name = "see_address_change"
    confirms = False

    async def act(self, context: Context, key: str) -> Sequence[Saying]:
        """The address now, and the one to come."""
        summary = await context.summary()
        values: dict[str, Value] = {"before": written(summary.billing_address)}
        scheduled = summary.scheduled_address
        if scheduled is None:
            return [Saying("utter_no_address_change", values)]
        values |= {"after": written(scheduled.address), "when": day(scheduled.effective_on)}
        return [Saying("utter_address_change", values, intents=("op_cancel_address_change",))]


class CancelAddressChange(Operation):
    """FAQ effective_date: a scheduled change may be cancelled before its date."""

    name = "cancel_address_change"

    async def begin(self, context: Context) -> None:
        """There must be one."""
        await _scheduled(context)

    async def preview(self, context: Context) -> Receipt:
        """As the backend would do it."""
        return await context.customer.cancel_scheduled_address(context.account_id, key="", preview=True)

    async def summary(self, context: Context, preview: Receipt | None) -> Saying:
        """Which change is called off, and the address that stays."""
        scheduled = await _scheduled(context)
        stays = (await context.summary()).billing_address
        values = {
            "after": written(scheduled.address),
            "when": day(scheduled.effective_on),
            "before": written(stays),
        }
        return Saying("utter_sum_cancel_address_change", values)

    async def act(self, context: Context, key: str) -> Sequence[Saying]:
        """Cancel it."""
        receipt = await context.customer.cancel_scheduled_address(context.account_id, key=key)
        stays = written((await context.summary()).billing_address)
        return [await told("utter_done_cancel_address_change", receipt, context, before=stays)]


async def _scheduled(context: Context) -> Scheduled:
    summary = await context.summary()
    if summary.scheduled_address is None:
        values = {"before": written(summary.billing_address)}
        raise Refusal(Saying("utter_no_address_change", values))
    return summary.scheduled_address


def written(address: Address) -> Value:
    """An address as it is said."""
    return {"address": address.model_dump()}


def _date(context: Context) -> date:
    return date.fromisoformat(context.values[EFFECTIVE_ON]["date"])


def _when(context: Context) -> Value:
    on = _date(context)
    return (
        phrase("phrase_from_now") if on == context.heard.today else phrase("phrase_from_date", date=day(on))
    )


OPERATIONS = (ChangeAddress(), SeeAddressChange(), CancelAddressChange())
