"""The gateway's client against the real backend: what the small backend of the other tests says is true."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp.test_utils import TestClient
from pydantic import SecretStr

from backend.storage.database import open_database
from gateway.backend import BackendRefusalError, HttpBackend
from tests.integration.gateway.conftest import make_settings
from tests.support.backend_client import Caller, signed_in
from tests.support.backend_db import sqlite_template
from tests.support.backend_world import ASSISTANT, PASSWORD, Person, World

__all__ = ["sqlite_template"]

RIGHT, WRONG = SecretStr(PASSWORD), SecretStr("not-the-password-1")


@pytest.fixture
async def world(sqlite_template: Path, tmp_path: Path) -> AsyncIterator[World]:
    shutil.copy(sqlite_template, tmp_path / "backend.db")
    database = open_database(f"sqlite+aiosqlite:///{tmp_path / 'backend.db'}")
    yield World(database)
    await database.close()


@pytest.fixture
async def boris(world: World) -> Person:
    """The neighbour, stored first."""
    return await world.person("boris", "100000009")


@pytest.fixture
async def marie(world: World, boris: Person) -> Person:
    return await world.person("marie", "100000001")


@pytest.fixture
async def served(world: World, marie: Person) -> AsyncIterator[TestClient[Any, Any]]:
    async with world.served() as served:
        yield served


@pytest.fixture
async def backend(served: TestClient[Any, Any]) -> AsyncIterator[HttpBackend]:
    settings = make_settings(backend_url=str(served.make_url("")), backend_token=ASSISTANT)
    async with aiohttp.ClientSession() as session:
        yield HttpBackend(session, settings)


async def _sign_in(backend: HttpBackend, user_id: str = "marie", password: SecretStr = RIGHT) -> Any:
    return await backend.sign_in(user_id, password, address="203.0.113.9", language="fr")


async def _refusal(backend: HttpBackend, user_id: str, password: SecretStr) -> tuple[Any, ...]:
    with pytest.raises(BackendRefusalError) as refused:
        await _sign_in(backend, user_id, password)
    error = refused.value
    return error.code, error.retry_after, error.attempts_left


async def test_the_session_is_the_customers_until_it_is_closed(
    backend: HttpBackend, served: TestClient[Any, Any], marie: Person
) -> None:
    opened = await _sign_in(backend)
    assistant = Caller(served, **{"Authorization": f"Bearer {ASSISTANT}", "X-Session-Id": opened.session_id})

    assert opened.profile_id == marie.profile.id
    assert opened.expires_at.tzinfo is not None
    assert (await assistant.get("/v1/profile"))["id"] == marie.profile.id
    await backend.sign_out(opened.session_id)
    await backend.sign_out(opened.session_id)
    await assistant.refused("session_expired", "GET", "/v1/profile", status=401)


@pytest.mark.parametrize(("user_id", "password"), [("marie", WRONG), ("nobody", RIGHT), ("a" * 200, RIGHT)])
async def test_whatever_is_wrong_is_told_alike(
    backend: HttpBackend, user_id: str, password: SecretStr
) -> None:
    code, retry_after, attempts_left = await _refusal(backend, user_id, password)

    assert (code, retry_after) == ("sign_in_failed", None)
    assert attempts_left > 0


async def test_what_the_backend_cant_read_is_simply_wrong(backend: HttpBackend) -> None:
    assert (await _refusal(backend, "mar\x00ie", RIGHT))[0] == "sign_in_failed"


async def test_too_many_tries_lock_for_a_while(backend: HttpBackend) -> None:
    told = [await _refusal(backend, "marie", WRONG) for _ in range(20)]

    code, retry_after, _ = told[-1]
    assert code == "sign_in_locked"
    assert retry_after > 60
    assert (await _refusal(backend, "marie", RIGHT))[0] == "sign_in_locked"


async def test_receipts_are_for_their_own_customer(
    backend: HttpBackend, served: TestClient[Any, Any], marie: Person
) -> None:
    as_marie = await signed_in(served, marie)
    receipt = await as_marie.post(f"/v1/accounts/{marie.account.id}/plan", {"plan": "world"})
    mine, others = await _sign_in(backend), await _sign_in(backend, "boris")

    pdf = await backend.receipt_pdf(mine.session_id, receipt["number"], "en")

    assert pdf.startswith(b"%PDF-")
    for session_id, number, code in [
        (others.session_id, receipt["number"], "receipt_not_found"),
        (mine.session_id, "999999999999", "receipt_not_found"),
        ("0" * 32, receipt["number"], "not_signed_in"),
    ]:
        with pytest.raises(BackendRefusalError, match=code):
            await backend.receipt_pdf(session_id, number, "fr")
