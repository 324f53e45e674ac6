"""The operations that reps do for customers: where each goes in the system of record."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

ACCOUNT = "/v1/accounts/{account_id}"
RECEIPT = "/v1/receipts/{receipt_number}"
Json = dict[str, Any]


class ValueMissingError(ValueError):
    """A value that the operation's address needs; the message is its name."""


@dataclass(frozen=True)
class Operation:
    """One operation; what its path names is taken from the values, the rest is the body."""

    method: str
    path: str
    takes_body: bool = False
    may_preview: bool = True

    def request(self, account_id: str | None, values: Mapping[str, Any]) -> tuple[str, Json | None]:
        """Path and body; raises ValueMissingError."""
        given = {**values, **({} if account_id is None else {"account_id": account_id})}
        path = self.path
        for name in ("account_id", "receipt_number", "bill_id"):
            if f"{{{name}}}" not in path:
                continue
            if not isinstance(given.get(name), str) or not given[name]:
                raise ValueMissingError(name)
            path = path.replace(f"{{{name}}}", quote(given[name], safe=""))
        return path, dict(values) if self.takes_body else None


OPERATIONS: Mapping[str, Operation] = {
    "change_address": Operation("POST", f"{ACCOUNT}/address", takes_body=True),
    "cancel_address_change": Operation("DELETE", f"{ACCOUNT}/address/scheduled"),
    "switch_plan": Operation("POST", f"{ACCOUNT}/plan", takes_body=True),
    "report_payment": Operation("POST", f"{ACCOUNT}/payment-reports", takes_body=True),
    "enrol_ebill": Operation("POST", f"{ACCOUNT}/ebill", takes_body=True),
    "leave_ebill": Operation("DELETE", f"{ACCOUNT}/ebill"),
    "change_ebill_email": Operation("POST", f"{ACCOUNT}/ebill/address", takes_body=True),
    "resend_bill": Operation("POST", f"{ACCOUNT}/bills/{{bill_id}}/send"),
    "undo": Operation("POST", f"{RECEIPT}/undo"),
    "send_receipt": Operation("POST", f"{RECEIPT}/email", may_preview=False),
}
