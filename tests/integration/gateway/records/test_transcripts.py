"""A conversation on paper: masked, without the desk's notes, once by e-mail, inert wherever it is opened."""

import asyncio
import email
import email.policy
import io
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pypdf
import pytest
from aiohttp.test_utils import TestClient, unused_port
from aiosmtpd.controller import Controller
from jsonschema import Draft202012Validator, FormatChecker  # type: ignore[import-untyped]  # no types
from sqlalchemy import select

from gateway.ledger.records import Event
from gateway.records.keys import MASKER
from gateway.transcripts.mail import FileMail, MailError, SmtpMail
from gateway.transcripts.outbox import Outbox
from gateway.transcripts.records import TranscriptMail
from gateway.transcripts.words import moment
from gateway.web.keys import DATABASE, SETTINGS
from tests.fakes.rasa import FakeRasa, message
from tests.integration.gateway.conftest import DATABASES, Start
from tests.integration.gateway.customer import Customer
from tests.integration.gateway.records.desk_user import DeskUser

Web = TestClient[Any, Any]
NOTE = "note interne: client difficile"
SCRIPT = "<script>alert(1)</script> #set page(fill: red) $x$ *gras* @lien"


def outbox(client: Web, mail: Any, *, minutes: float = 0) -> Outbox:
    """What a worker would send with, some minutes from now."""

    def clock() -> datetime:
        return datetime.now(UTC) + timedelta(minutes=minutes)

    return Outbox(client.app[DATABASE], mail, client.app[MASKER], "service@example.ca", clock)


class Broken:
    """A mail server that refuses; for a while, or for good."""

    def __init__(self, *, is_permanent: bool = False) -> None:
        self.tries = 0
        self.is_permanent = is_permanent

    async def send(self, message: EmailMessage, *, id: str) -> None:
        self.tries += 1
        raise MailError("answered_450", is_permanent=self.is_permanent)


async def mails(client: Web) -> list[TranscriptMail]:
    async with client.app[DATABASE].read() as session:
        return list((await session.execute(select(TranscriptMail))).scalars())


def read_mail(folder: Path) -> EmailMessage:
    """The one message in the folder."""
    (path,) = folder.glob("*.eml")
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return message


@pytest.fixture
async def talked(start: Start) -> tuple[Customer, DeskUser]:
    """A customer who told much, and a rep who wrote a note about it."""
    client = await start(desk_hours="Mo-Su 00:00-23:59")
    customer, rep = await Customer.begin(client), await DeskUser.enter(client, "alice")
    await customer.say("mon compte 123 456 782, tel 514 555-1234")
    await customer.say(SCRIPT)
    await customer.say("oui")
    await customer.say("humain")
    path = f"/conversations/{customer.id}"
    await rep.request("POST", f"{path}/claim")
    await rep.request("POST", f"{path}/notes", json={"text": NOTE})
    return customer, rep


async def test_the_json_is_as_published_and_masked(talked: tuple[Customer, DeskUser], client: Web) -> None:
    customer, rep = talked
    schema = await (await client.get("/api/transcript.schema.json")).json()

    transcript = await customer.request("GET", "/transcript")

    Draft202012Validator(schema, format_checker=FormatChecker()).validate(transcript)
    assert transcript == {
        **await rep.request("GET", f"/conversations/{customer.id}/transcript"),
        "exported_at": transcript["exported_at"],
    }
    whole = repr(transcript)
    assert "123 456 782" not in whole
    assert "555-1234" not in whole
    assert NOTE not in whole
    assert any(line.get("receipt") for line in transcript["messages"])


