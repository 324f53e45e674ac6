"""Callers prove who they are with an account number and a PIN; the caller's number alone proves nothing."""

from typing import Any

import pytest
from aiohttp.test_utils import TestClient

from backend.domain.people import Channel
from tests.support.backend_client import Caller, signed_in
from tests.support.backend_world import ASSISTANT, DESK, PASSWORD, Person, World

PIN = "482615"
NUMBER = "100000017"


def caller(client: TestClient[Any, Any], address: str = "tel:one") -> Caller:
    """The assistant, for somebody on the telephone."""
    told = {"X-Client-Address": address, "X-Channel": "voice"}
    return Caller(client, Authorization=f"Bearer {ASSISTANT}", **told)


async def give_pin(client: TestClient[Any, Any], person: Person, pin: str | None = PIN) -> Any:
    as_person = await signed_in(client, person)
    return await as_person.call("PUT", "/v1/profile/phone-pin", {"password": PASSWORD, "pin": pin})


@pytest.fixture
async def with_pins(client: TestClient[Any, Any], boris: Person, marie: Person) -> Caller:
    """Boris and Marie have PINs of their own."""
    await give_pin(client, boris, "739201")
    await give_pin(client, marie)
    return caller(client)


def dialled(person: Person, pin: str = PIN) -> dict[str, str]:
    return {"account_number": person.account.number, "pin": pin}


async def test_the_account_number_and_the_pin_open_a_session_of_the_voice(
    world: World, with_pins: Caller, marie: Person
) -> None:
    opened = await with_pins.post("/v1/sessions/phone", dialled(marie), status=201)

    assert opened["profile"]["user_id"] == "marie"
    inside = {"X-Session-Id": opened["session_id"], "X-Channel": "voice"}
    found = await with_pins.get("/v1/profile", **inside)
    assert found["id"] == marie.profile.id
    async with world.backend.store.reading() as uow:
        history = await uow.audit.of_profile(marie.profile.id)
    assert [entry.channel for entry in history if entry.action == "phone_sign_in"] == [Channel.VOICE]


async def test_a_neighbours_pin_opens_nothing(with_pins: Caller, marie: Person, boris: Person) -> None:
    await with_pins.refused("wrong_pin", "POST", "/v1/sessions/phone", dialled(boris, PIN), status=401)
    await with_pins.refused("wrong_pin", "POST", "/v1/sessions/phone", dialled(marie, "739201"), status=401)


@pytest.mark.parametrize("number", ["999999998", "12", "not a number"])
async def test_an_unknown_account_answers_as_a_wrong_pin(
    with_pins: Caller, marie: Person, number: str
) -> None:
    wrong = await with_pins.post("/v1/sessions/phone", dialled(marie, "0000"), status=401)
    unknown = await with_pins.post(
        "/v1/sessions/phone", {"account_number": number, "pin": "0000"}, status=401
    )

    assert wrong == unknown


async def test_nobody_gets_in_before_a_pin_was_chosen(client: TestClient[Any, Any], marie: Person) -> None:
    await caller(client).refused("wrong_pin", "POST", "/v1/sessions/phone", dialled(marie), status=401)


async def test_login_attempts_by_telephone_are_limited_for_each_account(
    world: World, client: TestClient[Any, Any], with_pins: Caller, marie: Person, boris: Person
) -> None:
    for left in (4, 3, 2, 1):
        fields = await with_pins.refused(
            "wrong_pin", "POST", "/v1/sessions/phone", dialled(marie, "1111"), status=401
        )
        assert fields == {"attempts_left": left}
    for pin in ("1111", PIN):
        fields = await caller(client, "tel:another").refused(
            "too_many_attempts", "POST", "/v1/sessions/phone", dialled(marie, pin), status=429
        )
    assert 3500 < fields["retry_after"] <= 3600
    await with_pins.post("/v1/sessions/phone", dialled(boris, "739201"), status=201)
    world.clock.forward(minutes=60)
    await with_pins.post("/v1/sessions/phone", dialled(marie), status=201)
    await world.worker.until_idle()

    subjects = [mail["Subject"] for mail in world.mail.to("marie@example.ca")]
    assert "Trop de tentatives d’entrée par téléphone" in subjects


async def test_login_attempts_by_telephone_are_limited_for_each_caller(
    client: TestClient[Any, Any], with_pins: Caller, marie: Person
) -> None:
    for guess in range(20):
        body = {"account_number": f"9000000{guess:02}", "pin": "1111"}
        await with_pins.post("/v1/sessions/phone", body, status=401)

    await with_pins.refused("too_many_attempts", "POST", "/v1/sessions/phone", dialled(marie), status=429)
    await caller(client, "tel:another").post("/v1/sessions/phone", dialled(marie), status=201)


async def test_one_pin_on_two_profiles_of_an_account_lets_neither_in(
    world: World, client: TestClient[Any, Any], with_pins: Caller, marie: Person, boris: Person
) -> None:
    await world.link(boris, marie.account)
    assert (await with_pins.post("/v1/sessions/phone", dialled(marie), status=201))["profile"][
        "user_id"
    ] == "marie"

    await give_pin(client, boris, PIN)

    await with_pins.refused("wrong_pin", "POST", "/v1/sessions/phone", dialled(marie), status=401)


async def test_only_a_service_that_may_sign_people_in_may_ask(
    client: TestClient[Any, Any], with_pins: Caller, marie: Person
) -> None:
    stranger, desk = Caller(client), Caller(client, Authorization=f"Bearer {DESK}")

    await stranger.refused("not_signed_in", "POST", "/v1/sessions/phone", dialled(marie), status=401)
    await desk.refused("scope_missing", "POST", "/v1/sessions/phone", dialled(marie), status=403)


async def test_the_pin_is_shown_nowhere(world: World, client: TestClient[Any, Any], marie: Person) -> None:
    receipt = await give_pin(client, marie)
    export = await (await signed_in(client, marie)).get("/v1/profile/export")
    await world.worker.until_idle()

    assert receipt["operation"] == "phone_pin_change"
    mails = [mail.as_string() for mail in world.mail.sent.values()]
    assert mails
    for shown in (receipt, export, *mails):
        assert PIN not in str(shown)
        assert "phone_pin_hash" not in str(shown)


@pytest.mark.parametrize(
    ("pin", "problem"),
    [
        ("482", "too_short"),
        ("482615738", "too_long"),
        ("48a6", "not_digits"),
        ("٤٨٢٦", "not_digits"),
        ("7777", "too_easy"),
        ("3456", "too_easy"),
        ("6543", "too_easy"),
    ],
)
async def test_a_pin_has_four_to_eight_digits_that_are_not_the_first_to_be_tried(
    as_marie: Caller, pin: str, problem: str
) -> None:
    fields = await as_marie.refused(
        "phone_pin_invalid",
        "PUT",
        "/v1/profile/phone-pin",
        {"password": PASSWORD, "pin": pin},
        status=422,
    )

    assert problem in fields["problems"]


async def test_choosing_a_pin_asks_for_the_password(as_marie: Caller) -> None:
    body = {"password": "wrong2026", "pin": PIN}

    await as_marie.refused("wrong_password", "PUT", "/v1/profile/phone-pin", body, status=403)


async def test_a_pin_can_be_taken_away(
    client: TestClient[Any, Any], with_pins: Caller, marie: Person
) -> None:
    await give_pin(client, marie, None)

    await with_pins.refused("wrong_pin", "POST", "/v1/sessions/phone", dialled(marie), status=401)
