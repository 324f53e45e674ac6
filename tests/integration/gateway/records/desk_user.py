"""A rep's program in tests: signed in at the desk, answers held against the desk's description."""

import re
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from aiohttp import ClientWebSocketResponse
from aiohttp.test_utils import TestClient
from jsonschema import Draft202012Validator, FormatChecker  # type: ignore[import-untyped]  # no types
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from gateway.desk.api.keys import DESK
from gateway.desk.api.lists import openapi_document
from gateway.desk.records import Rep, RepSession, Role
from gateway.desk.signing_in import _hash, csrf_of
from gateway.desk.team import do_add_rep

BASE = "urn:desk"
Json = dict[str, Any]


@dataclass
class DeskUser:
    """One signed-in rep."""

    client: TestClient[Any, Any]
    rep: Rep
    headers: dict[str, str]

    @classmethod
    async def enter(
        cls, client: TestClient[Any, Any], name: str, role: Role = Role.REP, language: str = "fr"
    ) -> "DeskUser":
        """A new rep with an open session."""
        desk, now, token = client.app[DESK], datetime.now(UTC), secrets.token_urlsafe(32)
        languages: Any = (language,)
        made = await do_add_rep(
            desk.team, name, name=name, alias=name.title(), role=role, languages=languages, now=now
        )
        async with desk.database.write() as session:
            expires = now + timedelta(days=400)
            session.add(
                RepSession(
                    token_hash=_hash(token),
                    rep_id=made.rep.id,
                    created_at=now,
                    used_at=now,
                    expires_at=expires,
                )
            )
            await session.commit()
        headers = {"Cookie": f"assistant_desk={token}", "X-CSRF-Token": csrf_of(desk, token)}
        return cls(client, made.rep, headers)

    async def request(self, method: str, path: str, *, status: int = 200, **options: Any) -> Json:
        """Call the desk's API and return the checked answer."""
        async with self.client.request(
            method, f"/api/desk{path}", headers=self.headers, **options
        ) as response:
            assert response.status == status, await response.text()
            answer: Json = await response.json()
        _check(method, f"/api/desk{path}", status, answer)
        return answer

    @asynccontextmanager
    async def live(self) -> AsyncIterator[ClientWebSocketResponse]:
        """The live connection, open."""
        headers = {**self.headers, "Origin": str(self.client.make_url("")).rstrip("/")}
        async with self.client.ws_connect("/api/desk/live", headers=headers) as socket:
            yield socket

    async def fetch(self, path: str) -> bytes:
        """Whatever is not JSON."""
        async with self.client.get(f"/api/desk{path}", headers=self.headers) as response:
            assert response.status == 200, await response.text()
            return await response.read()


def _check(method: str, path: str, status: int, body: Json) -> None:
    document = openapi_document()
    template = next(
        one
        for one in document["paths"]
        if re.fullmatch(re.sub(r"\\{\w+\\}", "[^/]+", re.escape(one)), path.split("?")[0])
    )
    responses = document["paths"][template][method.lower()]["responses"]
    found = responses.get(str(status), responses["default"])
    if "$ref" in found:
        found = document["components"]["responses"][found["$ref"].rsplit("/", 1)[1]]
    schema = found["content"]["application/json"]["schema"]
    resource = DRAFT202012.create_resource({**schema, "components": document["components"]})
    registry = Registry().with_resource(BASE, resource)
    Draft202012Validator({"$ref": BASE}, registry=registry, format_checker=FormatChecker()).validate(body)
