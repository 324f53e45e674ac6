"""A gateway whose telephone door is open, and people who call it."""

from typing import Any

import pytest
from aiohttp.test_utils import TestClient
from pydantic import SecretStr

from gateway.settings import Settings
from tests.integration.gateway.conftest import Start
from tests.integration.gateway.voice.caller import AUTH_TOKEN, Caller


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Twilio's token is set; the desk is always open, so that the hour of the test does not matter."""
    hours = "Mo-Su 00:00-23:59"
    return settings.model_copy(update={"voice_twilio_auth_token": SecretStr(AUTH_TOKEN), "desk_hours": hours})


@pytest.fixture
async def client(start: Start) -> TestClient[Any, Any]:
    return await start()


@pytest.fixture
async def caller(client: TestClient[Any, Any]) -> Caller:
    """A French caller who has heard the greeting."""
    call = await Caller(client).call()
    await call.press("1")
    return await call.press("2")
