"""Everything an outbox row needs to become a message: its receipt, or its bill with the PDF attached."""

from email.message import EmailMessage

from backend.documents.bills import bill_pdf
from backend.domain.records import OutboxMessage
from backend.service.backend import Backend
from backend.wording.emails import compose
from backend.wording.formats import long_date, money


async def write(backend: Backend, message: OutboxMessage, *, sender: str) -> EmailMessage:
    """The message as it will be handed over."""
    if "bill_id" in message.values:
        return await _bill(backend, message, sender)
    async with backend.store.reading() as uow:
        receipt = await uow.receipts.get(message.values["number"]) if "number" in message.values else None
    return compose(message, message.values, sender=sender, receipt=receipt, now=backend.now())


async def _bill(backend: Backend, message: OutboxMessage, sender: str) -> EmailMessage:
    async with backend.store.reading() as uow:
        bill = await uow.bills.get(message.values["bill_id"])
        assert bill is not None
        account = await uow.accounts.get(bill.account_id)
        assert account is not None
    language = message.language
    values = {
        "date": long_date(bill.issued_on, language),
        "due": long_date(bill.due_on, language),
        "total": money(bill.total_cents, language),
    }
    email = compose(message, values, sender=sender, receipt=None, now=backend.now())
    pdf = await bill_pdf(bill, account.number, language)
    email.add_attachment(pdf, maintype="application", subtype="pdf", filename=f"{bill.number}.pdf")
    return email
