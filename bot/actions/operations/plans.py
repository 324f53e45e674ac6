"""The long-distance plan: compare those on offer, switch at once (FAQ plan_change_delay)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from bot.actions.backend.models import Plan, Receipt, Summary
from bot.actions.dialogue.accounts import label
from bot.actions.dialogue.context import Context
from bot.actions.dialogue.operation import Operation, Refusal
from bot.actions.dialogue.reading import Ambiguous, ChosenReader, Faulty, Found, Read
from bot.actions.dialogue.saying import Choice, Saying, Value, cents, lines, phrase
from bot.actions.dialogue.slots import Slot
from bot.actions.operations.done import told
from bot.entities.plans import match_plans
from faq import LANGUAGES

PLAN = "plan"
LINES = ("telephone", "wireless")  # services to call from


class ComparePlans(Operation):
    """FAQ plan_change_fees: every plan this account may have, with its monthly fee."""

    name = "compare_plans"
    confirms = False

    async def act(self, context: Context, key: str) -> Sequence[Saying]:
        """The present plan marked, and first if it is no longer sold."""
        summary, plans = await context.summary(), await context.plans()
        if not plans:
            return [_nothing_on_offer(summary)]
        language = context.heard.language
        rows = [_row(plan, summary, language) for plan in _known(plans, summary).values()]
        values = {"account": label(summary), "plans": lines(rows)}
        return [Saying("utter_plans", values, intents=("op_switch_plan",))]


class SwitchPlan(Operation):
    """FAQ plan_change_delay, plan_change_fees: at once; only the plan's own fee, told before."""

    name = "switch_plan"
    slots = (Slot(PLAN, ChosenReader()),)
    blames: ClassVar = {"plan_unchanged": PLAN, "plan_not_for_account": PLAN, "plan_not_found": PLAN}

    async def begin(self, context: Context) -> None:
        """There must be another plan to switch to."""
        summary = await context.summary()
        if not _others(await context.plans(), summary):
            raise Refusal(_nothing_on_offer(summary))

    async def read(self, context: Context) -> Mapping[str, Any]:
        """The plan named; several that may be meant are asked about."""
        summary, plans = await context.summary(), await context.plans()
        named = _named(context.heard.text, list(_known(plans, summary).values()))
        others = [plan for plan in named if plan.code != _code(summary)]
        return {PLAN: _read(others, named[0])} if named else {}

    async def choices(self, slot: Slot, context: Context) -> Sequence[Choice]:
        """The other plans, with what they cost a month."""
        others = _others(await context.plans(), await context.summary())
        return [
            Choice(phrase("phrase_plan_choice", plan=_name(one), fee=_fee(one)), said(one)) for one in others
        ]

    async def preview(self, context: Context) -> Receipt:
        """As the backend would do it."""
        return await self._switch(context, key="", preview=True)

    async def summary(self, context: Context, preview: Receipt | None) -> Saying:
        """Which plan for which, what it changes a month, on which account."""
        now = await context.summary()
        after = _known(await context.plans(), now)[context.values[PLAN]["code"]]
        values = {
            "account": label(now),
            "before": _with_fee(now.plan) if now.plan else phrase("phrase_no_plan"),
            "after": _with_fee(after),
            "difference": _difference(now.plan.monthly_fee_cents if now.plan else 0, after.monthly_fee_cents),
        }
        return Saying("utter_sum_switch_plan", values)

    async def act(self, context: Context, key: str) -> Sequence[Saying]:
        """Switch."""
        receipt = await self._switch(context, key=key)
        fee = receipt.after["monthly_fee_cents"]
        return [
            await told(
                "utter_done_switch_plan", receipt, context, plan=context.values[PLAN], fee=_monthly(fee)
            )
        ]

    async def _switch(self, context: Context, *, key: str, preview: bool = False) -> Receipt:
        code = context.values[PLAN]["code"]
        return await context.customer.switch_plan(context.account_id, code, key=key, preview=preview)


def said(plan: Plan) -> Value:
    """A plan as it is remembered and said."""
    return {**phrase("phrase_plan_name", name=_name(plan)), "code": plan.code}


def _named(text: str, plans: Sequence[Plan]) -> list[Plan]:
    """The plans that the text may name, in either language."""
    found = [match_plans(text, [plan.names[language] for plan in plans]) for language in LANGUAGES]
    indices = sorted({index for indices in found for index in indices})
    return [plans[index] for index in indices]


def _read(others: Sequence[Plan], first: Plan) -> Read:
    if not others:
        return Faulty("plan_current", {"plan": _name(first)})
    if len(others) > 1:
        return Ambiguous(tuple(said(plan) for plan in others))
    return Found(said(others[0]))


def _known(plans: Sequence[Plan], summary: Summary) -> dict[str, Plan]:
    """The plans on offer and the present one, by code."""
    present = [summary.plan] if summary.plan and summary.plan.code not in {one.code for one in plans} else []
    return {plan.code: plan for plan in (*present, *plans)}


def _others(plans: Sequence[Plan], summary: Summary) -> list[Plan]:
    return [plan for plan in plans if plan.code != _code(summary)]


def _code(summary: Summary) -> str | None:
    return summary.plan.code if summary.plan else None


def _nothing_on_offer(summary: Summary) -> Saying:
    has_line = any(service.get("kind") in LINES for service in summary.services)
    key = "utter_no_other_plan" if has_line else "utter_no_line_for_plan"
    return Saying(key, {"account": label(summary)}, intents=("op_human",))


def _row(plan: Plan, summary: Summary, language: str) -> Value:
    key = "phrase_plan_row_present" if plan.code == _code(summary) else "phrase_plan_row"
    return phrase(key, plan=_name(plan), fee=_fee(plan), terms={language: plan.terms})


def _name(plan: Plan) -> Value:
    return {"fr": plan.names["fr"], "en": plan.names["en"]}


def _fee(plan: Plan) -> Value:
    return _monthly(plan.monthly_fee_cents)


def _with_fee(plan: Plan) -> Value:
    return phrase("phrase_plan_with_fee", plan=_name(plan), fee=_fee(plan))


def _monthly(fee_cents: int) -> Value:
    return phrase("phrase_fee", amount=cents(fee_cents)) if fee_cents else phrase("phrase_no_fee")


def _difference(before_cents: int, after_cents: int) -> Value:
    if before_cents == after_cents:
        return phrase("phrase_fee_same")
    key = "phrase_fee_more" if after_cents > before_cents else "phrase_fee_less"
    return phrase(key, amount=cents(abs(after_cents - before_cents)))


OPERATIONS = (ComparePlans(), SwitchPlan())
