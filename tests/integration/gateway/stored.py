"""What a gateway has written down, for tests about what must not be."""

import re
from typing import Any

from aiohttp.test_utils import TestClient
from sqlalchemy import MetaData, select

from gateway.web.keys import DATABASE


async def everything_stored(client: TestClient[Any, Any]) -> str:
    """Every cell of every table."""
    tables, rows = MetaData(), []
    async with client.app[DATABASE].engine.connect() as connection:
        await connection.run_sync(tables.reflect)
        for table in tables.tables.values():
            rows += (await connection.execute(select(table))).all()
    return repr(rows)


def has_number(text: str, number: str) -> bool:
    """Whether the digits of a number stand in the text, in whatever groups."""
    digits = re.sub(r"\D", "", number)
    return re.search(r"[\s.\-]*".join(digits), text) is not None
