"""The e-bill: sign up with consent, leave, have it sent elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from bot.actions.backend.models import Receipt
from bot.actions.dialogue.context import Context
from bot.actions.dialogue.cues import says
from bot.actions.dialogue.operation import Operation, Refusal
from bot.actions.dialogue.reading import EmailReader, Faulty
from bot.actions.dialogue.saying import Choice, Saying, account, day, email
from bot.actions.dialogue.slots import Slot
from bot.actions.operations.address import written
from bot.actions.operations.done import told
from bot.entities import Kind, Reading, extract, find

EMAIL, NEW_EMAIL = "ebill_email", "new_ebill_email"


class EnrolEBill(Operation):
    """FAQ ebill_enrol_how, ebill_and_paper: by e-mail from the next bill on, and paper stops."""

    name = "enrol_ebill"
    slots = (Slot(EMAIL, EmailReader()),)
    blames: ClassVar = {"invalid_request": EMAIL}

    async def begin(self, context: Context) -> None:
        """Not twice."""
        ebill = (await context.summary()).ebill
        if ebill.is_on:
            values = {"to": email(ebill.email or "")}
            raise Refusal(Saying("utter_ebill_already_on", values, intents=("op_change_ebill_email",)))

    async def read(self, context: Context) -> Mapping[str, Any]:
        """The usual address is the profile's."""
        return await _usual(context, EMAIL)

    async def arrive(self, slot: Slot, context: Context) -> None:
        """The question names the profile's address: buttons can't be heard."""
        context.task.notes["said"] = {"usual": email((await context.seen.profile()).email)}

    async def choices(self, slot: Slot, context: Context) -> Sequence[Choice]:
        """The profile's own address."""
        usual = email((await context.seen.profile()).email)
        return (Choice(usual, usual),)

    async def preview(self, context: Context) -> Receipt:
        """As the backend would do it."""
        return await self._enrol(context, key="", preview=True)

    async def summary(self, context: Context, preview: Receipt | None) -> Saying:
        """Paper stops: the yes to this is the consent."""
        now = await context.summary()
        key = "utter_sum_enrol_ebill_business" if now.is_business else "utter_sum_enrol_ebill"
        values = {
            "account": account(now.number),
            "to": context.values[EMAIL],
            "next_bill": day(now.next_bill_on),
        }
        return Saying(key, values)

    async def act(self, context: Context, key: str) -> Sequence[Saying]:
        """Sign up."""
        receipt = await self._enrol(context, key=key)
        return [await told("utter_done_enrol_ebill", receipt, context, to=context.values[EMAIL])]

    async def _enrol(self, context: Context, *, key: str, preview: bool = False) -> Receipt:
        address = context.values[EMAIL]["email"]
        return await context.customer.enrol_ebill(
            context.account_id, address, consent=True, key=key, preview=preview
        )


class LeaveEBill(Operation):
    """FAQ ebill_back_to_paper_how: residential customers by themselves."""

    name = "leave_ebill"

    async def begin(self, context: Context) -> None:
        """There must be an e-bill to leave."""
        if not (await context.summary()).ebill.is_on:
            raise Refusal(Saying("utter_already_on_paper"))

    async def preview(self, context: Context) -> Receipt:
        """As the backend would do it; a business is told to see a person."""
        return await context.customer.leave_ebill(context.account_id, key="", preview=True)

    async def summary(self, context: Context, preview: Receipt | None) -> Saying:
        """Where paper bills will go."""
        now = await context.summary()
        values = {
            "account": account(now.number),
            "to": email(now.ebill.email or ""),
            "address": written(now.billing_address),
            "next_bill": day(now.next_bill_on),
        }
        return Saying("utter_sum_leave_ebill", values)

    async def act(self, context: Context, key: str) -> Sequence[Saying]:
        """Leave it."""
        receipt = await context.customer.leave_ebill(context.account_id, key=key)
        return [await told("utter_done_leave_ebill", receipt, context)]


class ChangeEBillEmail(Operation):
    """FAQ ebill_change_email: the e-bill goes elsewhere from now on."""

    name = "change_ebill_email"
    slots = (Slot(NEW_EMAIL, EmailReader()),)
    blames: ClassVar = {"invalid_request": NEW_EMAIL, "ebill_address_unchanged": NEW_EMAIL}

    async def begin(self, context: Context) -> None:
        """There must be an e-bill."""
        if not (await context.summary()).ebill.is_on:
            raise Refusal(Saying("utter_not_on_ebill", intents=("op_enrol_ebill",)))

    async def read(self, context: Context) -> Mapping[str, Any]:
        """The usual address is the profile's."""
        return await _usual(context, NEW_EMAIL)

    async def arrive(self, slot: Slot, context: Context) -> None:
        """The question says where the e-bill goes now."""
        context.task.notes["said"] = {"current": email((await context.summary()).ebill.email or "")}

    async def choices(self, slot: Slot, context: Context) -> Sequence[Choice]:
        """The profile's own address, unless the e-bill goes there already."""
        usual = (await context.seen.profile()).email
        is_other = usual != (await context.summary()).ebill.email
        return (Choice(email(usual), email(usual)),) if is_other else ()

    async def check(self, slot: Slot, context: Context) -> Faulty | None:
        """The same address is no change."""
        is_same = context.values[NEW_EMAIL]["email"] == (await context.summary()).ebill.email
        return Faulty("ebill_email_same") if is_same else None

    async def preview(self, context: Context) -> Receipt:
        """As the backend would do it."""
        return await self._change(context, key="", preview=True)

    async def summary(self, context: Context, preview: Receipt | None) -> Saying:
        """Before and after."""
        now = await context.summary()
        values = {
            "account": account(now.number),
            "before": email(now.ebill.email or ""),
            "after": context.values[NEW_EMAIL],
        }
        return Saying("utter_sum_change_ebill_email", values)

    async def act(self, context: Context, key: str) -> Sequence[Saying]:
        """Change it."""
        receipt = await self._change(context, key=key)
        after = context.values[NEW_EMAIL]
        return [await told("utter_done_change_ebill_email", receipt, context, after=after)]

    async def _change(self, context: Context, *, key: str, preview: bool = False) -> Receipt:
        address = context.values[NEW_EMAIL]["email"]
        return await context.customer.change_ebill_email(
            context.account_id, address, key=key, preview=preview
        )


async def _usual(context: Context, slot: str) -> Mapping[str, Any]:
    """The profile's address, when the words mean it and give no other."""
    heard = context.heard
    entities = extract(heard.text, heard.language, Reading(today=heard.today))
    if not says("usual_email", heard.text) or find(entities, Kind.EMAIL):
        return {}
    return {slot: email((await context.seen.profile()).email)}


OPERATIONS = (EnrolEBill(), LeaveEBill(), ChangeEBillEmail())
