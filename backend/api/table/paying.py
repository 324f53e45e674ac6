"""Routes of payments made here, bills and documents."""

from backend.api.handlers import paying
from backend.api.routes import Route, Who
from backend.api.schemas import money as mm
from backend.api.schemas import receipts as rm

ACCOUNT = "/v1/accounts/{account_id}"
BILL = f"{ACCOUNT}/bills/{{bill_id}}"
PDF = "application/pdf"

ROUTES = (
    Route(
        "GET", f"{ACCOUNT}/payments", paying.list_payments, "Payments made", "Payments", answer=mm.PaymentsOut
    ),
    Route(
        "POST",
        f"{ACCOUNT}/payments",
        paying.start_payment,
        "Start a one-time payment; the customer pays on the provider's page",
        "Payments",
        body=mm.PaymentIn,
        answer=mm.PaymentOut,
        status=201,
        writes=True,
        refusals=("nothing_to_pay", "payment_over_balance"),
    ),
    Route(
        "GET",
        f"{ACCOUNT}/payments/{{payment_id}}",
        paying.show_payment,
        "What became of a payment",
        "Payments",
        answer=mm.PaymentOut,
    ),
    Route(
        "POST",
        f"{ACCOUNT}/autopay",
        paying.start_autopay,
        "Start automatic payment; the customer agrees on the provider's page",
        "Payments",
        answer=mm.PaymentOut,
        status=201,
        writes=True,
        refusals=("autopay_already_on",),
    ),
    Route(
        "DELETE",
        f"{ACCOUNT}/autopay",
        paying.stop_autopay,
        "Stop automatic payment, through a rep",
        "Payments",
        answer=rm.ReceiptOut,
        writes=True,
        may_preview=True,
        refusals=("autopay_not_on", "autopay_cancel_by_rep"),
    ),
    Route(
        "POST",
        "/v1/provider/notices",
        paying.take_notice,
        "A signed notice of the payment provider (X-Signature)",
        "Service",
        who=Who.ANYONE,
        body=mm.NoticeIn,
        answer=mm.NoticeOut,
        refusals=("callback_not_trusted", "payment_not_found", "payment_amount_differs"),
    ),
    Route(
        "POST",
        "/v1/payments/{payment_id}/refunds",
        paying.refund_payment,
        "Give back all or part of a payment made here",
        "Service",
        who=Who.SERVICE,
        scope="refund_payments",
        body=mm.RefundIn,
        answer=mm.PaymentOut,
        status=201,
        writes=True,
        refusals=("refund_not_possible", "refund_over_payment"),
    ),
    Route("GET", f"{ACCOUNT}/bills", paying.list_bills, "Monthly bills", "Bills", answer=mm.BillsOut),
    Route("GET", f"{BILL}/pdf", paying.download_bill, "A bill as PDF/UA", "Bills", media_type=PDF),
    Route(
        "POST",
        f"{BILL}/send",
        paying.send_bill,
        "Send a bill again, the way bills travel now",
        "Bills",
        answer=rm.ReceiptOut,
        writes=True,
        may_preview=True,
    ),
    Route(
        "POST",
        "/v1/ebill-bounces",
        paying.take_bounce,
        "An e-bill came back; the account returns to paper",
        "Service",
        who=Who.SERVICE,
        scope="report_bounces",
        body=mm.BounceIn,
        answer=mm.BounceOut,
    ),
    Route(
        "POST",
        "/v1/ebill-bounces/raw",
        paying.take_bounce_report,
        "A delivery status report (RFC 3464) as the mail server received it",
        "Service",
        who=Who.SERVICE,
        scope="report_bounces",
        takes="application/octet-stream",
        answer=mm.BounceOut,
    ),
    Route(
        "GET",
        "/v1/receipts/{receipt_number}/pdf",
        paying.download_receipt,
        "A receipt as PDF/UA, in the language of the operation unless another is asked for",
        "Receipts",
        query=rm.ReceiptPdfQuery,
        media_type=PDF,
    ),
)
