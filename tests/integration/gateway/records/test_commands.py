"""What the operator does from the command line; and the worker, which does the rest by itself."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from gateway.__main__ import main
from gateway.settings import Settings
from tests.integration.gateway.conftest import Start
from tests.integration.gateway.customer import Customer


@pytest.fixture
def command(settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    """Run a command against this test's database; the exit code and what it printed."""
    values = {
        "GATEWAY_DATABASE_URL": settings.gateway_database_url,
        "GATEWAY_SECRET": "s" * 16,
        "RASA_SECRET": "r" * 16,
        "BACKEND_TOKEN": "b" * 16,
        "GATEWAY_ENVIRONMENT": "development",
    }
    for name, value in values.items():
        monkeypatch.setenv(f"ASSISTANT_{name}", value)

    async def run(*arguments: str) -> tuple[int, str]:
        code = await asyncio.to_thread(main, list(arguments))
        told = capsys.readouterr()
        return code, (told.out + told.err).strip()

    return run


async def test_a_conversation_is_held_then_erased_with_proof(customer: Customer, command: Any) -> None:
    assert await command("hold", "add", customer.id, "--reason", "cause 12", "--by", "avocat") == (0, "done")
    _, held = await command("erase", "--conversation", customer.id, "--by", "responsable")
    assert (await command("hold", "remove", customer.id))[0] == 0
    code, told = await command("erase", "--conversation", customer.id, "--by", "responsable")

    assert (json.loads(held)["held"], code) == (1, 0)
    proof = json.loads(told)
    assert (proof["counts"]["conversations"], proof["ordered_by"]) == (1, "responsable")
    await customer.request("GET", "/messages", status=404)
    assert (await command("hold", "remove", customer.id))[0] == 1


async def test_endpoints_are_added_listed_and_removed(customer: Customer, command: Any) -> None:
    code, told = await command("webhooks", "add", "crm", "https://example.ca/h", "--events", "ticket.created")
    assert (code, told[:14]) == (0, "secret: whsec_")
    assert await command("webhooks", "list") == (0, "crm  https://example.ca/h  ticket.created")
    assert (await command("webhooks", "add", "crm", "http://example.ca/h"))[0] == 2
    assert (await command("webhooks", "remove", "crm"))[0] == 0
    assert (await command("webhooks", "remove", "crm"))[0] == 1


async def test_retention_and_the_file_of_examples(customer: Customer, command: Any, tmp_path: Path) -> None:
    assert await command("retention") == (0, '{"deleted": {}}')

    file = tmp_path / "examples.yml"
    assert await command("proposals", "export", "--to", str(file)) == (0, str(file))
    assert file.read_text().startswith("nlu:")


async def test_the_worker_inside_sends_by_itself(start: Start, tmp_path: Path) -> None:
    client = await start(gateway_worker_inside=True, gateway_worker_pause=0.05, mail_folder=tmp_path)
    customer = await Customer.begin(client)

    await customer.request("POST", "/transcript", status=202, json={"email": "marie@example.ca"})

    async with asyncio.timeout(15):
        while not list(tmp_path.glob("*.eml")):
            await asyncio.sleep(0.1)
