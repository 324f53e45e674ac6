"""Admins change the team, leads see it: nobody twice, nobody locked out for good, nothing left behind."""

import asyncio
import uuid
from typing import Any

import pytest
from sqlalchemy import text

from gateway.__main__ import main
from gateway.desk.api.keys import DESK
from gateway.desk.records import Rep, Role
from gateway.desk.team import NewRep
from gateway.settings import Settings
from tests.integration.gateway.conftest import DATABASES
from tests.integration.gateway.customer import Customer
from tests.integration.gateway.desk.conftest import Clock, Sit, Web
from tests.integration.gateway.desk.seat import Seat

Json = dict[str, Any]


def somebody(**different: Any) -> Json:
    """Somebody to be added."""
    facts = {"user_id": "eve", "name": "Ève Roy", "alias": "Ève", "role": "rep", "languages": ["fr"]}
    return {"id": str(uuid.uuid4()), **facts, **different}


@pytest.fixture
async def admin(client: Web, sit: Sit) -> Seat:
    return await sit(client, "ada", role=Role.ADMIN)


async def change(seat: Seat, rep_id: object, changes: Json, *, status: int = 200) -> Json:
    return await seat.request("PATCH", f"/team/{rep_id}", status=status, json=changes)


async def seat_of(client: Web, made: Json) -> Seat:
    """The place of whoever was just added or renewed, signed in with what was handed over."""
    user_id, handed = made["member"]["user_id"], made["credentials"]
    seat = Seat(client, NewRep(Rep(user_id=user_id), handed["password"], handed["secret"]))
    await seat.sign_in(password=handed["password"])
    return seat


async def done_to(seat: Seat, rep_id: str) -> list[tuple[str, str]]:
    """What was done to a rep, and by whom, the oldest first."""
    entries = (await seat.get("/audit"))["entries"]
    of = [one for one in entries if one["rep"] and one["details"].get("of") == rep_id]
    return [(one["action"], one["rep"]["alias"]) for one in reversed(of)]


async def test_somebody_is_added_once_and_comes_in_with_what_was_handed_over(
    admin: Seat, client: Web
) -> None:
    asked = somebody(team="billing", languages=["fr", "fr"], name="  Ève\u0007  Roy ")
    await admin.post("/team", asked, status=201)
    made = await admin.post("/team", asked, status=201)  # the first answer was lost

    seat = await seat_of(client, made)
    await seat.http.close()
    again = await admin.post("/team", asked, status=409)
    other = await admin.post("/team", somebody(), status=409)

    assert (again["error"]["code"], other["error"]["code"]) == ("user_id_taken",) * 2
    members = {one["user_id"]: one for one in (await admin.get("/team"))["members"]}
    assert (members["eve"]["team"], members["eve"]["name"]) == (
        {"id": "billing", "name": "Facturation"},
        "Ève Roy",
    )
    assert members["eve"]["languages"] == ["fr"]
    assert made["credentials"]["secret"] in made["credentials"]["uri"]


async def test_secrets_are_not_in_the_database_as_they_are(admin: Seat, client: Web) -> None:
    made = await admin.post("/team", somebody(), status=201)

    async with client.app[DESK].database.engine.connect() as connection:
        stored = (await connection.execute(text("SELECT totp_secret, password_hash FROM reps"))).all()

    kept = " ".join(str(value) for row in stored for value in row)
    assert made["credentials"]["secret"] not in kept
    assert made["credentials"]["password"] not in kept


@pytest.mark.parametrize(
    ("different", "status"),
    [
        ({"user_id": "Ève"}, 422),
        ({"user_id": "e"}, 422),
        ({"team": "cooking"}, 404),
        ({"role": "queen"}, 422),
        ({"languages": []}, 422),
        ({"name": " \t "}, 422),
        ({"alias": "x" * 61}, 422),
    ],
)
async def test_what_cannot_be_is_refused(admin: Seat, different: Json, status: int) -> None:
    await admin.post("/team", somebody(**different), status=status)

    assert len((await admin.get("/team"))["members"]) == 1


async def test_only_admins_change_the_team_and_only_leads_see_it(admin: Seat, client: Web, sit: Sit) -> None:
    lead, rep = await sit(client, "lou", role=Role.LEAD), await sit(client, "lea")
    target = rep.rep.rep.id

    for seat in (lead, rep):
        await seat.post("/team", somebody(), status=403)
        await change(seat, target, {"role": "admin"}, status=403)
        for act in ("reset", "deactivate", "activate"):
            await seat.post(f"/team/{target}/{act}", status=403)
    assert len((await lead.get("/team"))["members"]) == 3
    await rep.get("/team", status=403)


