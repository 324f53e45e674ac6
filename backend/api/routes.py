"""What a route is: the path, the models that check it, who may call it, and the refusals it may answer."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from aiohttp import web
from pydantic import BaseModel

from backend.api.call import Call

Handler = Callable[[Call], Awaitable[BaseModel | web.StreamResponse | None]]


class Who(StrEnum):
    """Who may call a route."""

    ANYONE = "anyone"
    CUSTOMER = "customer"  # a session, a service inside a session, or a rep on behalf
    SERVICE = "service"  # a service token with the route's scope


@dataclass(frozen=True)
class Route:
    """One method on one path, with everything the specification says about it."""

    method: str
    path: str
    handler: Handler
    summary: str
    tag: str
    who: Who = Who.CUSTOMER
    scope: str | None = None
    body: type[BaseModel] | None = None
    query: type[BaseModel] | None = None
    answer: type[BaseModel] | None = None
    status: int = 200
    writes: bool = False  # asks for an Idempotency-Key
    may_preview: bool = False
    refusals: Sequence[str] = ()
    media_type: str = "application/json"
    takes: str | None = None  # the media type of a body that is no JSON
    params: dict[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The operation's id in the specification."""
        return self.handler.__name__


PathPatterns = {
    "account_id": (r"^[0-9a-f]{32}$", "0190b0c4d5e6f708192a3b4c5d6e7f80"),
    "receipt_number": (r"^[0-9]{12}$", "482109375562"),
    "report_id": (r"^[0-9a-f]{32}$", "0190b0c4d5e6f708192a3b4c5d6e7f81"),
    "bill_id": (r"^[0-9a-f]{32}$", "0190b0c4d5e6f708192a3b4c5d6e7f82"),
    "payment_id": (r"^[0-9a-f]{32}$", "0190b0c4d5e6f708192a3b4c5d6e7f83"),
}


def example_of(parameter: str) -> str:
    """An example of a path parameter."""
    return PathPatterns[parameter][1]


def pattern_of(parameter: str) -> str:
    """The pattern a path parameter follows."""
    return PathPatterns[parameter][0]


ROUTE = web.RequestKey("route", Route)
