"""Runs the migrations from inside the program, so that no path or address is written down twice."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy.engine import Connection

from gateway.conversations.database import Database

VERSION_TABLE = "gateway_version"


def alembic_config(connection: Connection | None = None) -> Config:
    """Alembic's configuration without a file; `connection` is where the steps are made."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


async def upgrade(database: Database, revision: str = "head") -> None:
    """Bring the database up to a revision, in one transaction."""
    await _run(database, command.upgrade, revision)


async def downgrade(database: Database, revision: str) -> None:
    """Bring the database back to a revision, in one transaction."""
    await _run(database, command.downgrade, revision)


async def _run(database: Database, step: object, revision: str) -> None:
    def run(connection: Connection) -> None:
        assert callable(step)
        step(alembic_config(connection), revision)

    async with database.restructuring() as connection:
        await connection.run_sync(run)
