"""The desk's live connection: queue, both sides' words, typing; over several gateways and their ends."""

import asyncio

import pytest

from tests.fakes.rasa import FakeRasa
from tests.integration.gateway.conftest import Start
from tests.integration.gateway.customer import Customer
from tests.integration.gateway.desk.conftest import Clock, Sit, Web, wait_for_person
from tests.integration.gateway.desk.seat import Seat
from tests.integration.gateway.follower import follow


async def test_the_queue_is_told_at_once_and_when_it_changes(client: Web, seat: Seat, rasa: FakeRasa) -> None:
    async with seat.live() as desk:
        assert (await desk.next("ready"))["rep"]["alias"] == "Lea"
        assert (await desk.next("queue"))["queue"]["waiting"] == []

        customer = await wait_for_person(client, rasa)
        (item,) = (await desk.next("queue"))["queue"]["waiting"]
        assert item["id"] == customer.id

        await seat.on(customer.id, "claim")
        queue = (await desk.next("queue"))["queue"]
        assert (queue["waiting"], [one["id"] for one in queue["mine"]]) == ([], [customer.id])


async def test_words_go_both_ways_in_order_and_once(claimed: Customer, seat: Seat) -> None:
    async with seat.live() as desk, follow(claimed, after=100) as widget:
        await desk.follow(claimed.id)
        before = await desk.texts(5)
        await claimed.say("bonjour?")
        assert (await desk.next("message"))["message"]["text"] == "bonjour?"
        await desk.say(claimed.id, "Bonjour!", "r1")
        await desk.say(claimed.id, "Bonjour!", "r1")

        assert (await widget.next("message"))["message"]["text"] == "bonjour?"
        said = (await widget.next("message"))["message"]
        assert (said["text"], said["author"]) == ("Bonjour!", "Lea")
        acks = [await desk.next("ack") for _ in range(2)]
        assert acks[0] == acks[1]
        await claimed.say("merci")
        assert (await widget.next("message"))["message"]["text"] == "merci"
    assert before[-1] == "Lea se joint à la conversation et vous répond."


async def test_typing_is_told_both_ways_and_the_bots_silence_is_not_typing(
    claimed: Customer, seat: Seat
) -> None:
    async with seat.live() as desk, follow(claimed, after=100) as widget:
        await desk.follow(claimed.id, after=100)
        await widget.socket.send_json({"type": "typing", "on": True})
        told = await desk.next("typing")
        assert (told["on"], told["who"]) == (True, "customer")

        await desk.socket.send_json({"type": "typing", "conversation": claimed.id, "on": True})
        assert (await widget.next("typing"))["on"] is True
        await desk.say(claimed.id, "voilà", "r1")
        assert (await widget.next("typing"))["on"] is False


async def test_the_customer_is_told_who_answers_now(waiting: Customer, seat: Seat, rasa: FakeRasa) -> None:
    async with follow(waiting, after=100) as widget:
        ready = await widget.next("ready")
        assert (ready["owner"], ready["place"]) == ("queue", 1)

        await seat.on(waiting.id, "claim")
        assert await widget.next("owner") == {"type": "owner", "owner": "rep", "rep": "Lea", "place": None}

        await seat.on(waiting.id, "hand-back")
        assert (await widget.next("owner"))["owner"] == "bot"


