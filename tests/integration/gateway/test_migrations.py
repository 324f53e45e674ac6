"""Each migration goes up, down and up again, and ends where the tables of the program are."""

import uuid
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import IntegrityError

from gateway.conversations.database import Database
from gateway.conversations.records import Conversation, Record
from gateway.migrations.run import VERSION_TABLE, alembic_config, downgrade, upgrade
from gateway.vault import Vault, new_key
from tests.integration.gateway.conftest import DATABASES

pytestmark = pytest.mark.parametrize("database_url", DATABASES, indirect=True)

NOW = "'2027-03-01 12:00:00+00:00'"
SAID_BEFORE = (
    "INSERT INTO conversations (id, token_hash, language, channel, owner, last_seq, created_at, updated_at) "
    f"VALUES (:conversation, 'x', 'fr', 'web', 'bot', 2, {NOW}, {NOW})",
    "INSERT INTO turns (id, conversation_id, client_message_id, seq, kind, text, state, attempt, created_at) "
    f"VALUES (:turn, :conversation, 'a', 1, 'text', 'bonjour', 'answered', 1, {NOW})",
    "INSERT INTO messages (conversation_id, seq, sender, text, lang, extras, turn_id, attempt, created_at) "
    f"VALUES (:conversation, 1, 'customer', 'bonjour', 'fr', '{{}}', :turn, 1, {NOW}), "
    f"(:conversation, 2, 'bot', 'Bonjour!', 'fr', '{{}}', :turn, 1, {NOW})",
)


A_REP = (
    "INSERT INTO reps (id, user_id, name, alias, role, language, languages, password_hash, totp_secret, "
    f"created_at) VALUES (:id, 'lea', 'Léa', 'Léa', 'rep', 'fr', '[]', 'x', 'JBSWY3DPEHPK3PXP', {NOW})"
)
ROUND_TRIP = (
    (upgrade, "0002"),
    (downgrade, "0001"),
    (upgrade, "0003"),
    (downgrade, "0002"),
    (upgrade, "0003"),
)


def _revisions() -> list[str]:
    script = ScriptDirectory.from_config(alembic_config())
    return [revision.revision for revision in script.walk_revisions("base", "heads")][::-1]


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    database = Database(database_url)
    await upgrade(database)
    await downgrade(database, "base")
    yield database
    await database.close()


async def test_every_step_can_be_taken_up_down_and_up(database: Database) -> None:
    for revision in _revisions():
        await upgrade(database, revision)
        await downgrade(database, "-1")
        await upgrade(database, revision)


async def test_the_way_down_leaves_nothing(database: Database) -> None:
    await upgrade(database)
    await downgrade(database, "base")

    def tables(connection: Connection) -> set[str]:
        return set(inspect(connection).get_table_names())

    async with database.engine.connect() as connection:
        assert await connection.run_sync(tables) == {VERSION_TABLE}


async def test_migrations_and_records_agree(database: Database) -> None:
    await upgrade(database)

    def differences(connection: Connection) -> Any:
        options = {"version_table": VERSION_TABLE, "compare_type": True}
        return compare_metadata(MigrationContext.configure(connection, opts=options), Record.metadata)

    async with database.engine.connect() as connection:
        assert await connection.run_sync(differences) == []


async def test_conversations_keep_what_was_said_when_tables_change(database: Database) -> None:
    await upgrade(database, "0001")
    ids = {"conversation": uuid.uuid4().hex, "turn": uuid.uuid4().hex}
    async with database.engine.begin() as connection:
        for statement in SAID_BEFORE:
            await connection.execute(text(statement), ids)

    for step, revision in ROUND_TRIP:
        await step(database, revision)
        async with database.engine.connect() as connection:
            said = (await connection.execute(text("SELECT text FROM messages ORDER BY seq"))).scalars().all()
            turns = (await connection.execute(text("SELECT state FROM turns"))).scalars().all()
        assert (said, turns) == (["bonjour", "Bonjour!"], ["answered"])


async def test_secrets_of_second_factors_are_sealed_and_can_be_had_back(database: Database) -> None:
    vault, id = Vault([new_key()]), uuid.uuid4().hex
    await upgrade(database, "0005")
    async with database.engine.begin() as connection:
        await connection.execute(text(A_REP), {"id": id})

    with pytest.raises(SystemExit, match="ASSISTANT_DESK_SECRET_KEYS"):
        await upgrade(database, "0006")
    await upgrade(database, "0006", vault=vault)
    sealed = await _secret(database)
    await downgrade(database, "0005", vault=vault)
    plain = await _secret(database)
    await upgrade(database, "0006", vault=vault)

    assert (plain, vault.open(sealed), vault.open(await _secret(database))) == ("JBSWY3DPEHPK3PXP",) * 3
    async with database.engine.connect() as connection:
        with pytest.raises(IntegrityError):
            await connection.execute(text("UPDATE reps SET role = 'queen'"))


async def _secret(database: Database) -> str:
    async with database.engine.connect() as connection:
        return str((await connection.execute(text("SELECT totp_secret FROM reps"))).scalar_one())


async def test_leaving_a_write_early_saves_nothing(database: Database) -> None:
    await upgrade(database)
    now, new_id = datetime.now(UTC), uuid.uuid4()
    async with database.write() as session:
        session.add(
            Conversation(
                id=new_id,
                token_hash=b"x" * 32,
                language="fr",
                channel="web",
                owner="bot",
                last_seq=0,
                created_at=now,
                updated_at=now,
            )
        )
        await session.flush()

    async with database.read() as session:
        assert await session.get(Conversation, new_id) is None
