"""A monthly bill as PDF/UA."""

from typing import Any

from backend.documents.pdf import letterhead, make_pdf
from backend.domain.bills import Bill
from backend.domain.people import Language
from backend.wording.formats import address_lines, grouped, long_date, money
from backend.wording.texts import texts


async def bill_pdf(bill: Bill, account_number: str, language: Language) -> bytes:
    """The bill in one language, as it was on its day whatever has changed since."""

    def say(key: str, **values: str) -> str:
        return texts().get(f"documents.bill.{key}", language, **values)

    due = long_date(bill.due_on, language)
    return await make_pdf(
        "bill",
        {
            "language": language.value,
            "colon": texts().get("emails.frame.colon", language),
            "company": letterhead(language),
            "title": say("title", date=long_date(bill.issued_on, language)),
            "address": [bill.holder, *address_lines(bill.billing_address.as_json())],
            "facts": [
                (say("account"), grouped(account_number)),
                (say("number"), grouped(bill.number)),
                (say("issued"), long_date(bill.issued_on, language)),
                (say("due"), due),
            ],
            "detail": say("detail"),
            "head": [say("what"), say("amount")],
            "lines": _lines(bill, language),
            "total": say("total", amount=money(bill.total_cents, language)),
            "payment": say("charged" if bill.is_charged else "pay", date=due),
            "registrations": texts().get("company.registrations", language),
        },
    )


def _lines(bill: Bill, language: Language) -> list[list[str]]:
    def say(key: str) -> str:
        return texts().get(f"documents.bill.{key}", language)

    lines = [[say("previous"), money(bill.previous_cents, language)]]
    lines += [
        [say("refund" if payment["cents"] < 0 else "payment"), money(-payment["cents"], language)]
        for payment in bill.payments
    ]
    lines += [[_charge(charge, language), money(charge["cents"], language)] for charge in bill.charges]
    lines += [[say(tax["tax"]), money(tax["cents"], language)] for tax in bill.taxes]
    return lines


def _charge(charge: dict[str, Any], language: Language) -> str:
    name = charge["name"][language.value] if "name" in charge else charge["label"]
    return texts().get(f"documents.bill.{charge['kind']}", language, name=name)
