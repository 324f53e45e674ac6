"""A card and a social insurance number said or keyed in on the telephone: written down nowhere."""

import io
from typing import Any

import pytest
from aiohttp.test_utils import TestClient

from tests.fakes.rasa import FakeRasa
from tests.integration.gateway.conftest import DATABASES
from tests.integration.gateway.stored import everything_stored, has_number
from tests.integration.gateway.voice.caller import Caller

CARD, SIN = "4111 1111 1111 1111", "152 669 859"
SAID = {
    "figures": (f"ma carte c'est le {CARD}", CARD),
    "words": ("ma carte quatre mille cent onze, onze onze, onze onze, onze onze", "onze onze"),
    "groups": ("carte 41 11 11 11 11 11 11 11", CARD),
    "sin": (f"mon numéro d'assurance sociale est {SIN}", SIN),
    "sin in words": ("mon NAS un cinq deux, six six neuf, huit cinq neuf", "six six neuf"),
}


@pytest.mark.parametrize("database_url", DATABASES, indirect=True)
@pytest.mark.parametrize(("words", "number"), SAID.values(), ids=SAID)
async def test_said(
    client: TestClient[Any, Any],
    caller: Caller,
    rasa: FakeRasa,
    logs: io.StringIO,
    words: str,
    number: str,
) -> None:
    await caller.say(words)

    assert "masqué" in rasa.said[-1]
    for place in (await everything_stored(client), repr(rasa.asked), logs.getvalue(), caller.text):
        assert number not in place
        assert not has_number(place, number) if number[0].isdigit() else True


async def test_keyed_in(
    client: TestClient[Any, Any], caller: Caller, rasa: FakeRasa, logs: io.StringIO
) -> None:
    await caller.press(CARD.replace(" ", ""))

    for place in (await everything_stored(client), repr(rasa.asked), logs.getvalue(), caller.text):
        assert not has_number(place, CARD)
