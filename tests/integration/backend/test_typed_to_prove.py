"""What is typed to prove who one is, perhaps a card's number, can't be read from the tries counted."""

from typing import Any

import pytest
from aiohttp.test_utils import TestClient
from sqlalchemy import MetaData, select

from tests.support.backend_client import Caller
from tests.support.backend_world import ASSISTANT, World

CARD, SIN = "4111 1111 1111 1111", "152669859"


async def everything_stored(world: World) -> str:
    """Every cell of every table."""
    tables = MetaData()
    rows: list[Any] = []
    async with world.database.engine.connect() as connection:
        await connection.run_sync(tables.reflect)
        for table in tables.tables.values():
            rows += (await connection.execute(select(table))).all()
    return repr(rows)


@pytest.mark.parametrize(
    ("path", "body", "kind"),
    [
        ("/v1/sessions", {"user_id": CARD, "password": SIN}, "sign-in-profile"),
        ("/v1/sessions", {"user_id": SIN, "password": CARD}, "sign-in-profile"),
        ("/v1/sessions/phone", {"account_number": SIN, "pin": "0000"}, "phone-account"),
    ],
)
async def test_no_number_is_in_a_table(
    world: World, client: TestClient[Any, Any], path: str, body: dict[str, str], kind: str
) -> None:
    told = {"X-Client-Address": "tel:one", "X-Channel": "voice"}
    await Caller(client, Authorization=f"Bearer {ASSISTANT}", **told).post(path, body, status=401)

    stored = await everything_stored(world)

    assert kind in stored
    assert not any(number in stored for number in (CARD, SIN))
