"""A telephone at Twilio's other side: fetches documents by signed POST and carries them out, strictly."""

from __future__ import annotations

import asyncio
import itertools
import secrets
import time
import xml.etree.ElementTree as ET
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urljoin

import aiohttp
from twilio.request_validator import RequestValidator  # type: ignore[import-untyped]  # no types

from tests.calls.twiml import read_document

ANSWER_WITHIN = 15.0  # seconds, then Twilio gives up
MOST_DOCUMENTS = 60  # for one thing said: more is a loop
HURRY = 0.2  # of the time that pauses take
ACCOUNT = "AC" + "0" * 32
NUMBER_CALLED = "+18005550199"
QUEUE_RESULTS = {"completed": "bridged", "canceled": "hangup"}
_NUMBERS = itertools.count(1)


class CallError(AssertionError):
    """The product did what no telephone could carry out, or a script what no caller could do."""


@dataclass(frozen=True)
class Spoken:
    """What was said in one Say: plain words and their language."""

    text: str
    language: str


@dataclass
class Phone:
    """One call. `heard` is what was said since the caller last did something; `seconds` of each answer."""

    session: aiohttp.ClientSession
    url: str  # of the gateway
    token: str
    caller: str | None = None  # None: a number never used before
    address: str = ""  # the address as Twilio knows it, when a proxy stands before the gateway
    sid: str = field(default_factory=lambda: "CA" + secrets.token_hex(16))
    heard: list[Spoken] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    log: list[str] = field(default_factory=list)
    gathers: Sequence[ET.Element] = ()
    fall_through: Sequence[ET.Element] = ()  # what follows the last Gather
    at: str = ""  # the address of the present document
    is_over: bool = False
    task: str | None = None  # what the people who take the call are told
    transfer: str | None = None
    dial_ends: str = "completed"  # how transfers end
    while_ringing: Callable[[], Awaitable[None]] | None = None  # what happens before people answer
    last: tuple[str, dict[str, str]] = ("", {})  # the last request, to be replayed

    def __post_init__(self) -> None:
        if self.caller is None:  # an empty one is withheld
            self.caller = f"+1514555{next(_NUMBERS) + 1000:04}"

    async def ring(self) -> None:
        """The call begins."""
        await self._follow(f"{self.url}/voice/incoming", {"CallStatus": "ringing"})

    async def say(self, words: str, *, confidence: float = 0.93, part: int = 0) -> None:
        """Say something; `part` (from 1) interrupts that part, 0 answers after all was said."""
        gather = self._gather(part)
        if "speech" not in gather.get("input", "dtmf"):
            raise CallError(f"nobody listens to {words!r}: the keypad is waited for")
        result = {"SpeechResult": words, "Confidence": f"{confidence:.8f}"}
        await self._answer(gather, result, shown=words)

    async def press(self, keys: str, *, part: int = 0) -> None:
        """Press keys; those after the end of an entry are lost, which a script should not do."""
        gather = self._gather(part)
        if "dtmf" not in gather.get("input", "dtmf"):
            raise CallError(f"the keypad is not waited for: {keys}")
        finish, size = gather.get("finishOnKey", "#"), int(gather.get("numDigits", 1000))
        digits, used = "", 0
        for key in keys:
            used += 1
            if key == finish and finish:
                break
            digits += key
            if len(digits) == size:
                break
        if used != len(keys):
            raise CallError(f"{keys}: only {digits} is taken by {gather.attrib}")
        if digits:
            await self._answer(gather, {"Digits": digits}, shown=f"[{keys}]")
        else:
            await self._nothing()

    async def be_silent(self) -> None:
        """Say nothing until the time is over."""
        self.log.append("  > (silence)")
        await self._nothing()

    async def hang_up(self, *, while_asking: Mapping[str, str] | None = None) -> None:
        """Put the receiver down; with `while_asking` at the very moment of saying or pressing that."""
        self.log.append("  > (hangs up)")
        status = {"CallStatus": "completed", "CallDuration": "30"}
        if while_asking is None:
            self.is_over = True
            await self.post(f"{self.url}/voice/status", status)
            return
        url = urljoin(self.at, self._gather(0).get("action", ""))
        self.is_over = True
        asking = asyncio.create_task(self.post(url, {"CallStatus": "in-progress", **while_asking}))
        await asyncio.sleep(0.02)
        await self.post(f"{self.url}/voice/status", status)
        await asking

    async def post(
        self, url: str, fields: Mapping[str, str], *, signed: bool = True, sid: str | None = None
    ) -> tuple[int, str, str]:
        """One request as Twilio makes it: status, type of the content, content."""
        form = {
            "CallSid": sid or self.sid,
            "AccountSid": ACCOUNT,
            "From": self.caller or "",
            "Caller": self.caller or "",
            "To": NUMBER_CALLED,
            "Called": NUMBER_CALLED,
            "Direction": "inbound",
            "ApiVersion": "2010-04-01",
            **fields,
        }
        known = url.replace(self.url, self.address, 1) if self.address else url
        signature = RequestValidator(self.token).compute_signature(known, form)
        headers = {"X-Twilio-Signature": signature if signed else "x" * 28}
        timeout = aiohttp.ClientTimeout(total=ANSWER_WITHIN)
        began = time.monotonic()
        async with self.session.post(url, data=form, headers=headers, timeout=timeout) as response:
            text = await response.text()
            self.seconds.append(time.monotonic() - began)
            return response.status, response.content_type, text

    async def document(self, url: str, fields: Mapping[str, str]) -> ET.Element:
        """The document at an address, proved."""
        status, kind, text = await self.post(url, fields)
        if status != 200 or kind not in ("text/xml", "application/xml"):
            raise CallError(f"{url} answered {status} {kind}: {text[:200]}")
        return read_document(text)

    async def _answer(self, gather: ET.Element, result: Mapping[str, str], *, shown: str) -> None:
        self.log.append(f"  > {shown}")
        self.heard = []
        url = urljoin(self.at, gather.get("action", ""))
        self.last = (url, {"CallStatus": "in-progress", **result})
        await self._follow(*self.last)

    async def _nothing(self) -> None:
        self.heard = []
        gathers = [gather for gather in self.gathers if gather.get("actionOnEmptyResult") == "true"]
        if gathers:
            await self._follow(urljoin(self.at, gathers[-1].get("action", "")), {"Digits": ""})
            return
        await self._carry_out(list(self.fall_through))

    async def _follow(self, url: str, fields: Mapping[str, str]) -> None:
        """Fetch a document and carry it out, and those it leads to, until the caller may speak."""
        for _ in range(MOST_DOCUMENTS):
            verbs = list(await self.document(url, fields))
            self.at = url
            following = await self._run(verbs)
            if following is None:
                return
            url, fields = following
        raise CallError("documents lead to documents without end")

    async def _carry_out(self, verbs: Sequence[ET.Element]) -> None:
        following = await self._run(verbs)
        if following is not None:
            await self._follow(*following)

    async def _run(self, verbs: Sequence[ET.Element]) -> tuple[str, dict[str, str]] | None:
        """Do the verbs in their order; the next document to fetch, or None while the caller may speak."""
        places = [place for place, verb in enumerate(verbs) if verb.tag == "Gather"]
        self.gathers = [verbs[place] for place in places]
        last = places[-1] if places else -1
        for place, verb in enumerate(verbs):
            if verb.tag in ("Say", "Gather"):
                self._listen(verb)
                if place == last:
                    self.fall_through = verbs[place + 1 :]
                    return None
            elif verb.tag == "Pause":
                await asyncio.sleep(int(verb.get("length", "1")) * HURRY)
            elif verb.tag == "Redirect":
                return urljoin(self.at, (verb.text or "").strip()), {"CallStatus": "in-progress"}
            elif verb.tag in ("Dial", "Enqueue"):
                return await self._connect(verb)
            elif verb.tag == "Hangup":
                break
        self.is_over = True
        self.log.append("    (the line is closed)")
        await self.post(f"{self.url}/voice/status", {"CallStatus": "completed"})
        return None

    def _listen(self, verb: ET.Element) -> None:
        for say in [verb] if verb.tag == "Say" else verb.iter("Say"):
            spoken = Spoken(" ".join(" ".join(_read(say)).split()), say.get("language", ""))
            self.heard.append(spoken)
            self.log.append(f"    {spoken.language}: {spoken.text}")

    async def _connect(self, verb: ET.Element) -> tuple[str, dict[str, str]]:
        """Connect the caller as asked; it ends as the script says."""
        self.transfer = verb.tag
        task = verb.find("Task")
        self.task = (task.text if task is not None else "".join(verb.itertext())) or ""
        number = verb.find("Number")
        if number is not None and number.get("url") and self.dial_ends == "completed":
            parent = {"ParentCallSid": self.sid, "CallStatus": "in-progress"}
            url = urljoin(self.at, number.get("url", ""))
            _, _, text = await self.post(url, parent, sid="CA" + secrets.token_hex(16))
            briefing = read_document(text)
            self.task = " ".join(" ".join(_read(briefing)).split())
        if self.while_ringing is not None:
            await self.while_ringing()
        self.log.append(f"    (connected to people: {self.dial_ends}; they are told {self.task})")
        result = "DialCallStatus" if verb.tag == "Dial" else "QueueResult"
        ended = self.dial_ends if verb.tag == "Dial" else QUEUE_RESULTS.get(self.dial_ends, "leave")
        return urljoin(self.at, verb.get("action", "")), {"CallStatus": "in-progress", result: ended}

    def _gather(self, part: int) -> ET.Element:
        if self.is_over:
            raise CallError("\n".join(["the call is over", *self.log[-8:]]))
        if not self.gathers:
            raise CallError("nobody listens")
        if not part:
            return self.gathers[-1]
        gather = self.gathers[part - 1]
        if gather.get("bargeIn", "true") != "true":
            raise CallError("this part can't be interrupted")
        return gather


def _read(element: ET.Element) -> Iterator[str]:
    """The words as they are spoken."""
    if element.tag == "sub":
        yield element.get("alias", "")
    elif element.text:
        yield element.text
    for child in element:
        yield from _read(child)
        if child.tail:
            yield child.tail
