"""E-bills that come back as reports (RFC 3464) by every door, and messages that can't be written."""

import asyncio
import sys
from datetime import date
from email.message import EmailMessage, Message
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from pathlib import Path
from typing import Any

import pytest
from aiohttp.test_utils import TestClient

from backend.domain.accounts import Delivery
from backend.service.bounces import bounced_messages
from backend.worker import sending
from tests.integration.backend.test_money import PAPER, bills_of, until
from tests.support.backend_client import Caller, rep_for
from tests.support.backend_world import Person, World

ID = "0190b0c4d5e6f708192a3b4c5d6e7f85"


def report(message_id: str, *, action: str = "failed", headers_only: bool = True) -> bytes:
    """What a mail server writes when it gives up, as Postfix does."""
    whole = MIMEMultipart("report", **{"report-type": "delivery-status"})
    whole["From"], whole["To"] = "MAILER-DAEMON@mx.example.ca", "service@example.ca"
    whole["Subject"] = "Undelivered Mail Returned to Sender"
    whole.attach(MIMEText("This is the mail system at host mx.example.ca."))
    status = MIMEBase("message", "delivery-status")
    fields, recipient = Message(), Message()
    fields["Reporting-MTA"] = "dns; mx.example.ca"
    recipient["Final-Recipient"] = "rfc822; m@example.ca"
    recipient["Action"], recipient["Status"] = action, "5.1.1"
    status.attach(fields)
    status.attach(recipient)
    whole.attach(status)
    original = EmailMessage()
    original["Message-ID"] = f"<{message_id}@example.ca>"
    original["Subject"] = "Votre facture"
    if headers_only:
        returned: MIMEBase | MIMEText = MIMEText(original.as_string(), "rfc822-headers")
    else:
        returned = MIMEBase("message", "rfc822")
        returned.attach(original)
    whole.attach(returned)
    return whole.as_bytes()


@pytest.mark.parametrize("headers_only", [True, False])
def test_a_report_names_the_message_that_came_back(headers_only: bool) -> None:
    assert bounced_messages(report(ID, headers_only=headers_only)) == {ID}


@pytest.mark.parametrize(
    "raw",
    [
        report(ID, action="delayed"),
        report(ID, action="delivered"),
        report("somebody-else"),
        f"Subject: I am away\nIn-Reply-To: <{ID}@example.ca>\n\nuntil Monday".encode(),
        b"",
        b"\xff\x00 not a message",
        report(ID)[:300],
    ],
)
def test_what_is_no_final_failure_of_ours_changes_nothing(raw: bytes) -> None:
    assert bounced_messages(raw) == set()


async def with_ebill(world: World, as_marie: Caller, marie: Person) -> str:
    await as_marie.post(f"/v1/accounts/{marie.account.id}/ebill", {"email": "m@example.ca", "consent": True})
    await until(world, date(2026, 12, 11))
    return (await bills_of(world, marie))[0].message_id or ""


async def drop(door: str, world: World, client: TestClient[Any, Any], raw: bytes, folder: Path) -> None:
    if door == "endpoint":
        headers = {**rep_for(client).headers, "Content-Type": "application/octet-stream"}
        async with client.post("/v1/ebill-bounces/raw", data=raw, headers=headers) as answer:
            assert answer.status == 200
    elif door == "command":
        url = world.database.engine.url.render_as_string(hide_password=False)
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "backend", "bounce", stdin=-1, stdout=-1, env={"BACKEND_DATABASE_URL": url}
        )
        said, _ = await process.communicate(raw)
        assert b"returned to paper" in said
    else:
        target = folder / "new" if door == "maildir" else folder
        target.mkdir(parents=True, exist_ok=True)
        (target / "1.mx").write_bytes(raw)
        world.worker.bounces = folder


@pytest.mark.parametrize("door", ["endpoint", "command", "maildir", "folder"])
async def test_ebill_not_received_a_report_by_any_door_returns_the_account_to_paper_once(
    world: World, client: TestClient[Any, Any], as_marie: Caller, marie: Person, tmp_path: Path, door: str
) -> None:
    raw = report(await with_ebill(world, as_marie, marie))

    for _ in range(2):
        await drop(door, world, client, raw, tmp_path / "bounces")
        await world.worker.until_idle()

    assert (await world.account(marie)).delivery is Delivery.PAPER
    assert len(world.mail.to(PAPER)) == 1
    if door in ("maildir", "folder"):
        assert [path.name for path in (tmp_path / "bounces").rglob("1.mx*")] in (["1.mx:2,S"], ["1.mx"])


async def test_a_message_that_cant_be_written_is_tried_again_then_given_up_and_counted(
    world: World, client: TestClient[Any, Any], marie: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: Any, **__: Any) -> EmailMessage:
        raise ValueError("the template is broken")

    kept = sending.write
    monkeypatch.setattr(sending, "write", broken)
    await Caller(client).post(
        "/v1/recovery", {"email": "marie@example.ca", "forgotten": "user_id"}, status=202
    )
    await world.worker.until_idle()
    monkeypatch.setattr(sending, "write", kept)
    await world.worker.until_idle()
    too_soon = len(world.mail.sent)
    world.clock.forward(minutes=1)
    await world.worker.until_idle()
    recovered = len(world.mail.sent)

    monkeypatch.setattr(sending, "write", broken)
    await Caller(client).post(
        "/v1/recovery", {"email": "marie@example.ca", "forgotten": "user_id"}, status=202
    )
    for _ in range(world.backend.policy.outbox_tries):
        await world.worker.until_idle()
        world.clock.forward(hours=6)
    async with client.get("/metrics") as answer:
        metrics = await answer.text()

    assert (too_soon, recovered) == (0, 1)
    assert 'backend_outbox_messages{state="failed"} 1.0' in metrics
    assert 'backend_outbox_messages{state="waiting"} 0.0' in metrics