async def test_changes_are_audited_once_and_leave_the_rest_alone(admin: Seat, client: Web, sit: Sit) -> None:
    seat = await sit(client, "lea")
    rep_id = str(seat.rep.rep.id)
    wanted = {"role": "lead", "team": "technical", "alias": "Léa"}

    await change(admin, rep_id, wanted)
    member = (await change(admin, rep_id, wanted))["member"]
    await change(admin, rep_id, {"team": None})

    assert (member["role"], member["team"]["id"], member["alias"], member["name"]) == (
        "lead",
        "technical",
        "Léa",
        "Lea Roy",
    )
    assert await done_to(admin, rep_id) == [("rep_changed", "Ada")] * 2
    await seat.get("/audit")  # what leads may
    await change(admin, rep_id, {"name": None}, status=422)
    await change(admin, uuid.uuid4(), {"name": "X"}, status=404)


async def test_whoever_leaves_loses_the_sessions_and_the_conversations(
    admin: Seat, client: Web, claimed: Customer, seat: Seat, clock: Clock
) -> None:
    rep_id = str(seat.rep.rep.id)
    async with seat.live() as desk:
        await desk.next("ready")
        answer = await admin.post(f"/team/{rep_id}/deactivate")
        refused = await desk.next("error")

    assert (answer["returned"], answer["member"]["active"]) == (1, False)
    assert refused["error"]["code"] == "desk_not_signed_in"
    assert await admin.waiting() == [claimed.id]
    assert (await claimed.request("GET", "/messages"))["place"] == 1
    assert (await admin.post(f"/team/{rep_id}/deactivate"))["returned"] == 0
    clock.forward(minutes=1)
    await seat.sign_in(status=403)

    await admin.post(f"/team/{rep_id}/activate")
    await admin.post(f"/team/{rep_id}/activate")
    clock.forward(minutes=1)
    await seat.sign_in()
    assert await done_to(admin, rep_id) == [("rep_deactivated", "Ada"), ("rep_activated", "Ada")]


async def test_the_operator_lets_somebody_go_from_the_command_line(
    settings: Settings, claimed: Customer, seat: Seat, admin: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    values = {
        "GATEWAY_DATABASE_URL": settings.gateway_database_url,
        "GATEWAY_SECRET": settings.gateway_secret.get_secret_value(),
        "GATEWAY_ENVIRONMENT": "development",
        "RASA_SECRET": "r" * 16,
        "BACKEND_TOKEN": "b" * 16,
    }
    for name, value in values.items():
        monkeypatch.setenv(f"ASSISTANT_{name}", value)

    assert await asyncio.to_thread(main, ["rep", "deactivate", "lea"]) == 0

    await seat.get("/queue", status=401)
    assert await admin.waiting() == [claimed.id]
    assert (await claimed.texts())[-1].startswith("La personne qui vous répondait")


async def test_new_credentials_end_what_was_open_under_the_old_ones(
    admin: Seat, client: Web, seat: Seat, clock: Clock
) -> None:
    made = await admin.post(f"/team/{seat.rep.rep.id}/reset")

    await seat.get("/queue", status=401)
    clock.forward(minutes=1)
    await seat.sign_in(status=403)
    await (await seat_of(client, made)).http.close()
    own = await admin.post(f"/team/{admin.rep.rep.id}/reset", status=409)
    assert own["error"]["code"] == "own_account"


@pytest.mark.parametrize("database_url", DATABASES, indirect=True)
async def test_there_is_always_an_admin(admin: Seat, client: Web, sit: Sit) -> None:
    me = admin.rep.rep.id
    assert (await change(admin, me, {"role": "lead"}, status=409))["error"]["code"] == "last_admin"
    assert (await admin.post(f"/team/{me}/deactivate", status=409))["error"]["code"] == "last_admin"

    other = await sit(client, "oli", role=Role.ADMIN)
    both = [(admin, other.rep.rep.id), (other, me)]
    path = "/api/desk/team/{}"
    statuses = await asyncio.gather(
        *(
            seat.http.patch(
                seat.base + path.format(target),
                json={"role": "rep"},
                headers={"Origin": seat.base, "X-CSRF-Token": seat.csrf},
            )
            for seat, target in both
        )
    )

    assert sorted(one.status for one in statuses) in ([200, 403], [200, 409])
    left = await other.get("/session") if statuses[0].status != 200 else await admin.get("/session")
    assert left["rep"]["role"] == "admin"
