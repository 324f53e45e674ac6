"""What is too old goes, whose is asked for goes, what is held stays, and the proof names nobody."""

import json
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from aiohttp.test_utils import TestClient
from sqlalchemy import func, select, update

from gateway.conversations.records import Conversation, Message, Turn
from gateway.desk.records import RepSession
from gateway.ledger.records import Event
from gateway.retention.erase import do_erase_conversation, do_erase_profile, do_hold, do_release
from gateway.retention.policy import policy_of
from gateway.retention.proof import digest, proof_json
from gateway.retention.records import Erasure
from gateway.retention.sweep import sweep
from gateway.web.keys import DATABASE, SETTINGS
from tests.integration.gateway.conftest import DATABASES
from tests.integration.gateway.customer import Customer
from tests.integration.gateway.records.desk_user import DeskUser
from tests.integration.gateway.stored import everything_stored

Web = TestClient[Any, Any]
NOW = datetime.now(UTC)
pytestmark = pytest.mark.parametrize("database_url", DATABASES, indirect=True)
SECRET_WORDS = "marqueur de paroles"


async def count(client: Web, table: Any) -> int:
    async with client.app[DATABASE].read() as session:
        return int((await session.execute(select(func.count()).select_from(table))).scalar_one())


async def age(customer: Customer, days: int) -> None:
    """Let the conversation have ended so many days ago."""
    async with customer.client.app[DATABASE].write() as session:
        row = update(Conversation).where(Conversation.id == uuid.UUID(customer.id))
        await session.execute(row.values(updated_at=NOW - timedelta(days=days)))
        await session.commit()


async def swept(client: Web, *, days: int = 0) -> dict[str, int]:
    policy = policy_of(client.app[SETTINGS])
    return await sweep(client.app[DATABASE], policy, now=NOW + timedelta(days=days))


async def test_old_conversations_go_with_their_token_and_young_ones_stay(
    client: Web, customer: Customer, neighbour: Customer
) -> None:
    await customer.say(SECRET_WORDS)
    await age(customer, 366)

    counts = await swept(client)

    assert counts == {"messages": 3, "turns": 1, "conversations": 1}
    await customer.request("GET", "/messages", status=404)
    assert len(await neighbour.transcript()) == 3
    assert SECRET_WORDS not in await everything_stored(client)
    async with client.app[DATABASE].read() as session:
        (proof,) = (await session.execute(select(Erasure))).scalars()
    assert (proof.cause, proof.digest) == ("age", digest([uuid.UUID(customer.id)]))
    assert await swept(client) == {}


async def test_a_hold_keeps_it_and_letting_go_does_not(client: Web, customer: Customer) -> None:
    database, conversation_id = client.app[DATABASE], uuid.UUID(customer.id)
    await customer.say(SECRET_WORDS)
    await age(customer, 4000)
    assert await do_hold(database, conversation_id, reason="cause 12", placed_by="avocat", now=NOW)

    assert await swept(client) == {}
    proof = await do_erase_conversation(database, conversation_id, ordered_by="responsable", now=NOW)
    assert (proof.held, proof.counts["conversations"]) == (1, 0)
    assert len(await customer.transcript()) == 3

    assert await do_release(database, conversation_id)
    assert (await swept(client))["conversations"] == 1


async def test_each_kind_has_its_own_days(client: Web, customer: Customer, rep: DeskUser) -> None:
    await customer.say("bonjour")
    assert await count(client, RepSession) == 1

    counts = await swept(client, days=800)
    assert counts["conversations"] == 2
    assert "events" not in counts
    assert "audit" not in counts
    assert (await swept(client, days=1200))["events"] > 0
    assert (await swept(client, days=2600))["audit"] > 0
    assert await count(client, RepSession) == 0


async def test_one_conversation_is_erased_and_the_figures_still_count(
    client: Web, customer: Customer, neighbour: Customer
) -> None:
    await customer.say(SECRET_WORDS)
    before = await count(client, Event)

    proof = await do_erase_conversation(
        client.app[DATABASE], uuid.UUID(customer.id), ordered_by="responsable", now=NOW
    )

    assert proof.counts["messages"] == 3
    assert proof.counts["events_unlinked"] == 2
    stored = await everything_stored(client)
    assert SECRET_WORDS not in stored
    assert customer.id not in stored
    assert await count(client, Event) == before
    assert len(await neighbour.transcript()) == 3
    shown = json.dumps(proof_json(proof))
    assert customer.id not in shown
    assert proof.digest == digest([uuid.UUID(customer.id)])


async def test_a_person_is_erased_wherever_they_signed_in(client: Web, customer: Customer) -> None:
    await customer.sign_in()
    await customer.say(SECRET_WORDS)
    other = await Customer.begin(client)
    await other.sign_in()
    await other.say("mes factures")
    await other.sign_out()
    async with client.app[DATABASE].read() as session:
        row = await session.get_one(Conversation, uuid.UUID(customer.id))
    assert row.profile_id is not None

    proof = await do_erase_profile(client.app[DATABASE], row.profile_id, ordered_by="responsable", now=NOW)

    assert proof.counts["conversations"] == 2
    stored = await everything_stored(client)
    assert row.profile_id not in stored
    assert SECRET_WORDS not in stored
    async with client.app[DATABASE].read() as session:
        persons = (await session.execute(select(Event.person).where(Event.person.is_not(None)))).all()
    assert persons == []


async def test_nothing_is_half_deleted(client: Web, customer: Customer) -> None:
    await customer.say("bonjour")
    await age(customer, 366)
    await swept(client)

    assert await count(client, Message) == 3  # the neighbour's
    assert await count(client, Turn) == 1


async def test_who_never_was_leaves_an_empty_proof(client: Web) -> None:
    proof = await do_erase_profile(client.app[DATABASE], "f" * 32, ordered_by="responsable", now=NOW)

    assert sum(proof.counts.values()) == 0
    assert proof.digest == digest([])
