"""A receipt in words: title, what was before and is after, when it takes effect, how to undo it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from backend.domain.clock import toronto_date
from backend.domain.people import Language
from backend.domain.records import UNDOABLE, Receipt
from backend.wording.formats import address_lines, grouped, long_date, money
from backend.wording.texts import texts


@dataclass(frozen=True)
class Line:
    """One thing that changed."""

    label: str
    before: str | None
    after: str | None


@dataclass(frozen=True)
class ReceiptInWords:
    """What is read on the screen, in the e-mail and in the PDF."""

    title: str
    number: str
    account: str | None
    done: str
    effective: str
    lines: list[Line]
    undo: str
    undone: str | None
    complaint: str


def in_words(receipt: Receipt, language: Language, *, now: datetime) -> ReceiptInWords:
    """The receipt in one language, as it stands now."""
    words = texts()
    return ReceiptInWords(
        title=words.get(f"receipts.title.{receipt.operation.value}", language),
        number=grouped(receipt.number),
        account=grouped(receipt.account_number) if receipt.account_number else None,
        done=long_date(toronto_date(receipt.created_at), language),
        effective=long_date(receipt.effective_on, language),
        lines=_lines(receipt, language),
        undo=_undo(receipt, language, now),
        undone=words.get("receipts.undone", language, number=grouped(receipt.undone_by))
        if receipt.undone_by
        else None,
        complaint=words.get("receipts.complaint", language),
    )


def _undo(receipt: Receipt, language: Language, now: datetime) -> str:
    if receipt.operation in UNDOABLE and receipt.undo_until is not None and receipt.undone_by is None:
        if now < receipt.undo_until:
            last = toronto_date(
                receipt.undo_until.fromtimestamp(receipt.undo_until.timestamp() - 1, tz=now.tzinfo)
            )
            return texts().get("receipts.undo.possible", language, date=long_date(last, language))
        return texts().get("receipts.undo.too_late", language)
    key = f"receipts.undo.{receipt.operation.value}"
    return texts().get(key if key in texts() else "receipts.undo.other", language)


def _lines(receipt: Receipt, language: Language) -> list[Line]:
    keys = [key for key in {**receipt.before, **receipt.after} if f"receipts.field.{key}" in texts()]
    return [
        Line(
            label=texts().get(f"receipts.field.{key}", language),
            before=_value(key, receipt.before, language),
            after=_value(key, receipt.after, language),
        )
        for key in keys
        if key not in ("effective_on",) or receipt.before.get(key) != receipt.after.get(key)
    ]


def _value(key: str, state: Mapping[str, Any], language: Language) -> str | None:
    value = state.get(key)
    if key not in state:
        return None
    if value is None or value == "":
        empty = f"receipts.none_{key}"
        return texts().get(empty if empty in texts() else "receipts.none", language)
    if key.endswith("_cents"):
        return money(value, language)
    if key in ("billing_address",):
        return ", ".join(address_lines(value))
    if key.endswith("_on"):
        return long_date(date.fromisoformat(value), language)
    if key in ("account_number", "default_account", "bill_number"):
        return grouped(value)
    if isinstance(value, Mapping):
        return str(value[language.value])
    word = f"receipts.word.language_{value}" if key == "language" else f"receipts.word.{value}"
    return texts().get(word, language) if word in texts() else str(value)
