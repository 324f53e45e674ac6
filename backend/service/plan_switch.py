"""Switching the long-distance plan: at once, no administrative fee, the plan's own monthly fee shown."""

from dataclasses import dataclass

from backend.domain.clock import day_ends
from backend.domain.plans import ADMINISTRATIVE_FEE_CENTS
from backend.domain.records import Operation, Receipt
from backend.service.access import access_account
from backend.service.perform import Work


@dataclass(frozen=True)
class SwitchPlan:
    """Have another plan from now on."""

    account_id: str
    plan: str


async def do_switch_plan(work: Work, command: SwitchPlan) -> Receipt:
    """Effective immediately, confirmed by the account summary (FAQ plan_change_delay)."""
    profile = await work.profile()
    account = await access_account(work.uow, work.actor, command.account_id, lock=True)
    plan = work.backend.catalogue.choose(command.plan, account)
    before = plan_state(work, account.plan_code)
    account.plan_code, account.plan_since = plan.code, work.now
    return await work.leave_receipt(
        Operation.PLAN_CHANGE,
        profile,
        account=account,
        before=before,
        after={**plan_state(work, plan.code), "administrative_fee_cents": ADMINISTRATIVE_FEE_CENTS},
        undo_until=day_ends(work.today),
    )


def plan_state(work: Work, code: str | None) -> dict[str, object]:
    """A plan as a receipt shows it: by name in both languages, with its fee on that day."""
    if code is None:
        return {"plan": None, "monthly_fee_cents": 0}
    plan = work.backend.catalogue.get(code)
    return {"plan": code, "plan_name": dict(plan.name), "monthly_fee_cents": plan.monthly_fee_cents}
