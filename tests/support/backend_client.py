"""A caller of the backend over HTTP: a customer, the assistant or a rep."""

import itertools
from typing import Any

from aiohttp.test_utils import TestClient

from tests.support.backend_world import ASSISTANT, DESK, PASSWORD, Person

_keys = itertools.count(1)


class Caller:
    """Headers of one caller, and calls that expect a status."""

    def __init__(self, client: TestClient[Any, Any], **headers: str) -> None:
        self.client = client
        self.headers = {"Accept-Language": "fr", **headers}

    async def call(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        status: int = 200,
        key: str | None = None,
        **headers: str,
    ) -> Any:
        """The JSON answer, after its status was checked."""
        sent = {**self.headers, "Idempotency-Key": key or f"test-key-{next(_keys):06}", **headers}
        async with self.client.request(method, path, json=body, headers=sent) as response:
            text = await response.text()
            assert status == response.status, text
            return await response.json() if text and "json" in response.content_type else text

    async def get(self, path: str, **options: Any) -> Any:
        """Look."""
        return await self.call("GET", path, **options)

    async def post(self, path: str, body: Any = None, **options: Any) -> Any:
        """Do."""
        return await self.call("POST", path, body, **options)

    async def delete(self, path: str, **options: Any) -> Any:
        """Take away."""
        return await self.call("DELETE", path, **options)

    async def refused(
        self, code: str, method: str, path: str, body: Any = None, **options: Any
    ) -> dict[str, Any]:
        """The fields of a refusal, after its code and both sentences were checked."""
        answer = await self.call(method, path, body, status=options.pop("status"), **options)
        error = answer["error"]
        assert error["code"] == code, error
        assert error["message"]
        assert error["next_step"]
        fields: dict[str, Any] = error["fields"]
        return fields


async def signed_in(client: TestClient[Any, Any], person: Person, *, password: str = PASSWORD) -> Caller:
    """The person, with a session."""
    answer = await Caller(client).post(
        "/v1/sessions", {"user_id": person.profile.user_id, "password": password}, status=201
    )
    return Caller(client, Authorization=f"Bearer {answer['token']}")


async def assistant_for(client: TestClient[Any, Any], person: Person) -> Caller:
    """The assistant acting inside the person's session."""
    answer = await Caller(client).post(
        "/v1/sessions", {"user_id": person.profile.user_id, "password": PASSWORD}, status=201
    )
    headers = {"X-Session-Id": answer["session_id"], "X-Channel": "chat"}
    return Caller(client, Authorization=f"Bearer {ASSISTANT}", **headers)


def rep_for(client: TestClient[Any, Any], person: Person | None = None) -> Caller:
    """A rep, acting for the person if one is named."""
    headers = {"X-On-Behalf-Of": person.profile.id} if person else {}
    return Caller(
        client, Authorization=f"Bearer {DESK}", **{"X-Channel": "desk", "X-Rep": "roxane", **headers}
    )
