"""What the specification promises, tried by a machine, with a session and without."""

import asyncio
import sys
from pathlib import Path
from typing import Any

from aiohttp.test_utils import TestClient
from openapi_spec_validator import validate

from backend.api.openapi import specification
from tests.support.backend_client import Caller
from tests.support.backend_world import DESK, Person, World

ST = Path(sys.executable).parent / "st"


def test_the_specification_is_valid_openapi() -> None:
    validate(specification())


async def try_everything(client: TestClient[Any, Any], *options: str, phases: str = "fuzzing") -> None:
    command = [
        str(ST),
        "run",
        str(client.make_url("/v1/openapi.json")),
        f"--phases={phases}",
        "--max-examples=3",
        "--seed=3",
        "--generation-database=none",
        # Rules such as "the province fits the postal code" can't be written in a schema.
        "--exclude-checks=positive_data_acceptance",
        "--exclude-operation-id=sign_out",
        "--exclude-operation-id=delete_profile",
        *options,
    ]
    process = await asyncio.create_subprocess_exec(
        *command, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
    )
    said, _ = await process.communicate()
    assert process.returncode == 0, said.decode()[-6000:]


async def test_schemathesis_finds_nothing_with_a_session(
    world: World, marie: Person, as_marie: Caller
) -> None:
    session = f"Authorization: {as_marie.headers['Authorization']}"
    # What the coverage phase tries is refused before a database is asked: once is enough.
    phases = "coverage,fuzzing" if world.database.is_sqlite else "fuzzing"
    await try_everything(as_marie.client, "-H", session, phases=phases)


async def test_schemathesis_finds_nothing_without_a_session(
    world: World, client: TestClient[Any, Any]
) -> None:
    await try_everything(client)


async def test_schemathesis_finds_nothing_as_a_rep_for_a_customer(
    world: World, marie: Person, client: TestClient[Any, Any]
) -> None:
    headers = {"Authorization": f"Bearer {DESK}", "X-On-Behalf-Of": marie.profile.id, "X-Rep": "rep"}
    await try_everything(client, *(f"-H{name}: {value}" for name, value in headers.items()))
