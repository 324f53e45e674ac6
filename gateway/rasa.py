"""The one way from the gateway to Rasa: a turn goes in, messages come out, or a reason why not."""

import re
from typing import Annotated, Any, Literal, Protocol

import aiohttp
from pydantic import AfterValidator, BaseModel, BeforeValidator, Field, ValidationError

from gateway.conversations.cards import OptionalCard, OptionalHandoff
from gateway.settings import Language, Settings

TURN_PATH = "/webhooks/gateway/webhook"
ANSWER_LIMIT = 512 * 1024  # bytes
SAFE_URL = re.compile(r"(https?://|mailto:|tel:|/(?![/\\]))[^\s\\]*")
Kind = Literal["text", "payload"]


class RasaError(Exception):
    """Rasa gave no usable answer; `reason` is a readable code for the log and the turn's record."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class RasaButton(BaseModel):
    """A quick reply: its words, and what pressing it means to the bot (never shown to the customer).

    `role` is what it does where that is the same everywhere (yes, cancel ...), `ssml` how it is spoken.
    """

    title: str = Field(min_length=1)
    payload: str = Field(min_length=1)
    role: str | None = Field(default=None, max_length=32)
    ssml: str | None = None


class RasaLink(BaseModel):
    """A place to go; only web, mail and telephone addresses and our own pages are let through."""

    title: str = Field(min_length=1)
    url: str = Field(min_length=1)


def _safe_links(links: list[RasaLink]) -> list[RasaLink]:
    return [link for link in links if SAFE_URL.fullmatch(link.url)]


def _object_or_nothing(value: Any) -> Any:
    return value if isinstance(value, dict) else {}


def _object_or_none(value: Any) -> Any:
    return value if isinstance(value, dict) else None


class Asks(BaseModel):
    """The shape of the answer that a message waits for."""

    kind: Literal[
        "date", "amount", "account_number", "postal_code", "address", "email", "yes_no", "choice", "text"
    ]


def _asks_or_none(value: Any) -> Asks | None:
    try:
        return Asks.model_validate(value)
    except ValidationError:
        return None  # the question is worth more than its shape


class RasaMessage(BaseModel):
    """One message of the bot; `values` are what its text was filled with, and `handoff` is for the desk.

    `ssml` is how a telephone says it, `asks` the shape of the answer it waits for.
    """

    text: str = Field(min_length=1)
    lang: Language
    key: str | None = None
    faq_id: str | None = None
    faq_version: str | None = None
    buttons: list[RasaButton] = []
    links: Annotated[list[RasaLink], AfterValidator(_safe_links)] = []
    values: Annotated[dict[str, Any], BeforeValidator(_object_or_nothing)] = {}
    card: OptionalCard = None
    handoff: OptionalHandoff = None
    ssml: str | None = None
    asks: Annotated[Asks | None, BeforeValidator(_asks_or_none)] = None


class Guess(BaseModel):
    """One reading of what was said, and how sure it is, from 0 to 1."""

    intent: str = Field(max_length=100)
    confidence: float = Field(ge=0, le=1.001)


class Understood(Guess):
    """What the bot made of a message, and the likeliest readings, the best first."""

    ranking: list[Guess] = Field(default=[], max_length=3)


def _understood_or_none(value: Any) -> Understood | None:
    try:
        return Understood.model_validate(value)
    except ValidationError:
        return None  # the answer itself must not be lost with it


class RasaAnswer(BaseModel):
    """All that the bot says to one turn, and the language the conversation is now in.

    For the desk: what was understood of typed words, and what the bot remembers of operations under way.
    """

    language: Language
    messages: list[RasaMessage] = Field(min_length=1)
    understood: Annotated[Understood | None, BeforeValidator(_understood_or_none)] = None
    operation: Annotated[dict[str, Any] | None, BeforeValidator(_object_or_none)] = None


class RasaTurn(BaseModel):
    """What the bot is told: typed text is always `text`; only a button's own payload travels as `payload`."""

    sender: str
    turn_id: str
    kind: Kind
    message: str
    metadata: dict[str, str]


class Rasa(Protocol):
    """What the conversations need of Rasa."""

    async def answer(self, turn: RasaTurn) -> RasaAnswer:
        """The bot's answer; the same turn_id again gives the same answer. Raises RasaError."""
        ...

    async def is_ready(self) -> bool:
        """Whether a turn sent now would be answered."""
        ...


class HttpRasa:
    """Rasa behind its `gateway` channel, over HTTP with a shared secret."""

    def __init__(self, session: aiohttp.ClientSession, settings: Settings) -> None:
        self._session = session
        self._base = str(settings.rasa_url).rstrip("/")
        self._headers = {"Authorization": f"Bearer {settings.rasa_secret.get_secret_value()}"}
        self._timeout = aiohttp.ClientTimeout(total=settings.rasa_timeout)

    async def answer(self, turn: RasaTurn) -> RasaAnswer:
        """Send one turn; tried twice when the connection fails, which is safe as Rasa knows the turn_id."""
        data = await self._send(turn.model_dump())
        try:
            return RasaAnswer.model_validate_json(data)
        except ValidationError as error:
            raise RasaError("rasa_answer_invalid") from error

    async def is_ready(self) -> bool:
        """Ask Rasa's root page, which it serves once its model is loaded."""
        try:
            async with self._session.get(
                self._base + "/", timeout=aiohttp.ClientTimeout(total=2)
            ) as response:
                return response.status == 200
        except (aiohttp.ClientError, TimeoutError):
            return False

    async def _send(self, body: dict[str, Any]) -> bytes:
        for attempt in (1, 2):
            try:
                return await self._post(body)
            except TimeoutError as error:
                raise RasaError("rasa_slow") from error
            except (aiohttp.ClientConnectionError, aiohttp.ClientPayloadError) as error:
                if attempt == 2:
                    raise RasaError("rasa_unreachable") from error
            except aiohttp.ClientError as error:
                raise RasaError("rasa_broken") from error
        raise AssertionError("the second attempt answers or raises")

    async def _post(self, body: dict[str, Any]) -> bytes:
        post = self._session.post(
            self._base + TURN_PATH,
            json=body,
            headers=self._headers,
            timeout=self._timeout,
            allow_redirects=False,
        )
        async with post as response:
            if response.status != 200:
                raise RasaError(f"rasa_status_{response.status}")
            data = bytearray()
            async for chunk in response.content.iter_chunked(65536):
                data += chunk
                if len(data) > ANSWER_LIMIT:
                    raise RasaError("rasa_answer_too_large")
            return bytes(data)
