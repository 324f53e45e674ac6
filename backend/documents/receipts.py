"""A receipt as PDF/UA."""

from datetime import datetime

from backend.documents.pdf import letterhead, make_pdf
from backend.domain.people import Language
from backend.domain.records import Receipt
from backend.wording.receipts import in_words
from backend.wording.texts import texts


async def receipt_pdf(receipt: Receipt, language: Language, now: datetime) -> bytes:
    """The receipt in one language, as it stands now."""
    words = in_words(receipt, language, now=now)

    def say(key: str) -> str:
        return texts().get(f"emails.frame.{key}", language)

    facts = [(say("number"), words.number), (say("account"), words.account)]
    facts += [(say("done"), words.done), (say("effective"), words.effective)]
    return await make_pdf(
        "receipt",
        {
            "language": language.value,
            "colon": texts().get("emails.frame.colon", language),
            "company": letterhead(language),
            "title": words.title,
            "facts": [fact for fact in facts if fact[1]],
            "changes": texts().get("documents.receipt.changes", language),
            "head": [say("what"), say("before"), say("after")],
            "lines": [[line.label, line.before or "–", line.after or "–"] for line in words.lines],
            "undo-title": say("undo"),
            "undo": words.undone or words.undo,
            "complaint": words.complaint,
        },
    )
