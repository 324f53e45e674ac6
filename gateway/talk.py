"""The same conversation in a terminal, through the same API as the web page: `python -m gateway.talk`."""

import argparse
import asyncio
import sys
import termios
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TextIO

import aiohttp

from gateway.settings import LANGUAGES, Language
from gateway.texts import Texts, load_texts

DEFAULT_URL = "http://127.0.0.1:8000"
TIMEOUT = aiohttp.ClientTimeout(total=60)
Json = dict[str, Any]
SIGN_IN_CARD = {"kind": "sign_in"}


class Talk:
    """One conversation: what was said last decides what a number means."""

    def __init__(self, session: aiohttp.ClientSession, texts: Texts, out: TextIO) -> None:
        self._session = session
        self._texts = texts
        self._out = out
        self._path = ""
        self._headers: dict[str, str] = {}
        self._buttons: list[Json] = []
        self.asks_to_sign_in = False
        self.language: Language = "fr"

    async def begin(self, language: Language) -> None:
        """Open the conversation and show the greeting."""
        self.language = language
        begun = await self._call("POST", "/api/conversations", {"language": language})
        if "error" in begun:
            return
        self._path = f"/api/conversations/{begun['id']}"
        self._headers = {"Authorization": f"Bearer {begun['token']}"}
        self._show(begun["messages"])

    @property
    def is_open(self) -> bool:
        """Whether there is a conversation to talk in."""
        return bool(self._path)

    async def say(self, line: str) -> None:
        """Send a line, or the button it numbers, and show what comes back."""
        body: Json = {"client_message_id": uuid.uuid4().hex}
        number = int(line) if line.isascii() and line.isdigit() and len(line) < 3 else 0
        if 1 <= number <= len(self._buttons):
            body["button"] = self._buttons[number - 1]["token"]
        else:
            body["text"] = line
        answer = await self._call("POST", self._path + "/messages", body)
        if "error" not in answer:
            self.language = answer["language"]
            self._show(answer["messages"])

    async def sign_in(self, user_id: str, password: str) -> None:
        """Sign in, and show what the bot says next; after a refusal the form is still there."""
        answer = await self._call("POST", self._path + "/sign-in", {"user_id": user_id, "password": password})
        if "error" not in answer:
            self.language = answer["language"]
            self._show(answer["messages"])

    def print(self, text: str, end: str = "\n") -> None:
        """Write to the terminal at once."""
        self._out.write(text + end)
        self._out.flush()

    def word(self, key: str, **values: str) -> str:
        """One of our own texts in the conversation's language."""
        return self._texts.get(f"talk.{key}", self.language, values)

    async def _call(self, method: str, path: str, body: Json) -> Json:
        headers = {"Accept-Language": self.language, **self._headers}
        async with self._session.request(method, path, json=body, headers=headers) as response:
            answer: Json = await response.json()
        if "error" in answer:
            self.print("! " + answer["error"]["message"])
        return answer

    def _show(self, messages: list[Json]) -> None:
        self._buttons = []
        self.asks_to_sign_in = any(message.get("card") == SIGN_IN_CARD for message in messages)
        for message in messages:
            self.print("\n" + message["text"])
            for link in message.get("links", []):
                self.print(f"  - {link['title']}: {link['url']}")
            for button in message.get("buttons", []):
                self._buttons.append(button)
                self.print(f"  [{len(self._buttons)}] {button['title']}")
        self.print("")


async def talk(url: str, language: Language, lines: TextIO, out: TextIO) -> int:
    """Talk until the lines end; returns the exit code."""
    async with aiohttp.ClientSession(url, timeout=TIMEOUT) as session:
        conversation = Talk(session, load_texts(), out)
        try:
            await conversation.begin(language)
        except (aiohttp.ClientError, TimeoutError, OSError):
            conversation.print(conversation.word("not_running", url=url))
            return 1
        if not conversation.is_open:
            return 1
        conversation.print(conversation.word("begin"))
        await _converse(conversation, lines)
        conversation.print(conversation.word("end"))
    return 0


def _read_in_background(lines: TextIO) -> asyncio.Queue[str]:
    # A thread that nobody waits for at the end, so that Ctrl-C ends the program at once.
    queue: asyncio.Queue[str] = asyncio.Queue()
    loop = asyncio.get_running_loop()

    def read() -> None:
        for line in iter(lines.readline, ""):
            loop.call_soon_threadsafe(queue.put_nowait, line)
        loop.call_soon_threadsafe(queue.put_nowait, "")

    threading.Thread(target=read, daemon=True).start()
    return queue


async def _converse(conversation: Talk, lines: TextIO) -> None:
    is_piped = not lines.isatty()
    typed = _read_in_background(lines)
    while True:
        conversation.print(conversation.word("prompt"), end=" ")
        line = await typed.get()
        if not line:
            conversation.print("")
            return
        if is_piped:
            conversation.print(line.strip())
        if not line.strip():
            continue
        try:
            await conversation.say(line.strip())
            while conversation.asks_to_sign_in and await _sign_in(conversation, typed, lines):
                pass
        except (aiohttp.ClientError, TimeoutError, OSError):
            conversation.print(conversation.word("lost"))


async def _sign_in(conversation: Talk, typed: asyncio.Queue[str], lines: TextIO) -> bool:
    """Ask for both and try; False when the customer would rather not."""
    conversation.print(conversation.word("user_id"), end=" ")
    user_id = (await typed.get()).strip()
    if not user_id:
        return False
    conversation.print(conversation.word("password"), end=" ")
    with _unseen(lines):
        password = (await typed.get()).rstrip("\r\n")
    conversation.print("")
    await conversation.sign_in(user_id, password)
    return True


@contextmanager
def _unseen(lines: TextIO) -> Iterator[None]:
    """What is typed meanwhile does not appear on the terminal."""
    if not lines.isatty():
        yield
        return
    before = termios.tcgetattr(lines)
    quiet = [*before[:3], before[3] & ~termios.ECHO, *before[4:]]
    termios.tcsetattr(lines, termios.TCSADRAIN, quiet)
    try:
        yield
    finally:
        termios.tcsetattr(lines, termios.TCSADRAIN, before)


def main(arguments: list[str] | None = None) -> int:
    """Run from the command line; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m gateway.talk", description=__doc__)
    parser.add_argument("--lang", choices=LANGUAGES, default="fr")
    parser.add_argument(
        "--url", default=DEFAULT_URL, help=f"where the gateway listens (default {DEFAULT_URL})"
    )
    options = parser.parse_args(arguments)
    try:
        return asyncio.run(talk(options.url, options.lang, sys.stdin, sys.stdout))
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
