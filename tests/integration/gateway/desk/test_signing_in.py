"""Reps come in with password and second factor, and only from the desk's own pages."""

import asyncio

import aiohttp
import pytest

from gateway.desk.api.keys import DESK
from gateway.desk.cli import DEMO_PASSWORD, DEMO_SECRET
from gateway.desk.records import Role
from gateway.desk.reps import DEMO_USER
from gateway.desk.team import do_add_rep, do_reset_rep
from tests.integration.gateway.conftest import Start
from tests.integration.gateway.desk.conftest import Clock, Sit, Web
from tests.integration.gateway.desk.seat import PASSWORD, Seat


async def _code(seat: Seat, status: int, **different: str) -> str:
    answer = await seat.sign_in(status=status, **different)
    return str(answer["error"]["code"])


async def test_the_session_is_a_cookie_that_scripts_and_other_sites_cannot_use(client: Web, sit: Sit) -> None:
    seat = await sit(client, signs_in=False)
    body = {"user_id": "lea", "password": PASSWORD, "code": seat.code()}

    async with seat.http.post(f"{seat.base}/api/desk/session", json=body) as response:
        cookie, answer = response.headers["Set-Cookie"], await response.json()

    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert "Path=/api/desk" in cookie
    assert response.headers["Cache-Control"] == "no-store"
    assert answer["csrf"] not in cookie


async def test_where_the_public_address_is_encrypted_the_cookie_is_too(open_gateway: Start, sit: Sit) -> None:
    seat = await sit(await open_gateway(gateway_environment="production"), signs_in=False)
    body = {"user_id": "lea", "password": PASSWORD, "code": seat.code()}

    async with seat.http.post(f"{seat.base}/api/desk/session", json=body) as response:
        assert "Secure" in response.headers["Set-Cookie"]


@pytest.mark.parametrize(
    "different", [{"password": "wrong"}, {"code": "000000"}, {"user_id": "nobody"}, {"code": "12345é"}]
)
async def test_whatever_is_wrong_the_answer_is_the_same(
    client: Web, sit: Sit, different: dict[str, str]
) -> None:
    seat = await sit(client, signs_in=False)

    assert await _code(seat, 403, **different) == "desk_sign_in_failed"
    assert (await seat.get("/session", status=401))["error"]["code"] == "desk_not_signed_in"


async def test_a_code_serves_once_and_an_older_one_no_more(client: Web, sit: Sit, clock: Clock) -> None:
    seat = await sit(client)

    assert await _code(seat, 403) == "code_used"
    assert await _code(seat, 403, code=seat.code(steps=-1)) == "code_used"
    clock.forward(seconds=30)
    await seat.sign_in()


async def test_the_same_code_twice_at_once_opens_one_session(client: Web, sit: Sit) -> None:
    seat = await sit(client, signs_in=False)
    body = {"user_id": "lea", "password": PASSWORD, "code": seat.code()}

    async def sign_in() -> int:
        async with seat.http.post(f"{seat.base}/api/desk/session", json=body) as response:
            return response.status

    assert sorted(await asyncio.gather(*(sign_in() for _ in range(4)))) == [200, 403, 403, 403]


@pytest.mark.parametrize("user_id", ["lea", "nobody"])
async def test_tries_are_limited_alike_for_who_exists_and_who_does_not(
    client: Web, sit: Sit, clock: Clock, user_id: str
) -> None:
    seat = await sit(client, signs_in=False)
    for _ in range(5):
        assert await _code(seat, 403, user_id=user_id, password="wrong") == "desk_sign_in_failed"

    locked = await seat.sign_in(status=429, user_id=user_id)

    assert locked["error"]["code"] == "sign_in_locked"
    assert 0 < locked["error"]["fields"]["retry_after"] <= 900
    clock.forward(minutes=15, seconds=1)
    if user_id == "lea":
        await seat.sign_in()


async def test_a_change_without_the_value_of_the_page_is_refused(client: Web, sit: Sit) -> None:
    seat = await sit(client)
    seat.csrf = "guessed"

    refused = await seat.request("PUT", "/session/language", status=403, json={"language": "en"})

    assert refused["error"]["code"] == "csrf_invalid"


async def test_other_sites_are_refused_also_those_on_which_the_widget_may_be(
    open_gateway: Start, sit: Sit
) -> None:
    site = "https://www.example.ca"
    seat = await sit(await open_gateway(gateway_allowed_origins=[site]))

    refused = await seat.request("GET", "/queue", status=403, headers={"Origin": site})

    assert refused["error"]["code"] == "origin_forbidden"
    for headers in ({"Origin": site}, {}):
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await seat.http.ws_connect(f"{seat.base}/api/desk/live", headers=headers)


async def test_sessions_end_by_signing_out_idleness_age_and_new_credentials(
    client: Web, sit: Sit, clock: Clock
) -> None:
    seat = await sit(client)
    await seat.request("DELETE", "/session")
    assert (await seat.get("/queue", status=401))["error"]["code"] == "desk_not_signed_in"

    clock.forward(minutes=1)
    await seat.sign_in()
    clock.forward(minutes=61)
    assert (await seat.get("/queue", status=401))["error"]["code"] == "desk_not_signed_in"

    await seat.sign_in()
    for _ in range(14):
        clock.forward(minutes=55)
        last = await seat.http.get(f"{seat.base}/api/desk/queue")
    assert last.status == 401

    await seat.sign_in()
    await do_reset_rep(client.app[DESK].team, seat.rep.rep.id, now=clock())
    assert (await seat.get("/queue", status=401))["error"]["code"] == "desk_not_signed_in"


async def test_the_desk_speaks_the_reps_language_and_the_conversation_keeps_its_own(seat: Seat) -> None:
    await seat.request("PUT", "/session/language", json={"language": "en"})

    refused = await seat.on("00000000-0000-4000-8000-000000000000", "claim", status=404)
    settings = await seat.get("/settings")

    assert refused["error"]["message"].startswith("This conversation")
    assert {"id": "billing", "name": "Billing"} in settings["teams"]
    assert (settings["is_open"], settings["opens"]) == (True, None)


@pytest.mark.parametrize(("environment", "status"), [("development", 200), ("production", 403)])
async def test_the_demo_rep_comes_in_in_development_only(
    open_gateway: Start, sit: Sit, environment: str, status: int
) -> None:
    client = await open_gateway(gateway_environment=environment)
    seat = await sit(client, signs_in=False)
    desk = client.app[DESK]
    options = {"name": "Camille Roy", "alias": "Camille", "role": Role.LEAD, "now": desk.clock()}
    demo = await do_add_rep(desk.team, DEMO_USER, password=DEMO_PASSWORD, secret=DEMO_SECRET, **options)
    seat.rep = demo

    await seat.sign_in(status=status, password=DEMO_PASSWORD)


async def test_nothing_of_the_desk_answers_without_a_session(client: Web) -> None:
    paths = {
        (route.method, route.resource.canonical)
        for route in client.app.router.routes()
        if route.resource is not None and route.resource.canonical.startswith("/api/desk/")
    }
    closed = [
        (method, path)
        for method, path in paths
        if method != "HEAD" and path not in ("/api/desk/session", "/api/desk/openapi.json")
    ]

    assert len(closed) > 20
    for method, path in closed:
        response = await client.request(method, path.replace("{id}", "x").replace("{account}", "0" * 32))
        assert response.status in (401, 404), (method, path, response.status)
        if response.status == 404:
            assert (await response.json())["error"]["code"] == "not_found", path
