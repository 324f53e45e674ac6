"""Payments made here, bills and documents over HTTP."""

from contextlib import suppress

from aiohttp import web

from backend.api.call import Call
from backend.api.handlers.people import receipt
from backend.api.schemas import money as m
from backend.api.schemas.receipts import ReceiptOut
from backend.documents.bills import bill_pdf
from backend.documents.receipts import receipt_pdf
from backend.domain.online import Payment, PaymentState, ProviderFault
from backend.domain.people import SYSTEM, Language
from backend.service import bill_run, bounces, online, refunds, sending_bills
from backend.service.access import access_account, access_receipt
from backend.service.autopay_run import ask_provider
from backend.service.linking import OneAccount
from backend.service.perform import start_once
from backend.service.ports import UnitOfWork


async def start_payment(call: Call) -> m.PaymentOut:
    """Start a one-time payment; the answer says where to pay."""
    command = online.StartPayment(call.param("account_id"), call.body.amount_cents)
    payment = await start_once(
        call.backend, call.actor, online.start_payment, command, key=call.key, find=_payment
    )
    return shown(call, payment)


async def start_autopay(call: Call) -> m.PaymentOut:
    """Start the consent to automatic payment; the answer says where to give it."""
    command = OneAccount(call.param("account_id"))
    payment = await start_once(
        call.backend, call.actor, online.start_autopay, command, key=call.key, find=_payment
    )
    return shown(call, payment)


async def stop_autopay(call: Call) -> ReceiptOut:
    """Stop automatic payment, for reps."""
    return receipt(call, await call.do(online.do_stop_autopay, OneAccount(call.param("account_id"))))


async def list_payments(call: Call) -> m.PaymentsOut:
    """The payments made here for an account."""
    async with call.backend.store.reading() as uow:
        account = await access_account(uow, call.actor, call.param("account_id"))
        found = await uow.payments.of_account(account.id, limit=100)
    return m.PaymentsOut(payments=[shown(call, payment) for payment in found])


async def show_payment(call: Call) -> m.PaymentOut:
    """What became of one payment."""
    async with call.backend.store.reading() as uow:
        found = await online.access_payment(
            uow, call.actor, call.param("account_id"), call.param("payment_id")
        )
    return shown(call, found)


async def take_notice(call: Call) -> m.NoticeOut:
    """A signed notice of the provider; a repeated one changes nothing."""
    notice = call.backend.provider.read(await call.request.read(), call.request.headers)
    await online.take_outcome(call.backend, notice)
    return m.NoticeOut()


async def refund_payment(call: Call) -> m.PaymentOut:
    """Give a payment back, for reps; the same key asks the provider again, and still refunds once."""
    command = refunds.RefundPayment(call.param("payment_id"), call.body.amount_cents)
    refund = await start_once(
        call.backend, call.actor, refunds.start_refund, command, key=call.key, find=_payment
    )
    if refund.state is PaymentState.CHARGING:
        with suppress(ProviderFault):  # the worker asks again
            await ask_provider(call.backend, call.actor, refund)
        async with call.backend.store.reading() as uow:
            refund = await uow.payments.get(refund.id) or refund
    return m.PaymentOut.of(refund, None)


async def list_bills(call: Call) -> m.BillsOut:
    """The bills of an account."""
    async with call.backend.store.reading() as uow:
        account = await access_account(uow, call.actor, call.param("account_id"))
        found = await uow.bills.of_account(account.id, limit=36)
    return m.BillsOut(bills=[m.BillOut.of(bill) for bill in found])


async def download_bill(call: Call) -> web.Response:
    """A bill as an accessible PDF."""
    async with call.backend.store.reading() as uow:
        bill = await bill_run.access_bill(uow, call.actor, call.param("account_id"), call.param("bill_id"))
        account = await access_account(uow, call.actor, call.param("account_id"))
    return _pdf(await bill_pdf(bill, account.number, call.language), f"bill-{bill.number}")


async def download_receipt(call: Call) -> web.Response:
    """A receipt as an accessible PDF, in the language of the operation unless `lang` asks for the other."""
    async with call.backend.store.reading() as uow:
        found = await access_receipt(uow, call.actor, call.param("receipt_number"))
    language = Language(call.query.lang) if call.query.lang else found.language
    return _pdf(await receipt_pdf(found, language, call.backend.now()), f"receipt-{found.number}")


async def send_bill(call: Call) -> ReceiptOut:
    """Send a bill again (the latest one, if its e-bill was deleted)."""
    command = sending_bills.SendBill(call.param("account_id"), call.param("bill_id"))
    return receipt(call, await call.do(sending_bills.do_send_bill, command))


async def take_bounce(call: Call) -> m.BounceOut:
    """An e-bill came back: the account returns to paper."""
    returned = await bounces.take_bounce(call.backend, SYSTEM, call.body.message_id)
    return m.BounceOut(returned_to_paper=returned)


async def take_bounce_report(call: Call) -> m.BounceOut:
    """The same, from the report that the mail server received."""
    returned = await bounces.take_report(call.backend, SYSTEM, await call.request.read())
    return m.BounceOut(returned_to_paper=returned > 0)


def shown(call: Call, payment: Payment) -> m.PaymentOut:
    """A payment with the page on which it is made."""
    is_open = payment.state in (PaymentState.STARTED, PaymentState.REFUSED) and payment.bill_id is None
    return m.PaymentOut.of(payment, call.backend.provider.page(payment) if is_open else None)


async def _payment(uow: UnitOfWork, payment_id: str) -> Payment | None:
    return await uow.payments.get(payment_id)


def _pdf(content: bytes, name: str) -> web.Response:
    headers = {"Content-Disposition": f'inline; filename="{name}.pdf"'}
    return web.Response(body=content, content_type="application/pdf", headers=headers)
