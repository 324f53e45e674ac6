"""Sending through a real SMTP server: what arrives, what is tried again, what is given up."""

import socket
from collections.abc import Iterator
from email import message_from_bytes, policy
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from backend.domain.accounts import Delivery
from backend.worker.mail import SmtpMail
from tests.support.backend_client import Caller
from tests.support.backend_world import Person, World


class Mailbox:
    """An SMTP server's handler that refuses some and keeps the rest."""

    def __init__(self) -> None:
        self.kept: list[bytes] = []
        self.answer = "250 OK"

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        """Accept a recipient, or not."""
        if self.answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.answer

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        """Keep a message."""
        self.kept.append(envelope.content)
        return "250 kept"


@pytest.fixture
def mailbox() -> Iterator[tuple[Mailbox, int]]:
    """A server on a free port."""
    handler = Mailbox()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    yield handler, port
    controller.stop()


def smtp(port: int) -> SmtpMail:
    return SmtpMail("127.0.0.1", port, None, None, "none", "service@example.ca")


async def test_a_receipt_arrives_in_french_as_text_and_html(
    world: World, as_marie: Caller, marie: Person, mailbox: tuple[Mailbox, int]
) -> None:
    world.worker.mail = smtp(mailbox[1])
    receipt = await as_marie.post(f"/v1/accounts/{marie.account.id}/plan", {"plan": "world"})

    await world.worker.until_idle()

    email = message_from_bytes(mailbox[0].kept[0], policy=policy.default)
    text = email.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    page = email.get_body(("html",)).get_content()  # type: ignore[union-attr]
    assert email["Subject"].startswith("Forfait d’interurbain changé")
    assert receipt["words"]["number"] in text
    assert '<html lang="fr">' in page
    assert "7,95\xa0$" in text


async def test_a_server_that_is_busy_gets_the_message_later_with_the_same_id(
    world: World, as_marie: Caller, marie: Person, mailbox: tuple[Mailbox, int]
) -> None:
    world.worker.mail = smtp(mailbox[1])
    mailbox[0].answer = "451 try later"
    await as_marie.post(f"/v1/accounts/{marie.account.id}/plan", {"plan": "world"})
    await world.worker.until_idle()
    mailbox[0].answer = "250 OK"

    await world.worker.until_idle()
    too_soon = len(mailbox[0].kept)
    world.clock.forward(minutes=1)
    await world.worker.until_idle()

    assert (too_soon, len(mailbox[0].kept)) == (0, 1)


async def test_an_ebill_refused_for_good_returns_the_account_to_paper(
    world: World, as_marie: Caller, marie: Person, mailbox: tuple[Mailbox, int]
) -> None:
    await as_marie.post(f"/v1/accounts/{marie.account.id}/ebill", {"email": "m@example.ca", "consent": True})
    await world.worker.until_idle()
    world.worker.mail = smtp(mailbox[1])
    mailbox[0].answer = "550 no such mailbox"
    world.clock.forward(days=17)

    await world.worker.until_idle()

    assert (await world.account(marie)).delivery is Delivery.PAPER