@pytest.mark.service
@pytest.mark.parametrize("database_url", ["sqlite", "postgres"], indirect=True)
async def test_who_waits_hears_at_once_of_moving_up(
    open_gateway: Start,
    request: pytest.FixtureRequest,
    rasa: FakeRasa,
    sit: Sit,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("gateway.web.connection.POLL_SECONDS", 600)
    here = await open_gateway()
    there = await open_gateway() if "postgres" in request.node.name else here
    first = await wait_for_person(here, rasa)
    clock.forward(seconds=1)
    second, seat = await wait_for_person(there, rasa), await sit(here)

    async with follow(second, after=100) as widget:
        assert (await widget.next("ready"))["place"] == 2
        await seat.on(first.id, "claim")
        assert (await widget.next("owner"))["place"] == 1
        await seat.on(first.id, "release")
        assert (await widget.next("owner"))["place"] == 2


async def test_a_faulty_frame_is_told_and_the_connection_goes_on(claimed: Customer, seat: Seat) -> None:
    async with seat.live() as desk:
        await desk.socket.send_json({"type": "dance"})
        assert (await desk.next("error"))["error"]["code"] == "invalid_request"
        await desk.say(claimed.id, "   ", "r1")
        refused = await desk.next("error")
        assert (refused["client_message_id"], refused["error"]["code"]) == ("r1", "message_empty")
        await desk.follow("00000000-0000-4000-8000-000000000000")
        assert (await desk.next("error"))["error"]["code"] == "conversation_not_found"
        await desk.follow(claimed.id)
        assert (await desk.next("message"))["message"]["seq"] == 1


async def test_a_desk_that_comes_back_goes_on_after_the_last_word_it_was_shown(
    claimed: Customer, seat: Seat
) -> None:
    async with seat.live() as desk:
        await desk.follow(claimed.id)
        last = [await desk.next("message") for _ in range(5)][-1]["message"]["seq"]
    await claimed.say("un")
    await claimed.say("deux")

    async with seat.live() as desk:
        await desk.follow(claimed.id, after=last)
        assert await desk.texts(2) == ["un", "deux"]


async def test_a_session_that_ends_closes_the_connection(seat: Seat) -> None:
    async with seat.live() as desk:
        await desk.next("queue")
        await seat.request("DELETE", "/session")
        await desk.follow("00000000-0000-4000-8000-000000000000")
        assert (await desk.next("error"))["error"]["code"] == "desk_not_signed_in"
        await desk.socket.receive()
        assert desk.socket.close_code == 4401


@pytest.mark.service
@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
async def test_customer_at_one_gateway_rep_at_the_other(
    open_gateway: Start, rasa: FakeRasa, sit: Sit
) -> None:
    here, there = await open_gateway(), await open_gateway()
    seat = await sit(there)
    async with seat.live() as desk:
        await desk.next("queue")
        customer = await wait_for_person(here, rasa)
        assert [one["id"] for one in (await desk.next("queue"))["queue"]["waiting"]] == [customer.id]
        async with follow(customer, after=100) as widget:
            await widget.next("ready")
            await seat.on(customer.id, "claim")
            assert (await widget.next("owner"))["rep"] == "Lea"
            await desk.follow(customer.id, after=100)

            await widget.socket.send_json({"type": "typing", "on": True})
            assert (await desk.next("typing"))["on"] is True
            for number in range(5):
                await widget.say(f"client {number}", f"c{number}")
                await desk.say(customer.id, f"rep {number}", f"r{number}")
            at_desk, at_widget = await desk.texts(10), await widget.texts(10)

    assert at_desk == at_widget
    assert sorted(at_desk) == sorted(f"{who} {number}" for who in ("client", "rep") for number in range(5))
    assert rasa.said == ["une personne"]


@pytest.mark.service
@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
async def test_a_gateway_that_stops_loses_doubles_and_reorders_nothing(
    open_gateway: Start, rasa: FakeRasa, sit: Sit
) -> None:
    first = await open_gateway()
    seat, customer = await sit(first), await wait_for_person(first, rasa)
    await seat.on(customer.id, "claim")
    seen: list[tuple[int, str]] = []

    async def talk(at: Web, numbers: range) -> None:
        seat.client = customer.client = at
        after = seen[-1][0] if seen else 0
        async with seat.live() as desk:
            await desk.follow(customer.id, after=after)
            for number in numbers:
                await customer.say(f"client {number}", id=f"c{number}")
                await desk.say(customer.id, f"rep {number}", f"r{number}")
                await desk.next("ack")
            known = [line["seq"] for line in await customer.transcript(after)]
            while not desk.shown or desk.shown[-1][0] < known[-1]:
                await desk.next("message")
            seen.extend(desk.shown)

    await talk(first, range(5))
    await customer.say("dit avant la coupure", id="last")
    await first.close()
    second = await open_gateway()
    seat.http.cookie_jar.update_cookies(
        {cookie.key: cookie.value for cookie in seat.http.cookie_jar}, second.make_url("/api/desk")
    )
    customer.client = second
    assert (await customer.say("dit avant la coupure", id="last"))["state"] == "answered"
    await talk(second, range(4, 10))

    assert [seq for seq, _ in seen] == sorted({seq for seq, _ in seen})
    words = [text for _, text in seen if text.startswith(("client", "rep", "dit"))]
    assert len(words) == len(set(words)) == 21
    assert [line["text"] for line in await customer.transcript()] == [text for _, text in seen]


async def test_a_desk_cut_off_in_the_middle_keeps_the_conversation(claimed: Customer, seat: Seat) -> None:
    async with seat.live() as desk:
        await desk.follow(claimed.id)
        await desk.next("message")
        transport = desk.socket._response.connection
        assert transport is not None
        transport.close()
    await asyncio.sleep(0)

    assert (await claimed.request("GET", "/messages"))["owner"] == "rep"
    await seat.say(claimed.id, "me revoici")
    assert (await claimed.texts())[-1] == "me revoici"
