"""Proxies between the parts of the product that time each call."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

import aiohttp
from aiohttp import web

from tests.support.stack import free_port

HOPS = ("rasa", "actions", "backend")  # what the gateway, Rasa and the action server each call


@dataclass
class Hop:
    """Stands between two parts and times each call."""

    name: str
    port: int = field(default_factory=free_port)
    to: str = ""
    seconds: list[float] = field(default_factory=list)
    session: aiohttp.ClientSession | None = None

    async def pass_on(self, request: web.Request) -> web.Response:
        """The same call to the part itself, and its answer."""
        assert self.session is not None
        started, body = time.perf_counter(), await request.read()
        headers = {name: value for name, value in request.headers.items() if name != "Host"}
        call = self.session.request(
            request.method, self.to + str(request.rel_url), data=body, headers=headers, allow_redirects=False
        )
        try:
            async with call as answer:
                content = await answer.read()
        except aiohttp.ClientConnectionError:  # it is still starting
            return web.Response(status=502)
        if request.path not in ("/", "/health"):
            self.seconds.append(time.perf_counter() - started)
        kept = {"Content-Type": answer.headers.get("Content-Type", "application/json")}
        return web.Response(status=answer.status, body=content, headers=kept)


@dataclass(frozen=True)
class Took:
    """One turn: in all, and what of it each hop took, in seconds; and the calls the backend had."""

    total: float
    hops: dict[str, float]
    calls: int

    def own(self) -> dict[str, float]:
        """What each part took by itself."""
        times = [self.total, *(self.hops[name] for name in HOPS), 0.0]
        parts = ("gateway", *HOPS)
        return {part: times[place] - times[place + 1] for place, part in enumerate(parts)}


async def listen(hop: Hop, session: aiohttp.ClientSession) -> web.AppRunner:
    """Open the door; clean the runner up in the end."""
    hop.session = session
    app = web.Application(client_max_size=4 * 1024 * 1024)
    app.router.add_route("*", "/{path:.*}", hop.pass_on)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", hop.port).start()
    return runner
