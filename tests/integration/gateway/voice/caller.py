"""Somebody on the telephone in tests: signs each webhook as Twilio does, and does what the answer says."""

import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin

from aiohttp.test_utils import TestClient
from twilio.request_validator import RequestValidator  # type: ignore[import-untyped]  # no types

AUTH_TOKEN = "a-token-shared-with-twilio"
FROM = "+14185550123"
SID = "CA0123456789abcdef0123456789abcdef"


@dataclass
class Caller:
    """One call; `document` is what the telephone was last told to do."""

    client: TestClient[Any, Any]
    sid: str = SID
    number: str | None = FROM
    token: str = AUTH_TOKEN
    url: str = "/voice/incoming"
    document: ET.Element = field(default_factory=lambda: ET.Element("Response"))

    async def call(self) -> "Caller":
        """Dial."""
        await self.send("/voice/incoming")
        return self

    async def say(self, words: str, confidence: float = 0.9) -> "Caller":
        """Answer in words, and wait for what comes."""
        return await self._answer(SpeechResult=words, Confidence=str(confidence))

    async def press(self, digits: str) -> "Caller":
        """Answer by keypad; the key that ends an entry is not sent."""
        return await self._answer(Digits=digits)

    async def silence(self) -> "Caller":
        """Say nothing."""
        (redirect,) = self.document.findall("Redirect")
        return await self._go(redirect.text or "")

    async def hang_up(self) -> None:
        """Leave."""
        await self.send("/voice/status", status=204, CallStatus="completed")

    async def _answer(self, **fields: str) -> "Caller":
        gathers = self.document.findall("Gather")
        assert gathers, self.text
        assert len({gather.attrib["action"] for gather in gathers}) == 1
        return await self._go(gathers[-1].attrib["action"], **fields)

    async def _go(self, path: str, **fields: Any) -> "Caller":
        await self.send(urljoin(self.url, path), **fields)
        for _ in range(100):
            redirect = self.document.find("Redirect")
            if redirect is None or "waiting" not in (redirect.text or "") or self.document.find("Gather"):
                return self
            await self.send(urljoin(self.url, redirect.text or ""))
        raise AssertionError("it takes too long")

    async def send(self, path: str, *, status: int = 200, signed: bool = True, **fields: str) -> str:
        """One webhook; the answer's text."""
        body = {"CallSid": self.sid, "CallStatus": "in-progress", "To": "+18005550199", **fields}
        body |= {"From": self.number} if self.number else {"From": "anonymous"}
        address = str(self.client.make_url(path))
        signature = RequestValidator(self.token).compute_signature(address, body)
        headers = {"X-Twilio-Signature": signature} if signed else {}
        async with self.client.post(path, data=body, headers=headers) as response:
            text = await response.text()
            assert response.status == status, text
        if status == 200:
            self.url, self.document = path, ET.fromstring(text)
        return text

    @property
    def text(self) -> str:
        """All that the caller hears, in order."""
        says = [" ".join("".join(say.itertext()).split()) for say in self.document.iter("Say")]
        return " ".join(says)

    @property
    def parts(self) -> list[str]:
        """What is said before each chance to speak."""
        gathers = self.document.findall("Gather")
        return [" ".join("".join(say.itertext()) for say in gather.iter("Say")) for gather in gathers]

    @property
    def gather(self) -> dict[str, str]:
        """How the last part listens."""
        return dict(self.document.findall("Gather")[-1].attrib)

    @property
    def prompt(self) -> int:
        """The number of the prompt."""
        found = re.search(r"p=(\d+)", self.gather["action"])
        assert found is not None
        return int(found[1])

    def does(self, verb: str) -> bool:
        """Whether the document holds this verb."""
        return self.document.find(f".//{verb}") is not None
