"""The customer's accounts: one of them at a glance, and linking one more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil
from typing import ClassVar

from bot.actions.backend.errors import Refused
from bot.actions.backend.models import Balance, EBill, Report, Summary
from bot.actions.dialogue.accounts import label
from bot.actions.dialogue.context import Context
from bot.actions.dialogue.operation import Operation, Refusal
from bot.actions.dialogue.reading import AccountNumberReader, Faulty, PostalCodeReader
from bot.actions.dialogue.saying import Saying, Value, account, cents, day, email, lines, phrase
from bot.actions.dialogue.slots import Slot
from bot.actions.operations.address import written
from bot.actions.operations.done import told

NUMBER, POSTAL_CODE = "account_number", "postal_code"
STATES = ("received", "processing", "applied", "rejected")
BUTTONS = 3


class AccountSummary(Operation):
    """What is owed and by when, the plan, how bills travel, what is to come and what happened last."""

    name = "account_summary"
    confirms = False

    async def act(self, context: Context, key: str) -> Sequence[Saying]:
        """One line each."""
        now = await context.summary()
        values = {"account": label(now), "rows": lines(list(rows_of(now, context.heard.language)))}
        return [Saying("utter_account_summary", values, intents=tuple(_next_steps(now))[:BUTTONS])]


def rows_of(now: Summary, language: str) -> Iterator[Value]:
    """What is worth saying of an account, the most urgent first."""
    yield _balance(now.balance)
    if now.status == "suspended":
        yield phrase("phrase_sum_suspended")
    if now.balance.suspension_held_until:
        yield phrase("phrase_sum_held", until=day(now.balance.suspension_held_until))
    if now.plan:
        fee = cents(now.plan.monthly_fee_cents)
        yield phrase("phrase_sum_plan", plan=now.plan.names, fee=fee)
    yield _bills(now.ebill)
    yield phrase("phrase_sum_autopay_on" if now.ebill.autopay else "phrase_sum_autopay_off")
    yield phrase("phrase_sum_next_bill", date=day(now.next_bill_on))
    yield phrase("phrase_sum_address", address=written(now.billing_address))
    if (move := now.scheduled_address) is not None:
        yield phrase("phrase_sum_move", address=written(move.address), date=day(move.effective_on))
    yield from (_report(one) for one in now.recent_payment_reports[:1] if one.state in STATES)
    for receipt in now.recent_receipts[:1]:
        number, title = {"number": receipt.number}, {language: receipt.words.title}
        yield phrase("phrase_sum_receipt", title=title, date=day(receipt.done_on), number=number)


def _balance(balance: Balance) -> Value:
    owed = balance.balance_cents
    if owed == 0:
        return phrase("phrase_sum_nothing_owed")
    if owed < 0:
        return phrase("phrase_sum_credit", amount=cents(-owed))
    if balance.due_on is None:
        return phrase("phrase_sum_owed", amount=cents(owed))
    key = "phrase_sum_overdue" if balance.is_overdue else "phrase_sum_due"
    return phrase(key, amount=cents(owed), due=day(balance.due_on))


def _bills(ebill: EBill) -> Value:
    return (
        phrase("phrase_sum_ebill", to=email(ebill.email or "")) if ebill.is_on else phrase("phrase_sum_paper")
    )


def _report(report: Report) -> Value:
    state = phrase(f"phrase_report_{report.state}")
    return phrase(
        "phrase_sum_report", amount=cents(report.amount_cents), date=day(report.paid_on), state=state
    )


def _next_steps(now: Summary) -> Iterator[str]:
    if now.balance.balance_cents > 0:
        yield "op_pay"
    if now.balance.is_overdue and not now.balance.suspension_held_until:
        yield "op_report_payment"
    if now.status == "suspended":
        yield "op_human"
    if now.scheduled_address is not None:
        yield "op_cancel_address_change"
    if not now.ebill.is_on:
        yield "op_enrol_ebill"
    if now.recent_receipts:
        yield "op_receipts"


class LinkAccount(Operation):
    """FAQ account_linking_meaning: proved by what a bill says; which part is wrong is not told."""

    name = "link_account"
    needs_account = False
    slots = (Slot(NUMBER, AccountNumberReader()), Slot(POSTAL_CODE, PostalCodeReader()))
    blames: ClassVar = {
        "proof_not_matching": NUMBER,
        "account_number_invalid": NUMBER,
        "invalid_request": POSTAL_CODE,
    }

    async def check(self, slot: Slot, context: Context) -> Faulty | None:
        """An account of the profile has no need of it."""
        number = context.values.get(NUMBER)
        if slot.name == NUMBER and number in [account(one.number) for one in await context.seen.accounts()]:
            raise Refusal(
                Saying("utter_already_linked", {"account": number}, intents=("op_account_summary",))
            )
        return None

    async def summary(self, context: Context, preview: object) -> Saying:
        """What will be linked."""
        values = {"account": context.values[NUMBER], "postal_code": context.values[POSTAL_CODE]}
        return Saying("utter_sum_link_account", values)

    async def act(self, context: Context, key: str) -> Sequence[Saying]:
        """Link it; the account that is ready at each visit stays the same."""
        default = [one.number for one in await context.seen.accounts() if one.is_default]
        number, postal_code = context.values[NUMBER]["account"], context.values[POSTAL_CODE]
        try:
            receipt = await context.customer.link_account(number, postal_code, key=key)
        except Refused as refused:
            raise _kept_vague(refused, context) from refused
        values = {"account": account(number), "default": account((default or [number])[0])}
        return [await told("utter_done_link_account", receipt, context, **values)]


def _kept_vague(refused: Refused, context: Context) -> Exception:
    """Too many tries: when to come back. A wrong proof: both are asked again, whichever was wrong."""
    if refused.retry_after is not None:
        minutes = ceil(refused.retry_after / 60)
        wait = phrase("phrase_minutes", minutes=minutes) if minutes > 1 else phrase("phrase_one_minute")
        return Refusal(Saying("utter_link_locked", {"wait": wait}, intents=("op_human",)))
    if refused.code == "proof_not_matching":
        context.task.forget(POSTAL_CODE)
    return refused


OPERATIONS = (AccountSummary(), LinkAccount())
