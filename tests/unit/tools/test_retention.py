"""Old conversations are forgotten whole, younger ones kept whole, on both kinds of database."""

import asyncio
import sqlite3
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import create_async_engine

from tools import retention
from tools.retention import DAY, Forgotten, async_url, forget, main

NOW = 1_800_000_000.0
META = sa.MetaData()
EVENTS = sa.Table(  # as Rasa makes it
    "events",
    META,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("sender_id", sa.String(255), nullable=False, index=True),
    sa.Column("type_name", sa.String(255), nullable=False),
    sa.Column("timestamp", sa.Float),
    sa.Column("data", sa.Text),
)
AGES = {"old": [40, 31.5], "begun long ago": [400, 31, 2], "young": [1], "almost": [29.9], "ancient": [900]}


def run(url: str, *statements: sa.Executable | sa.schema.ExecutableDDLElement) -> list[str]:
    """Run statements; the names that the last one gives, if it gives any."""

    async def work() -> list[str]:
        engine = create_async_engine(url)
        async with engine.begin() as connection:
            for statement in statements:
                result = await connection.execute(statement)
            rows = [str(row[0]) for row in result] if result.returns_rows else []
        await engine.dispose()
        return rows

    return asyncio.run(work())


def event(name: str, days: float) -> sa.Insert:
    """Something said so many days ago."""
    said = {"sender_id": name, "type_name": "user", "timestamp": NOW - days * DAY, "data": "12, rue Privée"}
    return sa.insert(EVENTS).values(**said)


def names(url: str) -> list[str]:
    """The conversation of each event that is left."""
    return sorted(run(url, sa.select(EVENTS.c.sender_id)))


@pytest.fixture(params=["sqlite_url", "own_postgres_url"])
def url(request: pytest.FixtureRequest) -> str:
    """A store with conversations of several ages."""
    found: str = request.getfixturevalue(request.param)
    said = [event(name, days) for name, ages in AGES.items() for days in ages]
    run(found, sa.schema.CreateTable(EVENTS), *said)
    return found


KEPT = sorted(["begun long ago"] * 3 + ["young", "almost"])


def test_conversations_whose_last_word_is_old_are_forgotten_whole(url: str) -> None:
    assert asyncio.run(forget(url, 30, now=NOW)) == Forgotten(2, 3)
    assert names(url) == KEPT
    assert asyncio.run(forget(url, 30, now=NOW)) == Forgotten(0, 0)


def test_a_dry_run_counts_the_same_and_deletes_nothing(url: str) -> None:
    before = names(url)

    assert asyncio.run(forget(url, 30, now=NOW, dry_run=True)) == Forgotten(2, 3)
    assert names(url) == before


def test_more_conversations_than_go_in_one_batch(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "BATCH", 1)

    assert asyncio.run(forget(url, 0.5, now=NOW)) == Forgotten(5, 8)
    assert names(url) == []


def test_a_conversation_that_goes_on_meanwhile_is_kept(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    async def before_it_went_on(*_: object) -> dict[str, int]:
        return {"ancient": 1, "young": 1}

    monkeypatch.setattr(retention, "_ended_before", before_it_went_on)

    assert asyncio.run(forget(url, 30, now=NOW)).events == 1
    assert "young" in names(url)


def test_what_was_deleted_is_not_left_in_the_file(sqlite_url: str) -> None:
    path = Path(sqlite_url.removeprefix("sqlite+aiosqlite:///"))
    run(sqlite_url, sa.schema.CreateTable(EVENTS), event("old", 40))
    assert "Privée".encode() in path.read_bytes()

    asyncio.run(forget(sqlite_url, 30, now=NOW))

    assert "Privée".encode() not in path.read_bytes()


def test_the_command_says_how_many(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "rasa.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE events (id INTEGER PRIMARY KEY, sender_id TEXT, timestamp REAL)")
        connection.execute("INSERT INTO events (sender_id, timestamp) VALUES ('a', 5.0), ('a', 6.0)")

    assert main(["--days", "30", "--url", f"sqlite:///{path}", "--dry-run"]) == 0
    assert main(["--days", "30", "--url", f"sqlite:///{path}"]) == 0

    out = "1 conversations, 2 events {}\n"
    assert capsys.readouterr().out == out.format("would be deleted") + out.format("deleted")


@pytest.mark.parametrize("url", ["mysql://localhost/rasa", "sqlite:////nowhere/at/all.db", "no url"])
def test_a_store_that_cannot_be_used_is_said_so_without_its_address(
    url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--days", "30", "--url", url]) == 1
    assert "can't be used" in capsys.readouterr().err


@pytest.mark.parametrize("days", ["0", "-5", "x"])
def test_a_number_of_days_that_would_forget_all_is_refused(days: str) -> None:
    with pytest.raises(SystemExit):
        main(["--days", days])


@pytest.mark.parametrize(
    ("url", "driver"),
    [
        ("postgresql://rasa:pass@db/rasa", "postgresql+asyncpg"),
        ("postgresql+psycopg2://db/rasa", "postgresql+asyncpg"),
        ("postgres://db/rasa", "postgresql+asyncpg"),
        ("sqlite:///a.db", "sqlite+aiosqlite"),
    ],
)
def test_rasas_own_urls_are_understood(url: str, driver: str) -> None:
    assert async_url(url).drivername == driver
