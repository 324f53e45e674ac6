"""Paying on the provider's page: once, or automatically (FAQ one_time_payment_delay, autopay_date)."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from bot.actions.backend.models import Payment, Summary
from bot.actions.dialogue.asking import new_key
from bot.actions.dialogue.context import Context
from bot.actions.dialogue.cues import says
from bot.actions.dialogue.heard import Heard
from bot.actions.dialogue.operation import Operation, Refusal
from bot.actions.dialogue.reading import AmountReader, Faulty, Found, Read, Reader
from bot.actions.dialogue.saying import Choice, Saying, Value, cents, phrase
from bot.actions.dialogue.slots import Slot
from bot.actions.operations.done import told
from bot.entities import Entity, Kind, Reading, extract, find
from bot.entities.cards import has_card_number

AMOUNT, PAID = "pay_amount", "paid"
DONE, LINK, LATER = "paid_done", "paid_link", "paid_later"
PAGE, PAGES, OPENING = (
    "page",
    "pages",
    "opening_page",
)  # notes: the page shown, all of them, the one on its way
BY_ITSELF = 8  # words up to which such an answer is one, whatever else they might mean
REASONS = ("card_refused", "card_unknown", "no_card")

# What these say of nothing having been done is not known once the page was shown.
LEFT_OPEN = frozenset(
    {"utter_cancelled", "utter_dropped", "utter_goodbye_kept", "utter_backend_down", "utter_sign_in_again"}
)


class PaidReader(Reader):
    """What the customer says of the page: done, not yet, or that its link doesn't work."""

    def read(self, heard: Heard, entities: Sequence[Entity], old: Any, *, is_asked: bool) -> Read:
        """A card's number is refused wherever it is typed."""
        if has_card_number(heard.text):
            return Faulty("card_number")
        if not is_asked:
            return None
        said = next((cue for cue in (LINK, LATER, DONE) if says(cue, heard.text)), None)
        if said is None:
            return Found(DONE, len(heard.text)) if heard.intent == "affirm" else None
        return Found(said, _length(heard))


class OnPage(Operation, ABC):
    """Something that the customer agrees to on the provider's page; that page is its yes."""

    confirms = False

    async def begin(self, context: Context) -> None:
        """A page can't be opened on the telephone."""
        if context.heard.channel == "voice":
            raise Refusal(Saying("utter_page_needs_screen", intents=("op_human",)))
        await self.may_begin(context, await context.summary())

    @abstractmethod
    async def may_begin(self, context: Context, summary: Summary) -> None:
        """Refuse what can't be done."""

    @abstractmethod
    async def start(self, context: Context, key: str) -> Payment:
        """Have the page opened, once for this key."""

    @abstractmethod
    async def shown(self, context: Context) -> Saying:
        """What the page is for; its link is added."""

    async def lead_in(self, slot: Slot, context: Context) -> Sequence[Saying]:
        """The page's link, before the customer is asked about it; another amount is another page."""
        if slot.name != PAID:
            return ()
        page = context.task.notes.get(PAGE)
        if page is not None and page[AMOUNT] == context.values.get(AMOUNT):
            return ()
        await self._open(context)
        said = await self.shown(context)
        return (Saying(said.key, said.values, links=_links(context)),)

    async def choices(self, slot: Slot, context: Context) -> Sequence[Choice]:
        """Done, or the link again."""
        if slot.name != PAID:
            return ()
        return [Choice(phrase(f"phrase_button_{answer}"), answer) for answer in (DONE, LINK)]

    async def check(self, slot: Slot, context: Context) -> Faulty | None:
        """Done only if the provider says so."""
        if slot.name != PAID:
            return None
        answer = context.values[PAID]
        if answer != DONE:
            return Faulty(answer, links=_links(context) if answer == LINK else ())
        payment = await _latest(context)
        if payment.state == "approved":
            return None
        if payment.state == "refused":
            return Faulty("page_refused", {"reason": _reason(payment)}, _links(context))
        if payment.state == "expired":
            del context.task.notes[PAGE]
            return Faulty("page_expired")
        return Faulty("not_paid_yet", links=_links(context))

    def wording(self, key: str, context: Context) -> str:
        """Once the page was shown, only the page knows whether anything was done."""
        return f"{key}_page" if key in LEFT_OPEN and PAGES in context.task.notes else key

    async def _open(self, context: Context) -> None:
        notes, amount = context.task.notes, context.values.get(AMOUNT)
        opening = notes.setdefault(OPENING, {"key": new_key(), AMOUNT: amount})
        if opening[AMOUNT] != amount:
            opening = notes[OPENING] = {"key": new_key(), AMOUNT: amount}
        payment = await self.start(context, opening["key"])
        del notes[OPENING]
        notes[PAGE] = {"url": payment.page_url, AMOUNT: amount}
        notes[PAGES] = [*notes.get(PAGES, ()), payment.id]


