"""A call in the terminal goes through the same webhooks."""

import io
from typing import Any

from gateway.voice.call_me import call
from tests.fakes.rasa import FakeRasa, message
from tests.integration.gateway.conftest import Start


def address(client: Any) -> str:
    return str(client.make_url("/"))


async def test_words_keys_and_silence(start: Start, rasa: FakeRasa) -> None:
    client, out = await start(voice_softphone=True), io.StringIO()
    rasa.script = lambda _: {"language": "en", "messages": [message("You owe nothing.", "en")]}
    typed = io.StringIO("\n2\nwhat is my balance\n")

    code = await call(address(client), "en", typed, out)

    assert code == 0
    heard = out.getvalue()
    assert "For service in English" in heard
    assert "I am the virtual assistant" in heard
    assert "You owe nothing." in heard
    assert "The call has ended." in heard
    assert rasa.said == ["what is my balance"]


async def test_where_no_test_telephone_is_open_it_says_so(start: Start) -> None:
    client, out = await start(), io.StringIO()

    code = await call(address(client), "fr", io.StringIO(""), out)

    assert code == 1
    assert "coupé" in out.getvalue()
