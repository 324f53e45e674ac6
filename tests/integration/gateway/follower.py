"""A customer's live connection in tests: opens it, sorts its frames, holds each against the description."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import ClientWebSocketResponse, WSMsgType

from tests.integration.gateway.contract import check_schema
from tests.integration.gateway.customer import Customer

Json = dict[str, Any]


class Follower:
    """A client of the live connection that sorts what it gets."""

    def __init__(self, socket: ClientWebSocketResponse) -> None:
        self.socket = socket

    async def next(self, *kinds: str) -> Json:
        """The next frame of these kinds, past the others."""
        async with asyncio.timeout(5):
            while True:
                frame: Json = await self.socket.receive_json()
                if frame["type"] == "message":
                    check_schema("Message", frame["message"])
                if frame["type"] == "error":
                    check_schema("Error", {"error": frame["error"]})
                if frame["type"] in kinds:
                    return frame

    async def texts(self, count: int) -> list[str]:
        return [(await self.next("message"))["message"]["text"] for _ in range(count)]

    async def say(self, text: str, id: str) -> None:
        await self.socket.send_json({"type": "say", "client_message_id": id, "text": text})

    async def closed(self) -> int | None:
        """Wait for the end; returns the close code."""
        async with asyncio.timeout(5):
            while (await self.socket.receive()).type not in (
                WSMsgType.CLOSE,
                WSMsgType.CLOSED,
                WSMsgType.ERROR,
            ):
                pass
        return self.socket.close_code


@asynccontextmanager
async def follow(customer: Customer, after: int = 0, **hello: Any) -> AsyncIterator[Follower]:
    async with customer.client.ws_connect(f"{customer.path}/live") as socket:
        await socket.send_json({"type": "hello", "token": customer.token, "after": after, **hello})
        yield Follower(socket)
