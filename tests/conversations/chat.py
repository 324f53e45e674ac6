"""One customer's program: begins a conversation at the gateway, says things, presses buttons, signs in."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

import aiohttp

PASSWORD = "demo2026"


@dataclass(frozen=True)
class Said:
    """One message of the bot as stored: what is shown, and the key, values and payloads behind it."""

    seq: int
    text: str
    lang: str
    extras: dict[str, Any]
    tokens: dict[str, str]  # what a button does -> its token

    @property
    def key(self) -> str:
        """Which text it is; FAQ answers are `faq:<id>`."""
        faq_id = self.extras.get("faq_id")
        return f"faq:{faq_id}" if faq_id else str(self.extras.get("key", ""))


@dataclass
class Chat:
    """A conversation through the gateway's API."""

    session: aiohttp.ClientSession
    url: str
    database: Path  # the gateway's, to see what is not shown
    language: str
    path: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    id: str = ""
    count: int = 0
    last_body: dict[str, Any] = field(default_factory=dict)
    transcript: list[str] = field(default_factory=list)

    async def begin(self) -> None:
        """Open the conversation."""
        begun = await self.call("POST", "/api/conversations", {"language": self.language})
        self.id = begun["id"]
        self.path = f"/api/conversations/{self.id}"
        self.headers = {"Authorization": f"Bearer {begun['token']}"}

    async def say(self, text: str) -> list[Said]:
        """Type something."""
        return await self.send({"text": text}, text)

    async def press(self, token: str, name: str) -> list[Said]:
        """Press a button."""
        return await self.send({"button": token}, f"[{name}]")

    async def again(self) -> list[Said]:
        """Send the last message once more, under the same id, as a shaky connection does."""
        return self._seen(await self.call("POST", f"{self.path}/messages", self.last_body))

    async def twice(self, said: dict[str, Any], shown: str) -> list[Said]:
        """Say something, or press a button, twice at once, as two messages."""
        first, second = self._body(said), self._body(said)
        self.transcript.append(f"  > {shown} {shown}")
        answers = await asyncio.gather(
            *(self.call("POST", f"{self.path}/messages", body) for body in (first, second))
        )
        messages = {message["seq"]: message for answer in answers for message in answer["messages"]}
        return self._seen({"messages": [messages[seq] for seq in sorted(messages)]})

    async def elsewhere(self, token: str, name: str) -> list[Said]:
        """Press a button of this conversation in another one."""
        other = Chat(self.session, self.url, self.database, self.language)
        await other.begin()
        self.transcript.append(f"  > ([{name}] in another conversation)")
        return await other.press(token, name)

    @asynccontextmanager
    async def notices(self) -> AsyncIterator[list[str]]:
        """Listen as a page does; the words told meanwhile that the answer takes long."""
        told: list[str] = []
        async with self.session.ws_connect(f"{self.url}{self.path}/live") as socket:
            await socket.send_json({"type": "hello", "token": self._token, "after": 0})
            listening = asyncio.create_task(self._listen(socket, told))
            try:
                yield told
            finally:
                listening.cancel()

    async def _listen(self, socket: aiohttp.ClientWebSocketResponse, told: list[str]) -> None:
        async for frame in socket:
            said = frame.json()
            if said["type"] == "notice":
                told.append(said["text"])
                self.transcript.append(f"  < (meanwhile: {said['text']})")

    @property
    def _token(self) -> str:
        return self.headers["Authorization"].removeprefix("Bearer ")

    async def sign_in(self, user_id: str, password: str) -> list[Said]:
        """Sign in beside the conversation; the bot's next words."""
        self.transcript.append(f"  > (signs in as {user_id})")
        body = {"user_id": user_id, "password": password}
        return self._seen(await self.call("POST", f"{self.path}/sign-in", body))

    async def sign_out(self) -> list[Said]:
        """Sign out by the menu."""
        self.transcript.append("  > (signs out)")
        return self._seen(await self.call("POST", f"{self.path}/sign-out", {}))

    async def switch(self, language: str) -> None:
        """Change the language on the page."""
        self.transcript.append(f"  > (the page is now in {language})")
        await self.call("PUT", f"{self.path}/language", {"language": language})

    async def pay(self, page: str, card: str) -> None:
        """Use a test card on the page where payments are made."""
        self.transcript.append(f"  > (uses the card {card} on the payment page)")
        timeout = aiohttp.ClientTimeout(total=30)
        async with self.session.post(page, data={"card": card}, timeout=timeout) as response:
            response.raise_for_status()

    async def call(self, method: str, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """One request; RefusedError with the gateway's code when it says no, "gone" when it is not there."""
        timeout = aiohttp.ClientTimeout(total=90)
        request = self.session.request(
            method, self.url + path, json=body, headers=self.headers, timeout=timeout
        )
        try:
            async with request as response:
                answer: dict[str, Any] = await response.json()
                if response.status >= 400:
                    raise RefusedError(response.status, answer)
                return answer
        except aiohttp.ClientConnectionError as error:
            raise RefusedError(0, {"error": {"code": "gone"}}) from error

    async def send(self, said: dict[str, Any], shown: str) -> list[Said]:
        """Words, or a button's token."""
        self.transcript.append(f"  > {shown}")
        self.last_body = self._body(said)
        return self._seen(await self.call("POST", f"{self.path}/messages", self.last_body))

    def _body(self, said: dict[str, Any]) -> dict[str, Any]:
        self.count += 1
        return {"client_message_id": f"message-{self.count}", **said}

    def _seen(self, answer: dict[str, Any]) -> list[Said]:
        """The messages of an answer, with what the gateway keeps to itself."""
        shown = [message for message in answer.get("messages", []) if message["sender"] != "customer"]
        behind = extras_of(self.database, self.id, [message["seq"] for message in shown])
        found = [_said(message, behind.get(message["seq"], {})) for message in shown]
        for said in found:
            buttons = "".join(f" [{name}]" for name in said.tokens)
            self.transcript.append(f"  < {said.key}: {said.text}{buttons}")
        return found


class RefusedError(Exception):
    """The gateway said no."""

    def __init__(self, status: int, answer: dict[str, Any]) -> None:
        super().__init__(f"{status} {answer}")
        self.code = str((answer.get("error") or {}).get("code", status))


def _said(message: dict[str, Any], extras: dict[str, Any]) -> Said:
    tokens = [button["token"] for button in message.get("buttons") or []]
    names = [_does(button["payload"]) for button in extras.get("buttons") or []]
    return Said(
        message["seq"], message["text"], message["lang"], extras, dict(zip(names, tokens, strict=True))
    )


def _does(payload: str) -> str:
    """What a button does: "yes", "value:0", or the intent it begins."""
    intent, brace, rest = payload.lstrip("/").partition("{")
    if not brace:
        return intent
    return str(json.loads(brace + rest).get("choice", intent)).partition(":")[2]


def extras_of(database: Path, conversation: str, seqs: list[int]) -> dict[int, dict[str, Any]]:
    """What the gateway keeps of these messages and does not show, by message number."""
    marks = ", ".join("?" * len(seqs))
    query = f"SELECT seq, extras FROM messages WHERE conversation_id = ? AND seq IN ({marks})"
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=30)) as connection:
        rows = connection.execute(query, (UUID(conversation).hex, *seqs)).fetchall()
    return {seq: json.loads(extras or "{}") for seq, extras in rows}
