"""The telephone in the browser: the same webhooks, signed for it; only where the setting allows it."""

import uuid
import xml.etree.ElementTree as ET
from typing import Any

import pytest
from aiohttp.test_utils import TestClient
from pydantic import HttpUrl

from tests.integration.gateway.conftest import Start


async def ask(client: TestClient[Any, Any], call: str, to: str, **fields: str) -> ET.Element:
    response = await client.post("/softphone", json={"call": call, "to": to, **fields})
    assert response.status == 200, await response.text()
    assert response.content_type == "text/xml"
    return ET.fromstring(await response.text())


async def test_a_call_goes_through_the_webhooks(start: Start) -> None:
    client, call = await start(voice_softphone=True), uuid.uuid4().hex

    welcome = await ask(client, call, "incoming")
    gather = welcome.find("Gather")
    assert gather is not None
    opening = await ask(client, call, gather.attrib["action"], digits="2")

    assert "What can I do for you" in "".join(opening.itertext())


async def test_behind_a_public_address_too(start: Start) -> None:
    public = HttpUrl("https://telephone.example.ca")
    client = await start(voice_softphone=True, gateway_public_url=public)

    welcome = await ask(client, uuid.uuid4().hex, "incoming")

    assert welcome.find("Gather") is not None


@pytest.mark.parametrize("to", ["whisper?p=1", "../api/ready", "turn?p=1&x=2", "https://example.ca/", "turn"])
async def test_it_leads_nowhere_else(start: Start, to: str) -> None:
    client = await start(voice_softphone=True)

    response = await client.post("/softphone", json={"call": uuid.uuid4().hex, "to": to})

    assert response.status == 422


async def test_the_page_may_use_the_microphone_and_is_in_the_browsers_language(start: Start) -> None:
    client = await start(voice_softphone=True)

    response = await client.get("/softphone", headers={"Accept-Language": "en-CA"})

    assert response.status == 200
    assert "Test telephone" in await response.text()
    assert "microphone=(self)" in response.headers["Permissions-Policy"]


@pytest.mark.parametrize("given", [{}, {"voice_softphone": True, "voice_twilio_auth_token": None}])
async def test_it_is_not_there_unless_the_setting_and_the_token_are(
    start: Start, given: dict[str, Any]
) -> None:
    client = await start(**given)

    page = await client.get("/softphone")
    answer = await client.post("/softphone", json={"call": uuid.uuid4().hex, "to": "incoming"})

    assert (page.status, answer.status) == (404, 404)
