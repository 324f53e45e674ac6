"""E-mails in the customer's language: the same words as text and as plain, accessible HTML."""

from collections.abc import Mapping
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from backend.domain.clock import toronto_date
from backend.domain.people import Language
from backend.domain.records import OutboxMessage, Receipt
from backend.wording.formats import grouped, long_date
from backend.wording.receipts import ReceiptInWords, in_words
from backend.wording.texts import texts

_templates = Environment(
    loader=PackageLoader("backend.wording", "templates"),
    autoescape=lambda name: bool(name and name.endswith(".html")),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
FRAME = (
    "greeting",
    "colon",
    "signature",
    "automatic",
    "number",
    "account",
    "done",
    "effective",
    "before",
    "after",
    "what",
    "undo",
)


def compose(
    message: OutboxMessage, given: Mapping[str, Any], *, sender: str, receipt: Receipt | None, now: datetime
) -> EmailMessage:
    """The e-mail that an outbox row promises; its Message-ID never changes."""
    language = message.language
    words = in_words(receipt, language, now=now) if receipt is not None else None
    values = _values(given, words, language)
    email = EmailMessage()
    email["Subject"] = texts().get(f"emails.{message.template}.subject", language, **values)
    email["From"] = sender
    email["To"] = (
        message.recipient if "@" in message.recipient else f"{message.recipient}@{sender.partition('@')[2]}"
    )
    email["Date"] = format_datetime(message.created_at)
    email["Message-ID"] = f"<{message.id}@{sender.partition('@')[2]}>"
    email["Content-Language"] = language.value
    email["Auto-Submitted"] = "auto-generated"
    parts = {
        "language": language.value,
        "subject": str(email["Subject"]),
        "frame": {name: texts().get(f"emails.frame.{name}", language) for name in FRAME},
        "paragraphs": _paragraphs(texts().get(f"emails.{message.template}.body", language, **values)),
        "receipt": words,
        "company": texts().get("company.name", language),
    }
    email.set_content(_templates.get_template("email.txt").render(parts))
    email.add_alternative(_templates.get_template("email.html").render(parts), subtype="html")
    return email


def _values(values: Mapping[str, Any], words: ReceiptInWords | None, language: Language) -> dict[str, Any]:
    shown = dict(values)
    if words is not None:
        shown |= {"title": words.title, "number": words.number}
    if "on" in shown:
        shown["on"] = long_date(toronto_date(datetime.fromisoformat(shown["on"])), language)
    if "account_number" in shown:
        shown["account_number"] = grouped(shown["account_number"])
    return shown


def _paragraphs(body: str) -> list[str]:
    return [" ".join(paragraph.split("\n")) for paragraph in body.split("\n\n")]
