"""Profiles over HTTP: signing in with limits, credentials, recovery, inactivity, export and deletion."""

import re
from typing import Any

from aiohttp.test_utils import TestClient

from tests.support.backend_client import Caller, assistant_for, rep_for, signed_in
from tests.support.backend_world import ASSISTANT, PASSWORD, Person, World

NEW = "bouleau2027"


async def test_login_attempts_are_limited_then_locked_then_open_again(
    world: World, client: TestClient[Any, Any], marie: Person
) -> None:
    wrong = {"user_id": "marie", "password": "wrong2026"}
    right = {"user_id": "marie", "password": PASSWORD}
    someone = Caller(client)

    for left in (4, 3, 2, 1):
        fields = await someone.refused("wrong_credentials", "POST", "/v1/sessions", wrong, status=401)
        assert fields == {"attempts_left": left}
    await someone.refused("too_many_attempts", "POST", "/v1/sessions", wrong, status=429)
    await someone.refused("too_many_attempts", "POST", "/v1/sessions", right, status=429)
    world.clock.forward(minutes=15)
    await someone.post("/v1/sessions", right, status=201)
    await world.worker.until_idle()

    assert [mail["Subject"] for mail in world.mail.to("marie@example.ca")] == [
        "Trop de tentatives d’entrée dans votre profil"
    ]


async def test_login_attempts_an_unknown_user_id_answers_the_same(
    client: TestClient[Any, Any], marie: Person
) -> None:
    someone = Caller(client)
    answers = [
        await someone.post("/v1/sessions", {"user_id": user_id, "password": "wrong2026"}, status=401)
        for user_id in ("marie", "nobody")
    ]

    assert answers[0] == answers[1]


async def test_login_attempts_are_limited_for_each_client_address_a_service_tells(
    client: TestClient[Any, Any], marie: Person
) -> None:
    assistant = Caller(client, Authorization=f"Bearer {ASSISTANT}", **{"X-Client-Address": "203.0.113.7"})
    for guess in range(30):
        body = {"user_id": f"nobody{guess}", "password": "wrong2026"}
        await assistant.post("/v1/sessions", body, status=401)
    right = {"user_id": "marie", "password": PASSWORD}

    await assistant.refused("too_many_attempts", "POST", "/v1/sessions", right, status=429)
    await assistant.post("/v1/sessions", right, status=201, **{"X-Client-Address": "203.0.113.8"})


async def test_proof_tries_of_one_customer_do_not_lock_those_of_another_behind_the_same_service(
    world: World, client: TestClient[Any, Any], marie: Person
) -> None:
    others = [await world.person(f"other{place}", f"70000000{place}") for place in range(5)]
    proof = {"account_number": "999999999", "postal_code": "H2X 1Y4"}
    for other in others:
        caller = await assistant_for(client, other)
        for guess in range(4):
            wrong = proof | {"account_number": f"8000000{guess}0"}
            await caller.refused("proof_not_matching", "POST", "/v1/accounts", wrong, status=422)

    last = await assistant_for(client, marie)
    await last.refused("proof_not_matching", "POST", "/v1/accounts", proof, status=422)


async def test_a_session_ends_by_itself_and_by_signing_out(
    world: World, client: TestClient[Any, Any], marie: Person
) -> None:
    first, second = await signed_in(client, marie), await signed_in(client, marie)

    await first.delete("/v1/sessions/current", status=204)
    await first.refused("session_expired", "GET", "/v1/profile", status=401)
    world.clock.forward(minutes=20)
    await second.get("/v1/profile")
    world.clock.forward(minutes=20)
    await second.get("/v1/profile")
    world.clock.forward(minutes=31)
    await second.refused("session_expired", "GET", "/v1/profile", status=401)


async def test_change_credentials_at_any_time_and_the_other_sessions_end(
    client: TestClient[Any, Any], marie: Person, boris: Person
) -> None:
    here, elsewhere = await signed_in(client, marie), await signed_in(client, marie)
    change = {"password": PASSWORD, "new_password": NEW}

    await here.refused(
        "wrong_password", "POST", "/v1/profile/password", {**change, "password": "no"}, status=403
    )
    first = await here.post("/v1/profile/password", change, key="change-once")
    again = await here.post("/v1/profile/password", change, key="change-once")
    await elsewhere.refused("session_expired", "GET", "/v1/profile", status=401)
    taken = {"user_id": "boris", "password": NEW}
    await here.refused("user_id_taken", "POST", "/v1/profile/user-id", taken, status=409)
    await here.post("/v1/profile/user-id", {"user_id": "M.Tremblay", "password": NEW})
    marie.profile.user_id = "m.tremblay"

    assert first["number"] == again["number"]
    assert await signed_in(client, marie, password=NEW)


