"""Accounts, addresses and plans over HTTP."""

from backend.api.call import Call
from backend.api.handlers.people import receipt
from backend.api.schemas import accounts as m
from backend.api.schemas.common import AddressOut, ScheduledOut
from backend.api.schemas.receipts import ReceiptOut
from backend.domain.accounts import Account
from backend.domain.clock import toronto_date
from backend.service import addresses, linking, plan_switch, views
from backend.service.access import access_account


async def list_accounts(call: Call) -> m.AccountsOut:
    """The accounts of the profile."""
    accounts, default = await views.list_accounts(call.backend, call.actor)
    return m.AccountsOut(accounts=[m.AccountOut.of(one, is_default=one.id == default) for one in accounts])


async def link_account(call: Call) -> ReceiptOut:
    """Link one more account, on proof."""
    command = linking.LinkAccount(proof=call.body.checked())
    done = await linking.link_account(call.backend, call.actor, command, key=call.key, address=call.address)
    return receipt(call, done)


async def unlink_account(call: Call) -> ReceiptOut:
    """Unlink an account."""
    return receipt(call, await call.do(linking.do_unlink_account, _account(call)))


async def set_default_account(call: Call) -> ReceiptOut:
    """Make an account the default one."""
    return receipt(call, await call.do(linking.do_set_default_account, _account(call)))


async def show_summary(call: Call) -> m.SummaryOut:
    """The account summary."""
    summary = await views.summarise(call.backend, call.actor, call.param("account_id"))
    account, now = summary.account, call.backend.now()
    return m.SummaryOut(
        **dict(m.AccountOut.of(account, is_default=summary.is_default)),
        billing_address=AddressOut.of(account.billing_address),
        scheduled_address=ScheduledOut.of(summary.scheduled) if summary.scheduled else None,
        plan=m.PlanOut.of(summary.plan, call.language) if summary.plan else None,
        balance=m.BalanceOut(
            balance_cents=account.balance_cents,
            due_on=account.due_on,
            is_overdue=account.is_overdue(toronto_date(now)),
            suspension_held_until=account.hold_until,
        ),
        ebill=ebill_of(account),
        next_bill_on=account.next_bill_on,
        recent_payment_reports=[m.ReportOut.of(report) for report in summary.reports],
        recent_receipts=[ReceiptOut.of(one, call.language, now) for one in summary.receipts],
    )


def ebill_of(account: Account) -> m.EBillOut:
    """How the account's bills travel."""
    return m.EBillOut(
        delivery=account.delivery,
        email=account.ebill_email,
        may_leave=account.is_residential and account.ebill_email is not None,
        autopay=account.autopay,
        paper_on_request=account.paper_on_request,
    )


async def show_address(call: Call) -> m.AddressStateOut:
    """The billing address now, and the one to come."""
    async with call.backend.store.reading() as uow:
        account = await access_account(uow, call.actor, call.param("account_id"))
        pending = await uow.changes.pending(account.id)
    return m.AddressStateOut(
        billing_address=AddressOut.of(account.billing_address),
        scheduled=ScheduledOut.of(pending) if pending else None,
    )


async def change_address(call: Call) -> ReceiptOut:
    """Change the billing address, now or on a date."""
    body: m.AddressChangeIn = call.body
    command = addresses.ChangeAddress(
        account_id=call.param("account_id"), address=body.address.checked(), effective_on=body.effective_on
    )
    return receipt(call, await call.do(addresses.do_change_address, command))


async def cancel_scheduled_address(call: Call) -> ReceiptOut:
    """Call off the scheduled move."""
    return receipt(call, await call.do(addresses.do_cancel_scheduled, _account(call)))


async def list_plans(call: Call) -> m.PlansOut:
    """The long-distance plans that are offered."""
    offered = [plan for plan in call.backend.catalogue if plan.offered]
    return m.PlansOut(plans=[m.PlanOut.of(plan, call.language) for plan in offered])


async def list_account_plans(call: Call) -> m.PlansOut:
    """The plans this account may switch to."""
    async with call.backend.store.reading() as uow:
        account = await access_account(uow, call.actor, call.param("account_id"))
    fitting = [plan for plan in call.backend.catalogue if plan.fits(account)]
    return m.PlansOut(plans=[m.PlanOut.of(plan, call.language) for plan in fitting])


async def switch_plan(call: Call) -> ReceiptOut:
    """Switch the long-distance plan, at once."""
    command = plan_switch.SwitchPlan(account_id=call.param("account_id"), plan=call.body.plan)
    return receipt(call, await call.do(plan_switch.do_switch_plan, command))


def _account(call: Call) -> linking.OneAccount:
    return linking.OneAccount(account_id=call.param("account_id"))
