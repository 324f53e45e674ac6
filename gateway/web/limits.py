"""How often one client address may begin something; kept in memory, so no address is ever stored."""

import ipaddress
from collections.abc import Callable
from datetime import datetime, timedelta

from aiohttp import web

from gateway.errors import too_often

MINUTE = timedelta(minutes=1)
ADDRESSES = 50_000  # remembered at most


class AddressLimiter:
    """So many a minute, for each address; the least recently seen are forgotten first."""

    def __init__(self, per_minute: int, clock: Callable[[], datetime]) -> None:
        self._per_minute = per_minute
        self._clock = clock
        self._times: dict[str, list[datetime]] = {}

    def check(self, address: str, *, code: str) -> None:
        """Count one more; raises the refusal `code` with the seconds to wait when it is one too many."""
        now = self._clock()
        times = [time for time in self._times.pop(address, []) if time > now - MINUTE]
        self._times[address] = times
        if len(times) >= self._per_minute:
            wait = times[0] + MINUTE - now
            raise too_often(code, retry_after=round(wait.total_seconds() + 0.5))
        times.append(now)
        while len(self._times) > ADDRESSES:
            self._times.pop(next(iter(self._times)))


def client_address(request: web.Request, *, trusted_proxies: int) -> str:
    """Whom to count against: the peer, or what the outermost trusted proxy saw; an IPv6 customer is a /64."""
    address = request.remote or ""
    if trusted_proxies:
        hops = ",".join(request.headers.getall("X-Forwarded-For", [])).split(",")
        seen = [hop.strip() for hop in hops if hop.strip()]
        address = seen[-trusted_proxies] if len(seen) >= trusted_proxies else address
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address[:64]
    if isinstance(parsed, ipaddress.IPv6Address):
        return str(parsed.ipv4_mapped or ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed)
