"""What all repositories share: fetching by id with or without a lock, adding, inserting once."""

from typing import Any, Generic, TypeVar

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

Record = TypeVar("Record")


class Rows(Generic[Record]):
    """Records of one kind in one session."""

    record: type[Record]

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def get(self, id: str, *, lock: bool = False) -> Record | None:
        """The record by id; with `lock` the row is held, and read anew, until the transaction ends."""
        if lock:
            await self.session.flush()
        return await self.session.get(self.record, id, with_for_update=lock or None, populate_existing=lock)

    def add(self, record: Record) -> None:
        """Keep a new record, if the transaction commits."""
        self.session.add(record)


async def insert_once(session: AsyncSession, table: Table, values: dict[str, Any]) -> bool:
    """Insert unless the key exists; on PostgreSQL this waits for whoever is inserting the same key."""
    dialect: Any = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    statement = dialect.insert(table).values(**values).on_conflict_do_nothing()
    result: Any = await session.execute(statement)
    return bool(result.rowcount)
