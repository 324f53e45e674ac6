"""A customer's program in tests: knows its conversation, checks each status."""

import itertools
from dataclasses import dataclass, field
from typing import Any

from aiohttp.test_utils import TestClient

from tests.fakes.backend import PASSWORD
from tests.integration.gateway.contract import check_answer

Json = dict[str, Any]
_ids = itertools.count(1)


@dataclass
class Customer:
    """One conversation, with its id and token."""

    client: TestClient[Any, Any]
    id: str
    token: str
    begun: Json
    headers: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.headers = {"Authorization": f"Bearer {self.token}"}

    @classmethod
    async def begin(cls, client: TestClient[Any, Any], language: str = "fr") -> "Customer":
        response = await client.post("/api/conversations", json={"language": language})
        assert response.status == 201, await response.text()
        begun = await response.json()
        check_answer("POST", "/api/conversations", 201, begun)
        return cls(client, begun["id"], begun["token"], begun)

    @property
    def path(self) -> str:
        return f"/api/conversations/{self.id}"

    async def request(self, method: str, path: str, *, status: int = 200, **options: Any) -> Json:
        """Call the API under this conversation and return the checked answer."""
        headers = {**self.headers, **options.pop("headers", {})}
        async with self.client.request(method, self.path + path, headers=headers, **options) as response:
            assert response.status == status, await response.text()
            answer: Json = await response.json()
            check_answer(method, self.path + path, status, answer)
            return answer

    async def say(self, text: str, *, id: str | None = None, status: int = 200) -> Json:
        body = {"client_message_id": id or f"m{next(_ids)}", "text": text}
        return await self.request("POST", "/messages", status=status, json=body)

    async def press(self, token: str, *, id: str | None = None, status: int = 200) -> Json:
        body = {"client_message_id": id or f"m{next(_ids)}", "button": token}
        return await self.request("POST", "/messages", status=status, json=body)

    async def sign_in(self, user_id: str = "marie", password: str = PASSWORD, *, status: int = 200) -> Json:
        body = {"user_id": user_id, "password": password}
        return await self.request("POST", "/sign-in", status=status, json=body)

    async def sign_out(self, *, status: int = 200) -> Json:
        return await self.request("POST", "/sign-out", status=status)

    async def is_signed_in(self) -> bool:
        """What a page would know that loads now."""
        return bool((await self.request("GET", "/messages"))["signed_in"])

    async def transcript(self, after: int = 0) -> list[Json]:
        answer = await self.request("GET", f"/messages?after={after}")
        messages: list[Json] = answer["messages"]
        return messages

    async def texts(self) -> list[str]:
        return [message["text"] for message in await self.transcript()]
