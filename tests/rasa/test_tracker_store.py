"""The store of conversations: what can't be written is not in the log, and the product uses this one."""

import asyncio
from pathlib import Path

import pytest
import sqlalchemy as sa
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import UserUttered
from rasa.utils.endpoints import read_endpoint_config

from bot.components.tracker_store import QuietTrackerStore
from tests.rasa.building import DOMAIN, a_conversation

ROOT = Path(__file__).parents[2]


def test_the_product_uses_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("ACTIONS_URL", "ACTIONS_SECRET"):
        monkeypatch.setenv(name, "any")
    (tmp_path / "var").mkdir()
    configured = read_endpoint_config(str(ROOT / "endpoints.yml"), endpoint_type="tracker_store")

    store = TrackerStore.create(configured, Domain.from_dict(DOMAIN))

    assert isinstance(store, QuietTrackerStore)
    assert str(store.engine.url) == "sqlite:///var/rasa.db"


def test_a_row_that_cannot_be_written_is_not_in_the_error(tmp_path: Path) -> None:
    store = QuietTrackerStore(Domain.from_dict(DOMAIN), db=str(tmp_path / "rasa.db"))
    tracker = a_conversation()
    tracker.update(UserUttered("12, rue Secrète"))
    with store.engine.begin() as connection:
        refuse = "CREATE TRIGGER full BEFORE INSERT ON events BEGIN SELECT RAISE(ABORT, 'full'); END"
        connection.execute(sa.text(refuse))

    with pytest.raises(sa.exc.IntegrityError) as failed:
        asyncio.run(store.save(tracker))

    assert "INSERT INTO events" in str(failed.value)
    assert "Secr" not in str(failed.value)