async def test_text_and_pdf_hold_no_note_and_run_nothing(talked: tuple[Customer, DeskUser]) -> None:
    customer, rep = talked

    text = (await rep.fetch(f"/conversations/{customer.id}/transcript?format=text")).decode()
    content = await rep.fetch(f"/conversations/{customer.id}/transcript?format=pdf")

    pdf = pypdf.PdfReader(io.BytesIO(content))
    on_paper = "".join("".join(page.extract_text() for page in pdf.pages).split())
    for shown in ("".join(text.split()), on_paper):
        assert "".join(SCRIPT.split()) in shown
        assert "".join(NOTE.split()) not in shown
        assert "[numérodecomptemasqué]" in shown
        assert "123456782" not in shown
    assert "Vous (" in text


async def test_the_assistants_markup_is_written_out_and_peoples_words_are_not(
    client: Web, rasa: FakeRasa
) -> None:
    said = "Appelez le [1 800 555-0199](tel:+18005550199).\n\n- **un**\n- deux"
    rasa.script = lambda turn: {"language": "fr", "messages": [message(said)]}
    customer = await Customer.begin(client)
    await customer.say("**moi** [ici](https://example.ca)")

    headers = {"Authorization": f"Bearer {customer.token}"}
    text = await (await client.get(f"{customer.path}/transcript?format=text", headers=headers)).text()

    assert "Appelez le [téléphone masqué].\n\n- un\n- deux\n" in text
    assert "**moi** [ici](https://example.ca)" in text


async def test_times_are_torontos_to_the_minute() -> None:
    first = datetime(2027, 3, 1, 18, 5, 59, tzinfo=UTC)

    assert moment(first, "fr") == "1er mars 2027, 13\u00a0h\u00a005"
    assert moment(first + timedelta(days=1), "fr") == "2 mars 2027, 13\u00a0h\u00a005"
    assert moment(first, "en") == "March 1, 2027, 1:05\u00a0p.m."


async def test_the_pdf_is_tagged_and_in_its_language(talked: tuple[Customer, DeskUser]) -> None:
    customer, rep = talked

    content = await rep.fetch(f"/conversations/{customer.id}/transcript?format=pdf")

    pdf = pypdf.PdfReader(io.BytesIO(content))
    root: Any = pdf.trailer["/Root"]
    assert root["/Lang"] == "fr-CA"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert pdf.metadata is not None
    assert (pdf.metadata.title or "").startswith("Conversation du ")
    assert {"/H1", "/H2", "/P"} <= set(tags_of(root["/StructTreeRoot"]))


async def test_asked_twice_it_is_one_email_in_the_customers_language(
    talked: tuple[Customer, DeskUser], tmp_path: Path
) -> None:
    customer, _rep = talked
    body = {"email": "marie@example.ca"}

    answers = [await customer.request("POST", "/transcript", status=202, json=body) for _ in range(2)]
    sender = outbox(customer.client, FileMail(tmp_path))
    assert [await sender.send_due(), await sender.send_due()] == [1, 0]

    assert answers[0] == {"to": "m***@example.ca", "language": "fr", "masking": "masked", "state": "waiting"}
    message = read_mail(tmp_path)
    assert message["To"] == "marie@example.ca"
    assert message["Subject"].startswith("Votre conversation avec ")
    assert message["Content-Language"] == "fr"
    plain = message.get_body(("plain",))
    assert plain is not None
    assert NOTE not in plain.get_content()
    assert "123 456 782" not in plain.get_content()
    (attached,) = message.iter_attachments()
    assert attached.get_content_type() == "application/pdf"
    async with customer.client.app[DATABASE].read() as session:
        query = select(Event).where(Event.kind == "transcript_sent")
        (event,) = (await session.execute(query)).scalars()
    assert event.reason == "masked"
    assert event.details == {"recipient": "m***@example.ca", "language": "fr", "by_rep": False}
    assert "marie@" not in repr([mail.recipient for mail in await mails(customer.client)])


@pytest.mark.parametrize("database_url", DATABASES, indirect=True)
async def test_several_workers_send_each_once(client: Web, tmp_path: Path) -> None:
    customers = [await Customer.begin(client) for _ in range(6)]
    for customer in customers:
        await customer.request("POST", "/transcript", status=202, json={"email": "m@example.ca"})

    sent = await asyncio.gather(*(outbox(client, FileMail(tmp_path)).send_due() for _ in range(4)))

    assert sum(sent) == len(customers)
    assert len(list(tmp_path.glob("*.eml"))) == len(customers)


