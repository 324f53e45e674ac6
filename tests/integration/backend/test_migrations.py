"""The stairway: every migration up, down and up again on both databases, to what the program expects."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from backend.migrations.run import downgrade, is_current, revisions, upgrade
from backend.storage.database import Database, open_database
from backend.storage.schema import metadata
from tests.support.backend_world import Person, World


async def walk(database: Database) -> None:
    before = "base"
    for revision in revisions():
        await upgrade(database, revision)
        await downgrade(database, before)
        await upgrade(database, revision)
        before = revision


def differences(connection: Connection) -> list[object]:
    return list(compare_metadata(MigrationContext.configure(connection), metadata))


async def check(database: Database) -> None:
    await walk(database)
    assert await is_current(database)
    async with database.engine.connect() as connection:
        assert await connection.run_sync(differences) == []
    await downgrade(database, "base")
    await database.close()


async def test_every_step_can_be_walked_on_sqlite(tmp_path: Path) -> None:
    await check(open_database(f"sqlite+aiosqlite:///{tmp_path / 'stairs.db'}"))


async def test_every_step_can_be_walked_on_postgresql(stairs_url: str) -> None:
    await check(open_database(stairs_url))


@pytest.mark.parametrize("statement", ["UPDATE audit SET action = 'other'", "DELETE FROM audit"])
async def test_the_audit_trail_can_only_grow(
    world: World, as_marie: object, marie: Person, statement: str
) -> None:
    async with world.database.engine.connect() as connection:
        with pytest.raises(DBAPIError, match="append-only"):
            await connection.execute(text(statement))