class Pay(OnPage):
    """FAQ one_time_payment_delay: processed as soon as it is submitted, with an authorization number."""

    name = "pay"
    slots = (Slot(AMOUNT, AmountReader()), Slot(PAID, PaidReader()))
    blames: ClassVar = {"payment_over_balance": AMOUNT, "amount_invalid": AMOUNT}

    async def may_begin(self, context: Context, summary: Summary) -> None:
        """Something must be owed."""
        owed = summary.balance.balance_cents
        if owed <= 0:
            key = "utter_nothing_to_pay" if owed == 0 else "utter_nothing_to_pay_credit"
            raise Refusal(Saying(key, {"credit": cents(-owed)}, intents=("op_account_summary",)))
        context.task.notes["said"] = {"balance": cents(owed)}

    async def read(self, context: Context) -> Mapping[str, Any]:
        """The whole balance, in words."""
        heard = context.heard
        is_answer = context.task.asked == AMOUNT and says("all_of_it", heard.text)
        if not (is_answer or says("full_balance", heard.text)) or _is_partial(heard):
            return {}
        return {AMOUNT: Found(await _balance(context), _length(heard))}

    async def choices(self, slot: Slot, context: Context) -> Sequence[Choice]:
        """The whole balance."""
        if slot.name != AMOUNT:
            return await super().choices(slot, context)
        balance = await _balance(context)
        return [Choice(phrase("phrase_button_full_balance", balance=balance), balance)]

    async def check(self, slot: Slot, context: Context) -> Faulty | None:
        """No more than is owed."""
        if slot.name != AMOUNT:
            return await super().check(slot, context)
        balance = await _balance(context)
        if context.values[AMOUNT]["cents"] > balance["cents"]:
            return Faulty("over_balance")
        return None

    async def start(self, context: Context, key: str) -> Payment:
        """A payment of the amount; nothing has moved yet."""
        return await context.customer.start_payment(
            context.account_id, context.values[AMOUNT]["cents"], key=key
        )

    async def shown(self, context: Context) -> Saying:
        """How much is to be paid there."""
        is_first = len(context.task.notes[PAGES]) == 1
        key = "utter_payment_page" if is_first else "utter_other_payment_page"
        return Saying(key, {"amount": context.values[AMOUNT]})

    async def act(self, context: Context, key: str) -> Sequence[Saying]:
        """The authorization number and the receipt."""
        payment = await _latest(context)
        values = {"amount": cents(payment.amount_cents), "authorization": payment.authorization or ""}
        return [await _told("utter_done_pay", payment, context, values)]


class Autopay(OnPage):
    """FAQ autopay_date, autopay_address, autopay_cancel: agreed to on the page, stopped by a person."""

    name = "autopay"
    slots = (Slot(PAID, PaidReader()),)

    async def may_begin(self, context: Context, summary: Summary) -> None:
        """Not twice; and what stopping it takes is the backend's to say."""
        if any(says("autopay_stop", text) for text in (context.heard.text, *context.task.opening)):
            await context.customer.stop_autopay(context.account_id, key="", preview=True)
        if summary.ebill.autopay:
            raise Refusal(Saying("utter_autopay_already_on", intents=("op_human",)))

    async def start(self, context: Context, key: str) -> Payment:
        """The consent to be charged every month; nothing is charged yet."""
        return await context.customer.start_autopay(context.account_id, key=key)

    async def shown(self, context: Context) -> Saying:
        """What automatic payment is, before it is agreed to."""
        is_business = (await context.summary()).is_business
        return Saying("utter_autopay_page_business" if is_business else "utter_autopay_page")

    async def act(self, context: Context, key: str) -> Sequence[Saying]:
        """On, and the receipt."""
        return [await _told("utter_done_autopay", await _latest(context), context, {})]


def _is_partial(heard: Heard) -> bool:
    """Whether a part of the balance is spoken of, or an amount of it."""
    amounts = find(extract(heard.text, heard.language, Reading(heard.today)), Kind.AMOUNT)
    return bool(amounts) or says("part_of_it", heard.text)


def _length(heard: Heard) -> int:
    """How much of the message its answer is: all of a short one."""
    return len(heard.text) if len(heard.words) <= BY_ITSELF else 0


async def _latest(context: Context) -> Payment:
    """The page that was approved, or else the last one: an earlier page still works."""
    pages = context.task.notes[PAGES]
    shown = [await context.customer.payment(context.account_id, page) for page in reversed(pages)]
    return next((payment for payment in shown if payment.state == "approved"), shown[0])


async def _told(key: str, payment: Payment, context: Context, values: Mapping[str, Value]) -> Saying:
    assert payment.receipt_number is not None, "an approved payment has a receipt"
    receipt = await context.customer.receipt(payment.receipt_number)
    return await told(key, receipt, context, **values)


async def _balance(context: Context) -> dict[str, int]:
    return {"cents": (await context.summary()).balance.balance_cents}


def _links(context: Context) -> tuple[dict[str, Value], ...]:
    page = context.task.notes.get(PAGE)
    return ({"title": phrase("phrase_payment_page"), "url": page["url"]},) if page and page["url"] else ()


def _reason(payment: Payment) -> Value:
    reason = payment.refused_reason if payment.refused_reason in REASONS else "other"
    return phrase(f"phrase_refused_{reason}")


OPERATIONS = (Pay(), Autopay())