async def test_forgot_credentials_a_link_by_email_works_once(
    world: World, client: TestClient[Any, Any], marie: Person
) -> None:
    session, someone = await signed_in(client, marie), Caller(client)
    ask = {"email": "marie@example.ca", "forgotten": "password"}
    known = await someone.post("/v1/recovery", ask, status=202)
    unknown = await someone.post("/v1/recovery", {**ask, "email": "nobody@example.ca"}, status=202)
    await world.worker.until_idle()
    text = world.mail.to("marie@example.ca")[0].get_body(("plain",)).get_content()  # type: ignore[union-attr]
    token = re.search(r"#password=([\w-]+)", text)
    assert token is not None
    body = {"token": token[1], "new_password": NEW}

    await someone.refused("link_expired", "POST", "/v1/recovery/user-id", {"token": token[1]}, status=410)
    await someone.refused(
        "password_too_weak", "POST", "/v1/recovery/password", {**body, "new_password": "x"}, status=422
    )
    await someone.post("/v1/recovery/password", body)
    await someone.refused("link_expired", "POST", "/v1/recovery/password", body, status=410)
    await session.refused("session_expired", "GET", "/v1/profile", status=401)

    assert known == unknown
    assert await signed_in(client, marie, password=NEW)


async def test_inactivity_warns_then_deletes_and_the_customer_may_register_again(
    world: World, client: TestClient[Any, Any], marie: Person
) -> None:
    world.clock.forward(days=340)
    await world.worker.until_idle()
    world.clock.forward(days=31)
    await world.worker.until_idle()
    subjects = [mail["Subject"] for mail in world.mail.to("marie@example.ca")]
    again = {
        "account_number": marie.account.number,
        "postal_code": "G1R 2B5",
        "user_id": "marie",
        "password": NEW,
        "email": "marie@example.ca",
    }

    await Caller(client).post("/v1/profiles", again, status=201)

    assert subjects[0] == "Votre profil sera supprimé bientôt"
    assert any(subject.startswith("Profil supprimé") for subject in subjects)


async def test_inactivity_a_sign_in_after_the_warning_keeps_the_profile(
    world: World, client: TestClient[Any, Any], marie: Person
) -> None:
    world.clock.forward(days=340)
    await world.worker.until_idle()
    await signed_in(client, marie)
    world.clock.forward(days=60)
    await world.worker.until_idle()

    assert await signed_in(client, marie)


async def test_a_customer_may_take_everything_and_leave(
    world: World, as_marie: Caller, marie: Person
) -> None:
    await as_marie.post(f"/v1/accounts/{marie.account.id}/plan", {"plan": "world"})

    export = await as_marie.get("/v1/profile/export")
    await as_marie.refused("wrong_password", "POST", "/v1/profile/deletion", {"password": "no"}, status=403)
    receipt = await as_marie.post("/v1/profile/deletion", {"password": PASSWORD})
    await as_marie.refused("session_expired", "GET", "/v1/profile", status=401)

    assert "password_hash" not in export["profile"]
    assert {entry["action"] for entry in export["history"]} == {"sign_in", "plan_change"}
    assert receipt["operation"] == "profile_delete"
    assert (await world.account(marie)).plan_code == "world"


async def test_the_audit_says_who_acted_for_whom_and_through_which_door(
    world: World, client: TestClient[Any, Any], marie: Person
) -> None:
    path = f"/v1/accounts/{marie.account.id}/plan"
    await (await assistant_for(client, marie)).post(path, {"plan": "world"})
    await rep_for(client, marie).post(path, {"plan": "basic"})

    async with world.backend.store.reading() as uow:
        entries = [one for one in await uow.audit.of_profile(marie.profile.id) if one.action == "plan_change"]

    told = {(one.actor_kind, one.actor_id, one.channel) for one in entries}
    assert told == {("customer", marie.profile.id, "chat"), ("rep", "roxane", "desk")}
    assert all(one.profile_id == marie.profile.id and one.receipt_number for one in entries)


async def test_a_service_does_only_what_its_scopes_name(client: TestClient[Any, Any], marie: Person) -> None:
    assistant = Caller(client, Authorization=f"Bearer {ASSISTANT}", **{"X-On-Behalf-Of": marie.profile.id})

    fields = await assistant.refused("scope_missing", "GET", "/v1/profile", status=403)
    await assistant.refused("scope_missing", "GET", "/v1/customers?account_number=100000001", status=403)
    found = await rep_for(client).get("/v1/customers?account_number=100000001")
    await rep_for(client).refused(
        "customer_not_found", "GET", "/v1/customers?account_number=999999999", status=404
    )

    assert fields == {"scope": "act_on_behalf"}
    assert [profile["user_id"] for profile in found["profiles"]] == ["marie"]


async def test_a_locked_or_failed_registration_tells_nothing_about_the_account(
    world: World, client: TestClient[Any, Any], marie: Person
) -> None:
    body = {
        "account_number": "100000001",
        "postal_code": "H1R 2B5",
        "user_id": "mallory",
        "password": NEW,
        "email": "mallory@example.com",
    }
    wrong = await Caller(client).post("/v1/profiles", body, status=422)
    unknown = await Caller(client).post("/v1/profiles", {**body, "account_number": "999999999"}, status=422)

    assert wrong == unknown
