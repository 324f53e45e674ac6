"""A call in the terminal, through the very webhooks of the telephone: `python -m gateway.voice.call_me`.

A line of digits, stars and # is dialled, anything else is said, an empty line is silence. The gateway must be
running with ASSISTANT_VOICE_SOFTPHONE=true, as in development.
"""

import argparse
import asyncio
import sys
import uuid
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from typing import TextIO
from urllib.parse import urlsplit

import aiohttp

from gateway.settings import LANGUAGES, Language
from gateway.talk import DEFAULT_URL
from gateway.texts import Texts, load_texts

TIMEOUT = aiohttp.ClientTimeout(total=20)
KEYS = frozenset("0123456789*#")
Fields = dict[str, str]


class Call:
    """One call: what the last document leads to decides what a line means."""

    def __init__(self, session: aiohttp.ClientSession, texts: Texts, language: Language, out: TextIO) -> None:
        self._session = session
        self._texts = texts
        self._language = language
        self._out = out
        self._id = uuid.uuid4().hex
        self._gather: ET.Element | None = None
        self._rest: Sequence[ET.Element] = ()

    @property
    def is_up(self) -> bool:
        """Whether anybody listens."""
        return self._gather is not None

    async def ring(self) -> None:
        """Begin."""
        await self._follow("incoming", {})

    async def answer(self, line: str) -> None:
        """Dial, say, or be silent."""
        gather, digits = self._gather, line.replace(" ", "")
        assert gather is not None, "nobody listens"
        if not line:
            await self._carry_out(self._rest)
        elif set(digits) <= KEYS:
            await self._follow(gather.get("action", ""), {"digits": self._entry(digits)})
        elif "speech" in gather.get("input", ""):
            await self._follow(gather.get("action", ""), {"speech": line})
        else:
            self.print(self.word("keys_only"))

    async def hang_up(self) -> None:
        """End."""
        await self._fetch("status", {"status": "completed"})

    def print(self, text: str, end: str = "\n") -> None:
        """Write to the terminal at once."""
        self._out.write(text + end)
        self._out.flush()

    def word(self, key: str, **values: str) -> str:
        """One of our own texts."""
        return self._texts.get(f"call.{key}", self._language, values)

    def _entry(self, digits: str) -> str:
        """The key that ends an entry does not belong to it."""
        finish = (self._gather.get("finishOnKey") if self._gather is not None else "") or ""
        return digits.split(finish)[0] if finish else digits

    async def _follow(self, to: str, fields: Fields) -> None:
        following: tuple[str, Fields] | None = (to, fields)
        while following is not None:
            document = await self._fetch(*following)
            following = await self._run(list(document))

    async def _carry_out(self, verbs: Sequence[ET.Element]) -> None:
        following = await self._run(verbs)
        if following is not None:
            await self._follow(*following)

    async def _run(self, verbs: Sequence[ET.Element]) -> tuple[str, Fields] | None:
        """Do the verbs; where to go next, or None when it is the caller's turn or the call is over."""
        self._gather = None
        for place, verb in enumerate(verbs):
            for say in verb.iter("Say"):
                self.print("  " + " ".join("".join(_spoken(say)).split()))
            if verb.tag == "Gather":
                self._gather, self._rest = verb, verbs[place + 1 :]
                if all(other.tag != "Gather" for other in self._rest):
                    return None
            elif verb.tag == "Pause":
                await asyncio.sleep(float(verb.get("length", "1")))
            elif verb.tag == "Redirect":
                return (verb.text or "").strip(), {}
            elif verb.tag in ("Dial", "Enqueue"):
                self.print(self.word("connected"))
                return verb.get("action", ""), {"dialled": "completed"}
        self._gather = None
        return None

    async def _fetch(self, to: str, fields: Fields) -> ET.Element:
        body = {"call": self._id, "to": to, **fields}
        async with self._session.post("/softphone", json=body) as response:
            response.raise_for_status()
            text = await response.text()
        return ET.fromstring(text) if text else ET.Element("Response")


def _spoken(element: ET.Element) -> Iterator[str]:
    """The words as a voice reads them."""
    yield element.get("alias") or element.text or ""
    for child in element:
        yield from _spoken(child)
        yield child.tail or ""


async def call(url: str, language: Language, lines: TextIO, out: TextIO) -> int:
    """Call until either side hangs up; returns the exit code."""
    async with aiohttp.ClientSession(url, timeout=TIMEOUT) as session:
        line = Call(session, load_texts(), language, out)
        try:
            line.print(line.word("begin"))
            await line.ring()
            while line.is_up:
                line.print(line.word("prompt"), end=" ")
                typed = await asyncio.to_thread(lines.readline)
                if not typed:
                    await line.hang_up()
                    break
                await line.answer(typed.strip())
        except (aiohttp.ClientError, TimeoutError, OSError):
            line.print("\n" + line.word("cut", host=urlsplit(url).netloc))
            return 1
        line.print("\n" + line.word("end"))
    return 0


def main(arguments: list[str] | None = None) -> int:
    """Run from the command line; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m gateway.voice.call_me", description=__doc__)
    parser.add_argument("--lang", choices=LANGUAGES, default="fr", help="of this program's own words")
    parser.add_argument("--url", default=DEFAULT_URL, help=f"the gateway (default {DEFAULT_URL})")
    options = parser.parse_args(arguments)
    try:
        return asyncio.run(call(options.url, options.lang, sys.stdin, sys.stdout))
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
