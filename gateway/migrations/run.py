"""Runs the migrations from inside the program, so that no path or address is written down twice."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy.engine import Connection

from gateway.conversations.database import Database
from gateway.vault import Vault

VERSION_TABLE = "gateway_version"


def alembic_config(connection: Connection | None = None, vault: Vault | None = None) -> Config:
    """Alembic's configuration without a file: where the steps are made, and what seals secrets in them."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"], config.attributes["vault"] = connection, vault
    return config


async def upgrade(database: Database, revision: str = "head", *, vault: Vault | None = None) -> None:
    """Bring the database up to a revision, in one transaction; a vault is needed where there are reps."""
    await _run(database, command.upgrade, revision, vault)


async def downgrade(database: Database, revision: str, *, vault: Vault | None = None) -> None:
    """Bring the database back to a revision, in one transaction; a vault is needed where there are reps."""
    await _run(database, command.downgrade, revision, vault)


async def _run(database: Database, step: object, revision: str, vault: Vault | None) -> None:
    def run(connection: Connection) -> None:
        assert callable(step)
        step(alembic_config(connection, vault), revision)

    async with database.restructuring() as connection:
        await connection.run_sync(run)
