"""The backend's operations as methods; `Customer` is the backend as one signed-in customer sees it."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

from bot.actions.backend import models as m
from bot.actions.backend.errors import SignInNeeded
from bot.actions.backend.settings import Settings
from bot.actions.backend.transport import Answer, Budget, Call, Patience, Transport

ACCOUNT = "/v1/accounts/{account_id}"
RECEIPT = "/v1/receipts/{number}"
CHANNELS = {"web": "chat", "voice": "voice"}


class Backend:
    """The backend over HTTP, one for the whole process; `close` it at the end."""

    def __init__(self, settings: Settings, *, patience: Patience | None = None) -> None:
        headers = {"Authorization": f"Bearer {settings.token.get_secret_value()}"}
        self._transport = Transport(str(settings.url), headers, patience or Patience())

    async def close(self) -> None:
        """Let the connections go."""
        await self._transport.close()

    def as_customer(
        self,
        session: str | None,
        *,
        channel: Literal["web", "voice"],
        language: m.Language,
        budget: Budget | None = None,
    ) -> "Customer":
        """The backend inside the customer's session, for one turn; without a session only `plans` answers.

        The budget is the time the turn may wait in all; without one it begins now.
        """
        headers = {"X-Channel": CHANNELS[channel], "Accept-Language": language}
        return Customer(self._transport, session, headers, budget or Budget())


class Customer:
    """What one customer may see and do.

    Every method may raise SignInNeeded, Refused or Unreachable; those that change something also
    OutcomeUnknown. `key` (8 to 200 printable ASCII characters) names the change: the same key with
    the same change does it once and gives the same receipt. With `preview` nothing is done: the
    answer is the receipt that the change would give, its number empty.
    """

    def __init__(
        self, transport: Transport, session: str | None, headers: Mapping[str, str], budget: Budget
    ) -> None:
        self._transport = transport
        self._session = session
        self._headers = headers
        self._budget = budget

    async def profile(self) -> m.Profile:
        """Who is signed in."""
        return await self._get("/v1/profile", m.Profile)

    async def accounts(self) -> list[m.Account]:
        """The accounts, in the order of linking."""
        return (await self._get("/v1/accounts", m.Accounts)).accounts

    async def summary(self, account_id: str) -> m.Summary:
        """Everything about one account."""
        return await self._get(ACCOUNT, m.Summary, account_id=account_id)

    async def plans(self, account_id: str | None = None) -> list[m.Plan]:
        """The plans an account may have; without one, those on offer, which anybody may see."""
        if account_id is None:
            return (await self._send(Call("GET", "/v1/plans", m.Plans), is_open=True)).plans
        return (await self._get(f"{ACCOUNT}/plans", m.Plans, account_id=account_id)).plans

    async def payment_reports(self, account_id: str) -> list[m.Report]:
        """The payments reported, the newest first."""
        found = await self._get(f"{ACCOUNT}/payment-reports", m.Reports, account_id=account_id)
        return found.payment_reports

    async def receipts(self, account_id: str | None = None, *, limit: int = 20) -> list[m.Receipt]:
        """Receipts, the newest first, of one account or of the whole profile; at most 100."""
        query = {"limit": str(limit)} | ({"account_id": account_id} if account_id else {})
        return (await self._send(Call("GET", "/v1/receipts", m.Receipts, query=query))).receipts

    async def receipt(self, number: str) -> m.Receipt:
        """One receipt, by its twelve digits."""
        return await self._get(RECEIPT, m.Receipt, number=number)

    async def payments(self, account_id: str) -> list[m.Payment]:
        """The payments made here, the newest first."""
        return (await self._get(f"{ACCOUNT}/payments", m.Payments, account_id=account_id)).payments

    async def payment(self, account_id: str, payment_id: str) -> m.Payment:
        """What became of one payment."""
        path = f"{ACCOUNT}/payments/{{payment_id}}"
        return await self._get(path, m.Payment, account_id=account_id, payment_id=payment_id)

    async def bills(self, account_id: str) -> list[m.Bill]:
        """Monthly bills, the newest first."""
        return (await self._get(f"{ACCOUNT}/bills", m.Bills, account_id=account_id)).bills

    async def ebill(self, account_id: str) -> m.EBill:
        """How the account's bills travel."""
        return await self._get(f"{ACCOUNT}/ebill", m.EBill, account_id=account_id)

    async def link_account(self, account_number: str, postal_code: str, *, key: str) -> m.Receipt:
        """Link one more account, proved by what is printed on its bill."""
        body = {"account_number": account_number, "postal_code": postal_code}
        return await self._do("POST", "/v1/accounts", m.Receipt, body=body, key=key)

    async def change_address(
        self,
        account_id: str,
        address: m.Address,
        effective_on: date | None = None,
        *,
        key: str,
        preview: bool = False,
    ) -> m.Receipt:
        """Change the billing address, at once or from a date on."""
        day = effective_on.isoformat() if effective_on else None
        body = {"address": address.model_dump(), "effective_on": day}
        return await self._on_account("POST", "address", account_id, body=body, key=key, preview=preview)

    async def cancel_scheduled_address(
        self, account_id: str, *, key: str, preview: bool = False
    ) -> m.Receipt:
        """Call off the move to come."""
        return await self._on_account("DELETE", "address/scheduled", account_id, key=key, preview=preview)

    async def switch_plan(self, account_id: str, code: str, *, key: str, preview: bool = False) -> m.Receipt:
        """Switch the long-distance plan, at once."""
        return await self._on_account(
            "POST", "plan", account_id, body={"plan": code}, key=key, preview=preview
        )

    async def report_payment(
        self,
        account_id: str,
        amount_cents: int,
        paid_on: date,
        method: m.Method,
        reference: str = "",
        *,
        confirm_duplicate: bool = False,
        key: str,
        preview: bool = False,
    ) -> m.Receipt:
        """Report a payment made elsewhere; `confirm_duplicate` says that it only looks like another one."""
        body = {
            "amount_cents": amount_cents,
            "paid_on": paid_on.isoformat(),
            "method": method,
            "reference": reference,
            "confirm_duplicate": confirm_duplicate,
        }
        return await self._on_account(
            "POST", "payment-reports", account_id, body=body, key=key, preview=preview
        )

    async def enrol_ebill(
        self, account_id: str, email: str, *, consent: bool, key: str, preview: bool = False
    ) -> m.Receipt:
        """Have bills by e-mail, with the customer's consent that paper stops."""
        body = {"email": email, "consent": consent}
        return await self._on_account("POST", "ebill", account_id, body=body, key=key, preview=preview)

    async def leave_ebill(self, account_id: str, *, key: str, preview: bool = False) -> m.Receipt:
        """Return to paper bills."""
        return await self._on_account("DELETE", "ebill", account_id, key=key, preview=preview)

    async def change_ebill_email(
        self, account_id: str, email: str, *, key: str, preview: bool = False
    ) -> m.Receipt:
        """Have the e-bill sent elsewhere."""
        return await self._on_account(
            "POST", "ebill/address", account_id, body={"email": email}, key=key, preview=preview
        )

    async def send_bill(self, account_id: str, bill_id: str, *, key: str, preview: bool = False) -> m.Receipt:
        """Send a bill again, the way bills travel now."""
        path, parts = f"{ACCOUNT}/bills/{{bill_id}}/send", {"account_id": account_id, "bill_id": bill_id}
        return await self._do("POST", path, m.Receipt, parts=parts, key=key, preview=preview)

    async def start_payment(self, account_id: str, amount_cents: int, *, key: str) -> m.Payment:
        """Start a one-time payment; the customer pays on `page_url`."""
        parts, body = {"account_id": account_id}, {"amount_cents": amount_cents}
        return await self._do("POST", f"{ACCOUNT}/payments", m.Payment, parts=parts, body=body, key=key)

    async def start_autopay(self, account_id: str, *, key: str) -> m.Payment:
        """Start automatic payment; the customer agrees on `page_url`."""
        return await self._do(
            "POST", f"{ACCOUNT}/autopay", m.Payment, parts={"account_id": account_id}, key=key
        )

    async def stop_autopay(self, account_id: str, *, key: str, preview: bool = False) -> m.Receipt:
        """Stop automatic payment; refused to customers by themselves (autopay_cancel_by_rep)."""
        return await self._on_account("DELETE", "autopay", account_id, key=key, preview=preview)

    async def email_receipt(self, number: str, *, key: str) -> m.Receipt:
        """Send a receipt to the profile's address once more; the answer is that receipt."""
        return await self._do("POST", f"{RECEIPT}/email", m.Receipt, parts={"number": number}, key=key)

    async def undo(self, number: str, *, key: str, preview: bool = False) -> m.Receipt:
        """Take an operation back."""
        path = f"{RECEIPT}/undo"
        return await self._do("POST", path, m.Receipt, parts={"number": number}, key=key, preview=preview)

    async def sign_out(self) -> None:
        """End the session; one that had ended already is as good."""
        try:
            await self._send(Call("DELETE", "/v1/sessions/current", m.Nothing, writes=True))
        except SignInNeeded:
            return

    async def _get(self, path: str, answer: type[Answer], **parts: str) -> Answer:
        return await self._send(Call("GET", path, answer, parts=parts))

    async def _on_account(
        self, method: str, what: str, account_id: str, *, key: str, preview: bool, body: Any = None
    ) -> m.Receipt:
        path, parts = f"{ACCOUNT}/{what}", {"account_id": account_id}
        return await self._do(method, path, m.Receipt, parts=parts, body=body, key=key, preview=preview)

    async def _do(
        self,
        method: str,
        path: str,
        answer: type[Answer],
        *,
        key: str,
        parts: Mapping[str, str] | None = None,
        body: Any = None,
        preview: bool = False,
    ) -> Answer:
        query = {"preview": "true"} if preview else {}
        call = Call(
            method,
            path,
            answer,
            parts=parts or {},
            query=query,
            body=body,
            key="" if preview else key,
            writes=not preview,
        )
        return await self._send(call)

    async def _send(self, call: Call[Answer], *, is_open: bool = False) -> Answer:
        if self._session is None and not is_open:
            raise SignInNeeded("not_signed_in")
        headers = {**self._headers, "X-Session-Id": self._session} if self._session else self._headers
        return await self._transport.send(call, headers=headers, budget=self._budget)
