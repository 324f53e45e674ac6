"""What the gateway sent: the one e-mail in a folder, and the words of the PDF in it."""

import email
import email.policy
import io
import time
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

import pypdf

WITHIN = 30  # seconds, for machines that are busy


@dataclass(frozen=True)
class Mailed:
    """An e-mail with a transcript: what it says, and what is on the paper beside it."""

    message: EmailMessage
    text: str
    file_name: str
    paper: str


def mailed(folder: Path, recipient: str) -> Mailed:
    """The one e-mail to this address, once it is there."""
    message = _arrived(folder, recipient)
    body = message.get_body(("plain",))
    (attached,) = message.iter_attachments()
    assert body is not None
    assert attached.get_content_type() == "application/pdf"
    return Mailed(
        message, body.get_content(), attached.get_filename() or "", paper_of(attached.get_content())
    )


def paper_of(content: bytes) -> str:
    """All the words of a PDF, without the spaces, which paper breaks as it likes."""
    return squeezed("".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages))


def squeezed(text: str) -> str:
    """A text without spaces."""
    return "".join(text.split())


def _arrived(folder: Path, recipient: str) -> EmailMessage:
    ends = time.monotonic() + WITHIN
    while time.monotonic() < ends:
        found = [message for message in map(_read, folder.glob("*.eml")) if message["To"] == recipient]
        if found:
            (message,) = found
            return message
        time.sleep(0.1)
    raise AssertionError(f"no e-mail to {recipient} in {folder}")


def _read(path: Path) -> EmailMessage:
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return message
