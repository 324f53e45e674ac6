"""Walking the migrations from Python, with the same engine that the service uses."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from backend.storage.database import Database

HERE = Path(__file__).parent


def configuration(connection: Connection | None = None) -> Config:
    """Alembic's settings, without a file."""
    config = Config()
    config.set_main_option("script_location", str(HERE))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def revisions() -> list[str]:
    """Every revision, the oldest first."""
    script = ScriptDirectory.from_config(configuration())
    return [step.revision for step in reversed(list(script.walk_revisions()))]


async def upgrade(database: Database, revision: str = "head") -> None:
    """Bring the database forward to `revision`."""
    async with database.engine.begin() as connection:
        await connection.run_sync(lambda sync: command.upgrade(configuration(sync), revision))


async def downgrade(database: Database, revision: str) -> None:
    """Take the database back to `revision`."""
    async with database.engine.begin() as connection:
        await connection.run_sync(lambda sync: command.downgrade(configuration(sync), revision))


async def is_current(database: Database) -> bool:
    """Whether every migration has been made."""
    async with database.engine.connect() as connection:
        found = await connection.run_sync(
            lambda sync: MigrationContext.configure(sync).get_current_revision()
        )
    return found == revisions()[-1]
