"""The whole path of one customer: register, sign in, look, move, be confirmed in writing."""

from pathlib import Path
from typing import Any

from aiohttp.test_utils import TestClient

from backend.worker.mail import FileMail
from backend.worker.sending import send_due
from tests.support.backend_client import Caller
from tests.support.backend_world import NEW_HOME_JSON, World, build_account


async def test_a_customer_registers_moves_and_receives_the_confirmation(
    world: World, client: TestClient[Any, Any], tmp_path: Path
) -> None:
    await world.keep(build_account("123456782"))
    someone = Caller(client)
    registration = {
        "account_number": "123 456 782",
        "postal_code": "g1r2b5",
        "user_id": "Marie.Tremblay",
        "password": "erable2026",
        "email": "marie@example.ca",
        "language": "fr",
    }

    welcome = await someone.post("/v1/profiles", registration, status=201)
    session = await someone.post(
        "/v1/sessions", {"user_id": "marie.tremblay", "password": "erable2026"}, status=201
    )
    marie = Caller(client, Authorization=f"Bearer {session['token']}")
    account = (await marie.get("/v1/accounts"))["accounts"][0]
    receipt = await marie.post(f"/v1/accounts/{account['id']}/address", {"address": NEW_HOME_JSON})
    summary = await marie.get(f"/v1/accounts/{account['id']}")
    sent = await send_due(world.backend, FileMail(tmp_path / "outbox", sender="service@example.ca"))

    assert welcome["operation"] == "register"
    assert account["is_default"]
    assert summary["billing_address"]["line1"] == "45, boul. René-Lévesque O., app. 3"
    assert summary["recent_receipts"][0]["number"] == receipt["number"]
    assert sent == 2
    mails = [path.read_text(encoding="utf-8") for path in (tmp_path / "outbox").glob("*.eml")]
    assert any("Adresse de facturation" in mail or "=C3=" in mail for mail in mails)
    assert receipt["words"]["undo"].startswith(
        "Vous pouvez annuler cette opération jusqu’au mardi 24 novembre 2026"
    )