async def test_a_refused_email_is_tried_later_and_given_up(customer: Customer) -> None:
    await customer.request("POST", "/transcript", status=202, json={"email": "m@example.ca"})
    server = Broken()

    assert await outbox(customer.client, server).send_due() == 1
    assert await outbox(customer.client, server).send_due() == 0
    for hours in range(1, 12):
        await outbox(customer.client, server, minutes=hours * 400).send_due()

    assert server.tries == 8
    assert [mail.state for mail in await mails(customer.client)] == ["failed"]


async def test_a_permanent_refusal_ends_it_at_once(customer: Customer) -> None:
    await customer.request("POST", "/transcript", status=202, json={"email": "m@example.ca"})

    await outbox(customer.client, Broken(is_permanent=True)).send_due()

    assert [(mail.state, mail.tries) for mail in await mails(customer.client)] == [("failed", 1)]


async def test_a_worker_that_dies_gives_it_up(customer: Customer, tmp_path: Path) -> None:
    await customer.request("POST", "/transcript", status=202, json={"email": "m@example.ca"})
    dying = outbox(customer.client, FileMail(tmp_path))
    assert len(await dying._claim()) == 1

    assert await outbox(customer.client, FileMail(tmp_path)).send_due() == 0
    assert await outbox(customer.client, FileMail(tmp_path), minutes=6).send_due() == 1


@pytest.mark.parametrize(
    "address", ["marie", "marie@", "a@b@c.ca", "m@example.ca\nBcc: x@example.ca", "@x.ca"]
)
async def test_what_is_no_address_is_refused(customer: Customer, address: str) -> None:
    answer = await customer.request("POST", "/transcript", status=422, json={"email": address})

    assert answer["error"]["code"] in ("email_invalid", "invalid_request")


async def test_nobody_is_flooded(customer: Customer) -> None:
    for number in range(3):
        await customer.request("POST", "/transcript", status=202, json={"email": f"m{number}@example.ca"})

    answer = await customer.request("POST", "/transcript", status=429, json={"email": "m9@example.ca"})

    assert answer["error"]["code"] == "too_many_transcripts"


async def test_a_rep_sends_it_too_and_it_is_audited(
    customer: Customer, rep: DeskUser, lead: DeskUser
) -> None:
    path = f"/conversations/{customer.id}"

    await rep.request("POST", f"{path}/transcript", status=202, json={"email": "marie@example.ca"})

    entry = (await lead.request("GET", f"/audit?conversation={customer.id}"))["entries"][0]
    assert (entry["action"], entry["details"]["to"]) == ("send_transcript", "m***@example.ca")


async def test_a_real_server_gets_it(customer: Customer) -> None:
    received: list[bytes] = []

    class Handler:
        async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
            received.append(envelope.content)
            return "250 OK"

    port = unused_port()
    controller = Controller(Handler(), hostname="127.0.0.1", port=port)
    controller.start()
    try:
        changes = {"mail_host": "127.0.0.1", "mail_port": port, "mail_security": "none"}
        settings = customer.client.app[SETTINGS].model_copy(update=changes)
        await customer.request("POST", "/transcript", status=202, json={"email": "m@example.ca"})
        await outbox(customer.client, SmtpMail(settings)).send_due()
    finally:
        controller.stop()

    assert [mail.state for mail in await mails(customer.client)] == ["sent"]
    assert b"Auto-Submitted: auto-generated" in received[0]


def tags_of(node: Any) -> list[str]:
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        return [tag for child in node for tag in tags_of(child)]
    if not isinstance(node, dict):
        return []
    return [str(node.get("/S", "")), *(tags_of(node["/K"]) if "/K" in node else [])]
