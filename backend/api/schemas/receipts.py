"""Receipts as they go out: the facts for programs, the words for people."""

from datetime import date, datetime
from typing import Any, Literal

from pydantic import AwareDatetime, Field

from backend.api.schemas.common import Line, Model, Moment
from backend.domain.people import Language
from backend.domain.records import Operation, Receipt
from backend.service.perform import Done
from backend.service.undo import undo_problem
from backend.wording.receipts import in_words


class LineOut(Model):
    """One thing that changed, in words."""

    label: str = Field(examples=["Adresse de facturation"])
    before: str | None = Field(examples=["12, rue Principale, Québec QC  G1R 2B5"])
    after: str | None = Field(examples=["45, rue des Érables, app. 3, Québec QC  G1R 2B5"])


class WordsOut(Model):
    """The receipt in the language of the answer."""

    title: str = Field(examples=["Adresse de facturation changée"])
    number: str = Field(examples=["4821 0937 5562"])
    account: str | None = Field(examples=["123 456 782"])
    done: str = Field(examples=["mardi 24 novembre 2026"])
    effective: str = Field(examples=["mardi 24 novembre 2026"])
    lines: list[LineOut]
    undo: str
    undone: str | None
    complaint: str


class UndoOut(Model):
    """Whether the operation can still be taken back."""

    possible: bool
    until: AwareDatetime | None = None
    problem: str | None = Field(default=None, examples=["undo_too_late"])


class ReceiptOut(Model):
    """The written confirmation of one operation."""

    number: str | None = Field(examples=["482109375562"], description="null in a preview")
    operation: Operation
    account_id: str | None = Field(examples=["0190b0c4d5e6f708192a3b4c5d6e7f80"])
    account_number: str | None = Field(examples=["123456782"])
    created_at: AwareDatetime
    effective_on: date
    channel: str = Field(examples=["portal"])
    actor: str = Field(examples=["customer"])
    before: dict[str, Any]
    after: dict[str, Any]
    undo: UndoOut
    undoes: str | None = None
    undone_by: str | None = None
    subject_id: str | None = Field(
        default=None, description="the report, scheduled change or payment it speaks of"
    )
    words: WordsOut
    is_preview: bool = False
    is_repeat: bool = Field(default=False, exclude=True)

    @classmethod
    def of(
        cls, done: Receipt | Done, language: Language, now: datetime, *, is_preview: bool = False
    ) -> "ReceiptOut":
        """From the domain's receipt."""
        receipt = done.receipt if isinstance(done, Done) else done
        problem = undo_problem(receipt, now)
        words = in_words(receipt, language, now=now)
        return cls(
            number=None if is_preview else receipt.number,
            operation=receipt.operation,
            account_id=receipt.account_id,
            account_number=receipt.account_number,
            created_at=receipt.created_at,
            effective_on=receipt.effective_on,
            channel=receipt.channel,
            actor=receipt.actor_kind,
            before=receipt.before,
            after=receipt.after,
            undo=UndoOut(possible=problem is None, until=receipt.undo_until, problem=problem),
            undoes=receipt.undoes,
            undone_by=receipt.undone_by,
            subject_id=None if is_preview else receipt.subject_id,
            words=WordsOut(
                **{
                    **vars(words),
                    "number": "" if is_preview else words.number,
                    "lines": [LineOut(**vars(line)) for line in words.lines],
                }
            ),
            is_preview=is_preview,
            is_repeat=isinstance(done, Done) and done.is_repeat,
        )


class ReceiptsOut(Model):
    """Receipts, the newest first."""

    receipts: list[ReceiptOut]


class ReceiptPdfQuery(Model):
    """In which language; without it the one of the operation, in which the receipt is kept."""

    lang: Literal["fr", "en"] | None = Field(default=None)


class ReceiptsQuery(Model):
    """Which receipts to list."""

    account_id: Line | None = Field(default=None, pattern=r"^[0-9a-f]{32}$")
    limit: int = Field(default=20, ge=1, le=100)
    before: Moment | None = Field(default=None, description="created_at of the last one already seen")
