"""Every refusal in one list: a readable code and its HTTP status; the words are in content/errors_*.yml."""

from collections.abc import Mapping
from typing import Any

STATUS: Mapping[str, int] = {
    # The request itself
    "invalid_json": 400,
    "invalid_query": 400,
    "idempotency_key_missing": 400,
    "idempotency_key_invalid": 400,
    "not_found": 404,
    "method_not_allowed": 405,
    "idempotency_key_reused": 409,
    "body_too_large": 413,
    "unsupported_media_type": 415,
    "invalid_request": 422,
    "bad_request": 400,
    "internal_error": 500,
    "busy": 503,
    # Who is asking
    "not_signed_in": 401,
    "session_expired": 401,
    "wrong_credentials": 401,
    "scope_missing": 403,
    "wrong_pin": 401,
    "wrong_password": 403,
    "too_many_attempts": 429,
    # Profiles
    "proof_not_matching": 422,
    "user_id_taken": 409,
    "user_id_invalid": 422,
    "password_too_weak": 422,
    "phone_pin_invalid": 422,
    "link_expired": 410,
    "email_unchanged": 409,
    "customer_not_found": 404,
    # Accounts and addresses
    "account_not_found": 404,
    "account_already_linked": 409,
    "last_account": 409,
    "account_number_invalid": 422,
    "address_invalid": 422,
    "address_unchanged": 409,
    "effective_date_past": 422,
    "effective_date_too_far": 422,
    "no_scheduled_change": 404,
    # Plans
    "plan_not_found": 404,
    "plan_unchanged": 409,
    "plan_not_for_account": 409,
    # Payments
    "amount_invalid": 422,
    "payment_date_future": 422,
    "payment_date_too_old": 422,
    "payment_already_reported": 409,
    "payment_looks_reported": 409,
    "payment_report_not_found": 404,
    "payment_report_settled": 409,
    "payment_not_found": 404,
    "payment_over_balance": 422,
    "nothing_to_pay": 409,
    "refund_not_possible": 409,
    "refund_over_payment": 422,
    "callback_not_trusted": 403,
    "payment_amount_differs": 409,
    "autopay_already_on": 409,
    "autopay_not_on": 409,
    "autopay_cancel_by_rep": 403,
    # E-bills and bills
    "consent_missing": 422,
    "ebill_already_on": 409,
    "ebill_not_on": 409,
    "ebill_leave_business": 403,
    "ebill_address_unchanged": 409,
    "paper_on_request_already_on": 409,
    "paper_on_request_not_on": 409,
    "bill_not_found": 404,
    # Receipts
    "receipt_not_found": 404,
    "undo_not_possible": 409,
    "undo_already_done": 409,
    "undo_too_late": 409,
    "undo_changed_since": 409,
}


class Refusal(Exception):  # noqa: N818 - it is an answer, not a fault
    """A reasoned no: a stable code, and the fields a program needs to explain it."""

    def __init__(self, code: str, /, **fields: Any) -> None:
        super().__init__(code)
        self.code = code
        self.status = STATUS[code]
        self.fields = fields
