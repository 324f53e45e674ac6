"""Sending e-mail by SMTP or as .eml files; a message keeps its id, so that a repeat is still one message."""

import os
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from typing import Protocol

import aiosmtplib


class MailFault(Exception):  # noqa: N818 - a fault of the mail, told to the outbox
    """A message could not be handed over; permanent ones are not tried again."""

    def __init__(self, reason: str, *, is_permanent: bool = False) -> None:
        super().__init__(reason)
        self.is_permanent = is_permanent


class Mail(Protocol):
    """Hands messages over."""

    sender: str

    async def send(self, message: EmailMessage, *, id: str) -> None:
        """Hand one message over, or raise MailFault."""


@dataclass
class FileMail:
    """Development's mail: one file a message, named by its id, so that sending twice writes the same file."""

    folder: Path
    sender: str

    async def send(self, message: EmailMessage, *, id: str) -> None:
        """Write the file whole or not at all."""
        self.folder.mkdir(parents=True, exist_ok=True)
        partial = self.folder / f".{id}.{os.getpid()}"
        partial.write_bytes(message.as_bytes())
        partial.replace(self.folder / f"{id}.eml")


@dataclass
class SmtpMail:
    """A real server."""

    host: str
    port: int
    user: str | None
    password: str | None
    security: str
    sender: str
    timeout: float = 30

    async def send(self, message: EmailMessage, *, id: str) -> None:
        """Hand over to the server; a 5xx answer is permanent."""
        try:
            await aiosmtplib.send(
                message,
                hostname=self.host,
                port=self.port,
                username=self.user,
                password=self.password,
                use_tls=self.security == "tls",
                start_tls=self.security == "starttls",
                timeout=self.timeout,
            )
        except aiosmtplib.SMTPRecipientsRefused as error:
            permanent = all(refused.code >= 500 for refused in error.recipients)
            raise MailFault(
                f"recipient refused: {error.recipients[0].code}", is_permanent=permanent
            ) from error
        except aiosmtplib.SMTPResponseException as error:
            raise MailFault(f"server answered {error.code}", is_permanent=error.code >= 500) from error
        except (aiosmtplib.SMTPException, OSError) as error:
            raise MailFault(type(error).__name__) from error
