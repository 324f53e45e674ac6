"""Reported payments, e-bills and receipts over HTTP."""

from backend.api.call import Call
from backend.api.handlers.accounts import ebill_of
from backend.api.handlers.people import receipt
from backend.api.schemas import accounts as m
from backend.api.schemas.receipts import ReceiptOut, ReceiptsOut
from backend.domain.payments import OPEN, ReportState
from backend.domain.records import Receipt
from backend.service import ebills, paper_on_request, payment_reports, undo, views
from backend.service.access import access_account, access_receipt, access_report
from backend.service.linking import OneAccount
from backend.service.receipts import SendReceipt, do_send_receipt


async def report_payment(call: Call) -> ReceiptOut:
    """Report a payment made elsewhere."""
    body: m.ReportIn = call.body
    command = payment_reports.ReportPayment(account_id=call.param("account_id"), **body.model_dump())
    return receipt(call, await call.do(payment_reports.do_report_payment, command))


async def list_payment_reports(call: Call) -> m.ReportsOut:
    """The payments reported for an account."""
    async with call.backend.store.reading() as uow:
        account = await access_account(uow, call.actor, call.param("account_id"))
        reports = await uow.reports.of_account(account.id, limit=100)
    return m.ReportsOut(payment_reports=[m.ReportOut.of(report) for report in reports])


async def list_open_reports(call: Call) -> m.OpenReportsOut:
    """What reps and reconciliation still have to settle."""
    states = [ReportState(call.query.state)] if call.query.state else sorted(OPEN)
    async with call.backend.store.reading() as uow:
        found = await uow.reports.waiting(states, limit=call.query.limit, after=call.query.after)
    return m.OpenReportsOut(
        payment_reports=[
            m.OpenReportOut(
                **dict(m.ReportOut.of(report)), account_id=report.account_id, account_number=number
            )
            for report, number in found
        ]
    )


async def show_payment_report(call: Call) -> m.ReportOut:
    """One reported payment."""
    async with call.backend.store.reading() as uow:
        report = await access_report(uow, call.actor, call.param("account_id"), call.param("report_id"))
    return m.ReportOut.of(report)


async def settle_payment_report(call: Call) -> ReceiptOut:
    """Settle a reported payment, for reps and reconciliation."""
    command = payment_reports.SettleReport(report_id=call.param("report_id"), state=call.body.state)
    return receipt(call, await call.do(payment_reports.do_settle_report, command))


async def show_ebill(call: Call) -> m.EBillOut:
    """How an account's bills travel."""
    async with call.backend.store.reading() as uow:
        return ebill_of(await access_account(uow, call.actor, call.param("account_id")))


async def enrol_ebill(call: Call) -> ReceiptOut:
    """Have bills by e-mail; paper stops."""
    command = ebills.EnrolEBill(
        account_id=call.param("account_id"), email=call.body.email, consent=call.body.consent
    )
    return receipt(call, await call.do(ebills.do_enrol, command))


async def leave_ebill(call: Call) -> ReceiptOut:
    """Return to paper bills."""
    return receipt(call, await call.do(ebills.do_leave, OneAccount(account_id=call.param("account_id"))))


async def change_ebill_email(call: Call) -> ReceiptOut:
    """Have the e-bill sent elsewhere."""
    command = ebills.ChangeEBillEmail(account_id=call.param("account_id"), email=call.body.email)
    return receipt(call, await call.do(ebills.do_change_email, command))


async def ask_for_paper(call: Call) -> ReceiptOut:
    """Have paper bills on request, beside the e-bill if there is one."""
    command = paper_on_request.AskForPaper(call.param("account_id"), call.body.reason)
    return receipt(call, await call.do(paper_on_request.do_ask_for_paper, command))


async def stop_paper(call: Call) -> ReceiptOut:
    """No more paper on request."""
    command = OneAccount(account_id=call.param("account_id"))
    return receipt(call, await call.do(paper_on_request.do_stop_paper, command))


async def list_receipts(call: Call) -> ReceiptsOut:
    """The customer's receipts."""
    found = await views.list_receipts(
        call.backend,
        call.actor,
        account_id=call.query.account_id,
        limit=call.query.limit,
        before=call.query.before,
    )
    now = call.backend.now()
    return ReceiptsOut(receipts=[ReceiptOut.of(one, call.language, now) for one in found])


async def show_receipt(call: Call) -> ReceiptOut:
    """One receipt."""
    return ReceiptOut.of(await _receipt(call), call.language, call.backend.now())


async def email_receipt(call: Call) -> ReceiptOut:
    """Send a receipt to the profile's address once more."""
    return receipt(call, await call.do(do_send_receipt, SendReceipt(number=call.param("receipt_number"))))


async def undo_operation(call: Call) -> ReceiptOut:
    """Take an operation back."""
    return receipt(call, await call.do(undo.do_undo, undo.Undo(number=call.param("receipt_number"))))


async def _receipt(call: Call) -> Receipt:
    async with call.backend.store.reading() as uow:
        return await access_receipt(uow, call.actor, call.param("receipt_number"))
