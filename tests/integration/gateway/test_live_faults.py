"""The live connection refuses what it must, cuts off who doesn't keep up, and ends tidily."""

import asyncio
import socket
from typing import Any

import pytest
from aiohttp import WSServerHandshakeError
from aiohttp.test_utils import TestClient

from gateway.web import connection
from gateway.web.keys import SERVICE
from tests.fakes.rasa import FakeRasa, message
from tests.integration.gateway.conftest import Start
from tests.integration.gateway.customer import Customer
from tests.integration.gateway.follower import Follower, follow


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        ("", "invalid_json"),
        ("{", "invalid_json"),
        ("[]", "invalid_request"),
        ('{"type": "dance"}', "invalid_request"),
        ('{"type": "say", "text": "a"}', "invalid_request"),
        ('{"type": "say", "client_message_id": "a", "text": ""}', "message_empty"),
        ('{"type": "say", "client_message_id": "a", "button": "x"}', "button_unknown"),
        (b"\x00\xff", "invalid_json"),
    ],
)
async def test_a_faulty_frame_is_refused_and_the_connection_goes_on(
    customer: Customer, frame: str | bytes, code: str
) -> None:
    async with follow(customer, after=1) as follower:
        if isinstance(frame, bytes):
            await follower.socket.send_bytes(frame)
        else:
            await follower.socket.send_str(frame)
        assert (await follower.next("error"))["error"]["code"] == code

        await follower.say("bonjour", id="ok")
        assert (await follower.next("ack"))["client_message_id"] == "ok"


async def test_too_many_faulty_frames_end_it(customer: Customer) -> None:
    async with follow(customer) as follower:
        for _ in range(connection.FAULTS_ALLOWED + 1):
            await follower.socket.send_str("{")

        assert await follower.closed() == 4429


async def test_an_oversized_frame_ends_it(customer: Customer) -> None:
    async with follow(customer) as follower:
        await follower.socket.send_str("x" * 100_000)

        assert await follower.closed() == 1009


@pytest.mark.parametrize(
    "hello",
    [
        '{"type": "hello", "token": "wrong", "after": 0}',
        '{"type": "hello", "after": 0}',
        '{"type": "say", "client_message_id": "a", "text": "a"}',
        '{"type": "hello", "token": "x", "after": -1}',
        "{",
        "",
    ],
)
async def test_a_wrong_first_frame_is_refused(customer: Customer, hello: str) -> None:
    async with customer.client.ws_connect(f"{customer.path}/live") as opened:
        await opened.send_str(hello)
        follower = Follower(opened)

        await follower.next("error")
        assert await follower.closed() == 4401


async def test_a_silent_client_is_not_waited_for(customer: Customer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "HELLO_SECONDS", 0.1)
    async with customer.client.ws_connect(f"{customer.path}/live") as opened:
        assert (await Follower(opened).next("error"))["error"]["code"] == "request_timeout"


async def test_unknown_ids_and_wrong_tokens_are_told_alike(customer: Customer, neighbour: Customer) -> None:
    codes = []
    for path, token in [
        (customer.path, neighbour.token),
        ("/api/conversations/00000000-0000-4000-8000-000000000000", customer.token),
        ("/api/conversations/x", customer.token),
    ]:
        async with customer.client.ws_connect(f"{path}/live") as opened:
            await opened.send_json({"type": "hello", "token": token})
            codes.append((await Follower(opened).next("error"))["error"]["code"])
    assert set(codes) == {"conversation_not_found"}


async def _handshake(customer: Customer, **headers: str) -> int:
    try:
        async with customer.client.ws_connect(f"{customer.path}/live", headers=headers):
            return 101
    except WSServerHandshakeError as error:
        return error.status


async def test_browsers_on_other_sites_are_refused(start: Start) -> None:
    customer = await Customer.begin(await start(gateway_allowed_origins=["https://www.example.ca"]))
    own = f"http://{customer.client.host}:{customer.client.port}"

    assert await _handshake(customer) == 101
    assert await _handshake(customer, Origin=own) == 101
    assert await _handshake(customer, Origin="https://www.example.ca") == 101
    for origin in (
        "https://evil.example",
        "null",
        "https://www.example.ca.evil.example",
        "http://www.example.ca",
        "",
    ):
        assert await _handshake(customer, Origin=origin) == 403, origin


async def test_a_wrong_sub_protocol_token_is_refused_before_the_upgrade(customer: Customer) -> None:
    headers = {"Sec-WebSocket-Protocol": "assistant.v1, token.wrong"}

    assert await _handshake(customer, **headers) == 404


async def test_a_plain_request_is_told_to_upgrade(client: TestClient[Any, Any], customer: Customer) -> None:
    response = await client.get(f"{customer.path}/live")

    assert response.status == 426
    assert (await response.json())["error"]["code"] == "upgrade_required"


async def test_too_many_windows_are_refused(start: Start) -> None:
    customer = await Customer.begin(await start(gateway_sockets_per_conversation=1))
    async with follow(customer) as first:
        await first.next("ready")
        async with follow(customer) as second:
            assert (await second.next("error"))["error"]["code"] == "too_many_connections"
    await asyncio.sleep(0.1)
    async with follow(customer) as third:
        await third.next("ready")


async def test_a_client_that_does_not_read_is_cut_off_and_can_replay(start: Start, rasa: FakeRasa) -> None:
    rasa.script = lambda turn: {"language": "fr", "messages": [message("x" * 400_000)]}
    customer = await Customer.begin(await start(gateway_send_timeout=0.3))
    service = customer.client.app[SERVICE]
    silent = await _silent_follower(customer)
    while not service.live.followers:
        await asyncio.sleep(0.02)

    for number in range(25):
        await customer.say(f"{number}")
    async with asyncio.timeout(5):
        while service.live.followers:
            await asyncio.sleep(0.05)
    silent.close()

    async with follow(customer, after=1) as follower:
        assert len(await follower.texts(50)) == 50


async def _silent_follower(customer: Customer) -> socket.socket:
    """A client that opens the connection and then never reads."""
    silent = socket.socket()
    silent.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    silent.setblocking(False)
    loop = asyncio.get_running_loop()
    await loop.sock_connect(silent, ("127.0.0.1", customer.client.port))
    request = (
        f"GET {customer.path}/live HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
        f"Sec-WebSocket-Protocol: assistant.v1, token.{customer.token}\r\n\r\n"
    )
    await loop.sock_sendall(silent, request.encode())
    return silent


async def test_nobody_is_followed_after_leaving(customer: Customer) -> None:
    live = customer.client.app[SERVICE].live
    async with follow(customer) as follower:
        await follower.next("ready")
        assert live.followers == 1
    async with asyncio.timeout(5):
        while live.followers:
            await asyncio.sleep(0.02)


async def test_a_stopping_gateway_says_goodbye(start: Start) -> None:
    client = await start()
    customer = await Customer.begin(client)
    async with follow(customer) as follower:
        await follower.next("ready")
        stopping = asyncio.create_task(client.server.close())

        assert await follower.closed() == 1012
        await stopping
