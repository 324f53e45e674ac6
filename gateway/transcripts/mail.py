"""Hands e-mail over: to a mail server, or as .eml files. A message keeps its id when tried again."""

import os
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import Protocol

import aiosmtplib

from gateway.settings import Settings
from gateway.texts import Texts
from gateway.transcripts import words
from gateway.transcripts.pdf import make_pdf
from gateway.transcripts.schema import Transcript

NOT_ASCII_SAFE = str.maketrans({"\r": " ", "\n": " "})


class MailError(Exception):
    """A message was not taken; a permanent refusal is not tried again."""

    def __init__(self, reason: str, *, is_permanent: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason[:120]
        self.is_permanent = is_permanent


class Mail(Protocol):
    """Hands messages over."""

    async def send(self, message: EmailMessage, *, id: str) -> None:
        """Hand one message over; raises MailError."""
        ...


@dataclass(frozen=True)
class FileMail:
    """One file a message, named by its id: sending twice writes the same file."""

    folder: Path

    async def send(self, message: EmailMessage, *, id: str) -> None:
        """Write the file whole or not at all."""
        self.folder.mkdir(parents=True, exist_ok=True)
        partial = self.folder / f".{id}.{os.getpid()}"
        partial.write_bytes(message.as_bytes())
        partial.replace(self.folder / f"{id}.eml")


@dataclass(frozen=True)
class SmtpMail:
    """A mail server; who receives a message twice knows it by its Message-ID."""

    settings: Settings

    async def send(self, message: EmailMessage, *, id: str) -> None:
        """Hand over to the server; a 5xx answer is permanent."""
        password = self.settings.mail_password
        try:
            await aiosmtplib.send(
                message,
                hostname=self.settings.mail_host,
                port=self.settings.mail_port,
                username=self.settings.mail_user,
                password=None if password is None else password.get_secret_value(),
                use_tls=self.settings.mail_security == "tls",
                start_tls=self.settings.mail_security == "starttls",
                timeout=30,
            )
        except aiosmtplib.SMTPRecipientsRefused as error:
            is_permanent = all(refused.code >= 500 for refused in error.recipients)
            raise MailError("recipient_refused", is_permanent=is_permanent) from error
        except aiosmtplib.SMTPResponseException as error:
            raise MailError(f"answered_{error.code}", is_permanent=error.code >= 500) from error
        except (aiosmtplib.SMTPException, OSError) as error:
            raise MailError(type(error).__name__) from error


def open_mail(settings: Settings) -> Mail:
    """The mail server of the settings, or files."""
    return FileMail(settings.mail_folder) if settings.mail_host is None else SmtpMail(settings)


async def compose(
    transcript: Transcript, texts: Texts, *, recipient: str, id: str, sender: str, company: str
) -> EmailMessage:
    """The e-mail with the transcript in it and, as PDF, beside it."""
    language = transcript.language
    date = words.moment(transcript.begun_at, language)
    values = {"company": company, "date": date}
    message = EmailMessage()
    message["From"] = sender
    message["To"] = recipient
    message["Subject"] = texts.get("transcript.subject", language, values).translate(NOT_ASCII_SAFE)
    message["Message-ID"] = f"<{id}@{sender.rpartition('@')[2].strip('> ')}>"
    message["Date"] = format_datetime(transcript.exported_at)
    message["Content-Language"] = language
    message["Auto-Submitted"] = "auto-generated"
    body = texts.get("transcript.body", language, values)
    message.set_content(body + "\n\n" + words.text(transcript, texts, company=company))
    pdf = await make_pdf(words.document(transcript, texts, company=company))
    name = texts.get("transcript.file", language, {"day": transcript.begun_at.date().isoformat()})
    message.add_attachment(pdf, maintype="application", subtype="pdf", filename=f"{name}.pdf")
    message["Content-Language"] = language  # the one above went with the words, as all of their headers do
    return message
