"""The door into Rasa: who may come in, what a turn looks like, and that each is processed once."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest
from rasa.core.channels.channel import UserMessage
from rasa.shared.constants import INTENT_MESSAGE_PREFIX
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import SlotSet, UserUttered
from rasa.shared.core.slots import AnySlot
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.core.training_data.story_reader.yaml_story_reader import YAMLStoryReader
from rasa.shared.exceptions import InvalidConfigException
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from sanic import Sanic

from bot.components.answers import answer_of
from bot.components.channel import BadTurnError, GatewayInput, as_plain_text, read_turn
from bot.components.memory import remembered
from bot.components.nlu.text import normalise
from tests.rasa.building import DOMAIN

SECRET = "a-secret-of-the-two"
Json = dict[str, Any]
Handler = Callable[[UserMessage], Awaitable[None]]


def a_turn(**different: Any) -> Json:
    """A good turn, different in what the test is about."""
    usual: Json = {
        "sender": "conversation-1",
        "turn_id": "turn-1",
        "kind": "text",
        "message": "combien ça coûte",
        "metadata": {"channel": "web", "language": "fr"},
    }
    return usual | different


class Bot:
    """Stands where Rasa's agent does: remembers what it was asked and answers what a test wants."""

    def __init__(self, *, delay: float = 0.0) -> None:
        self.asked: list[UserMessage] = []
        self.finished = 0
        self.failures = 0  # so many turns break
        self.silences = 0  # so many turns end with nothing said
        self.delay = delay

    async def __call__(self, message: UserMessage) -> None:
        """One turn."""
        self.asked.append(message)
        await asyncio.sleep(self.delay)
        if self.failures:
            self.failures -= 1
            raise RuntimeError("broken")
        self.finished += 1
        if self.silences:
            self.silences -= 1
            return
        assert message.output_channel is not None
        extras = {"lang": "fr", "utter_action": "utter_test", "unknown": 1, "buttons": []}
        await message.output_channel.send_response(
            message.sender_id, {"text": f"réponse {len(self.asked)}", **extras}
        )


class Door:
    """The channel on a real server."""

    def __init__(self, session: aiohttp.ClientSession, url: str) -> None:
        self.session, self.url = session, url

    async def post(self, data: Any, *, secret: str | None = SECRET, **options: Any) -> tuple[int, Any]:
        """Status and body; `data` is JSON, or bytes sent as they are."""
        headers = {"Authorization": f"Bearer {secret}"} if secret is not None else {}
        sent = {"data": data} if isinstance(data, bytes) else {"json": data}
        async with self.session.post(self.url, headers=headers, **sent, **options) as answer:
            try:
                return answer.status, await answer.json(content_type=None)
            except ValueError:
                return answer.status, None


Sanic.test_mode = True  # Sanic's own switch for several servers in one process
_servers = iter(range(1, 10_000))


@asynccontextmanager
async def a_door(handler: Handler) -> AsyncIterator[Door]:
    """The channel as Rasa's server mounts it, on a port of its own."""
    app = Sanic(f"channel_test_{next(_servers)}", configure_logging=False)
    app.blueprint(GatewayInput(SECRET).blueprint(handler), url_prefix="/webhooks/gateway")
    listening = socket.create_server(("127.0.0.1", 0))
    server = await app.create_server(sock=listening, return_asyncio_server=True)
    assert server is not None
    await server.startup()
    async with aiohttp.ClientSession() as session:
        yield Door(session, f"http://127.0.0.1:{listening.getsockname()[1]}/webhooks/gateway/webhook")
    server.close()
    await server.wait_closed()


def with_a_door(handler: Handler, test: Callable[[Door], Awaitable[Any]]) -> Any:
    """Run a test against the channel."""

    async def run() -> Any:
        async with a_door(handler) as door:
            return await test(door)

    return asyncio.run(run())


@pytest.mark.parametrize("secret", [None, "", "wrong", SECRET + "x", SECRET[:-1], "é" * 9])
def test_without_the_secret_nobody_comes_in(secret: str | None) -> None:
    bot = Bot()

    status, body = with_a_door(bot, lambda door: door.post(a_turn(), secret=secret))

    assert (status, body) == (401, {"error": "unauthorized"})
    assert not bot.asked


def test_the_secret_is_asked_before_the_body_is_read() -> None:
    assert with_a_door(Bot(), lambda door: door.post(b"{broken", secret="wrong"))[0] == 401


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ([], "body"),
        ("text", "body"),
        (None, "body"),
        (5, "body"),
        ({}, "message"),
        (a_turn(message=""), "message"),
        (a_turn(message="  \n"), "message"),
        (a_turn(message=None), "message"),
        (a_turn(message=["a"]), "message"),
        (a_turn(sender=""), "sender"),
        (a_turn(sender=5), "sender"),
        (a_turn(turn_id=None), "turn_id"),
        (a_turn(turn_id=" "), "turn_id"),
        (a_turn(kind="intent"), "kind"),
        (a_turn(kind=None), "kind"),
        (a_turn(kind=["text"]), "kind"),
        (a_turn(kind="payload", message="faq_cost"), "message"),
        (a_turn(kind="payload", message=" /faq_cost"), "message"),
        (a_turn(metadata=[]), "metadata"),
        (a_turn(metadata=None), "metadata"),
        (a_turn(metadata="web"), "metadata"),
        (a_turn(metadata={"channel": "desk"}), "metadata"),
        (a_turn(metadata={"channel": None}), "metadata"),
        (a_turn(metadata={"channel": ["web"]}), "metadata"),
        (a_turn(metadata={"channel": "web", "session": None}), "metadata"),
        (a_turn(metadata={"channel": "web", "language": {"a": 1}}), "metadata"),
    ],
)
def test_a_malformed_turn_is_refused_by_the_name_of_its_field(body: Any, field: str) -> None:
    bot = Bot()

    status, answer = with_a_door(bot, lambda door: door.post(body))

    assert (status, answer) == (422, {"error": field})
    assert not bot.asked


@pytest.mark.parametrize("body", [b"", b"{", b"{'a': 1}", b"\xff\xfe", b"null x"])
def test_what_is_not_json_is_refused(body: bytes) -> None:
    bot = Bot()

    status, _ = with_a_door(bot, lambda door: door.post(body))

    assert status in (400, 422)
    assert not bot.asked


def test_a_turn_goes_in_and_its_messages_come_out() -> None:
    bot = Bot()

    status, answer = with_a_door(bot, lambda door: door.post(a_turn(metadata={"channel": "voice"})))

    assert status == 200
    message = {"text": "réponse 1", "lang": "fr", "key": "utter_test"}
    assert answer == {"language": "fr", "messages": [message]}
    (asked,) = bot.asked
    assert (asked.text, asked.sender_id, asked.message_id) == ("combien ça coûte", "conversation-1", "turn-1")
    assert (asked.input_channel, asked.output_channel.name()) == ("voice", "voice")
    assert asked.metadata == {"channel": "voice", "turn_id": "turn-1"}


COMMANDS = [
    "/faq_cost",
    "/restart",
    "/session_start",
    '/SetSlots(language="en")',
    '/greet{"language": "en"}',
    '/choose{"choice": "confirm"}',
    ' /choose{"choice": "confirm"}',
    "/signed_in",
    "  /faq_cost",
    "\n\t/faq_cost",
    "\u00a0/faq_cost",
    "\u2028/faq_cost",
    "\x1c/faq_cost",
    "\u200b/faq_cost",
    "\u2060/faq_cost",
    "\ufeff /faq_cost",
    " \u200b /faq_cost",
    "/",
]


@pytest.mark.parametrize("typed", COMMANDS, ids=ascii)
def test_typed_text_is_never_a_command(typed: str) -> None:
    text = as_plain_text(typed)
    as_rasa_gets_it = UserMessage(text).text
    message = Message({TEXT: as_rasa_gets_it})

    read = YAMLStoryReader.unpack_regex_message(message, Domain.from_dict(DOMAIN))

    assert not as_rasa_gets_it.startswith(INTENT_MESSAGE_PREFIX)
    assert read.get(INTENT) is None
    assert normalise(text).text == normalise(typed).text


@pytest.mark.parametrize("typed", COMMANDS, ids=ascii)
def test_typed_text_reaches_rasa_as_text(typed: str) -> None:
    assert not read_turn(a_turn(message=typed)).text.strip().startswith("/")


def test_ordinary_text_is_left_alone() -> None:
    assert as_plain_text("et/ou 24/7 ") == "et/ou 24/7 "


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_button_goes_on_in_the_conversations_language(language: str) -> None:
    turn = read_turn(a_turn(kind="payload", message="/faq_cost", metadata={"language": language}))

    read = YAMLStoryReader.unpack_regex_message(Message({TEXT: turn.text}), Domain.from_dict(DOMAIN))

    assert read.get(INTENT)["name"] == "faq_cost"
    assert [(entity["entity"], entity["value"]) for entity in read.get(ENTITIES)] == [("language", language)]


@pytest.mark.parametrize("metadata", [{}, {"language": "xx"}, {"language": ""}])
def test_a_button_without_a_known_language_is_left_alone(metadata: Json) -> None:
    assert read_turn(a_turn(kind="payload", message="/deny", metadata=metadata)).text == "/deny"


def test_a_buttons_own_values_are_kept() -> None:
    payload = '/greet{"language": "en"}'

    assert read_turn(a_turn(kind="payload", message=payload)).text == payload


@pytest.mark.parametrize("choice", ["plan:12", 'a "quoted" } brace {', "Été — 1 000\u00a0$", "a\nb", "@1.0"])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_choice_arrives_whole_and_in_the_conversations_language(choice: str, language: str) -> None:
    payload = f"/choose{json.dumps({'choice': choice})}"
    turn = read_turn(a_turn(kind="payload", message=payload, metadata={"language": language}))

    read = YAMLStoryReader.unpack_regex_message(Message({TEXT: turn.text}), Domain.from_dict(DOMAIN))

    assert read.get(INTENT)["name"] == "choose"
    assert {entity["entity"]: entity["value"] for entity in read.get(ENTITIES)} == {
        "language": language,
        "choice": choice,
    }


@pytest.mark.parametrize("payload", ["/choose{", '/choose{"choice": }', "/choose{}x"])
@pytest.mark.parametrize("metadata", [{}, {"language": "fr"}])
def test_a_broken_payload_is_refused(payload: str, metadata: Json) -> None:
    with pytest.raises(BadTurnError, match="message"):
        read_turn(a_turn(kind="payload", message=payload, metadata=metadata))


RECEIPT = {"kind": "receipt", "number": "482109375562", "lines": []}


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"values": {"amount": {"cents": 5}}}, {"values": {"amount": {"cents": 5}}}),
        ({"written_links": [{"title": "a", "url": "/fr/"}]}, {"links": [{"title": "a", "url": "/fr/"}]}),
        ({"card": RECEIPT}, {"card": RECEIPT}),
        ({"card": {"kind": "sign_in"}}, {"card": {"kind": "sign_in"}}),
        ({"handoff": {"reason": "asked"}}, {"handoff": {"reason": "asked"}}),
        ({"asks": {"kind": "date"}}, {"asks": {"kind": "date"}}),
        ({"ssml": "<break/>"}, {"ssml": "<break/>"}),
        ({"choices": [{"intent": "op_human"}], "domain_responses": {}}, {}),
        ({"values": {}, "card": None, "buttons": []}, {}),
    ],
)
def test_the_gateway_is_told_what_was_agreed_and_nothing_else(said: Json, told: Json) -> None:
    assert answer_of({"text": "a", **said}) == {"text": "a", **told}


@pytest.mark.parametrize(
    "said",
    [
        {"values": ["secret"]},
        {"buttons": [{"title": "secret"}]},
        {"buttons": "secret"},
        {"written_links": [{"title": {"fr": "secret"}, "url": "/"}]},
        {"card": {"kind": "secret"}},
        {"card": "secret"},
        {"asks": {"kind": "secret"}},
        {"handoff": {"reason": ["secret"]}},
    ],
)
def test_a_field_of_another_shape_is_left_out_and_logged_without_its_value(
    said: Json, caplog: pytest.LogCaptureFixture
) -> None:
    assert answer_of({"text": "a", "utter_action": "utter_a", **said}) == {"text": "a", "key": "utter_a"}
    assert "utter_a: `" in caplog.text
    assert "secret" not in caplog.text


def test_a_bad_turn_says_which_field() -> None:
    with pytest.raises(BadTurnError, match="kind"):
        read_turn(a_turn(kind="command"))


def test_the_same_turn_twice_is_processed_once() -> None:
    bot = Bot()

    async def twice(door: Door) -> list[Any]:
        return [await door.post(a_turn()), await door.post(a_turn(message="another text, same id"))]

    first, second = with_a_door(bot, twice)

    assert first == second
    assert len(bot.asked) == 1


def test_the_same_turn_id_in_another_conversation_is_another_turn() -> None:
    bot = Bot()

    async def two(door: Door) -> None:
        await door.post(a_turn())
        await door.post(a_turn(sender="conversation-2"))
        await door.post(a_turn(turn_id="turn-2"))

    with_a_door(bot, two)

    assert len(bot.asked) == 3


def test_the_same_turn_ten_times_at_once_is_processed_once() -> None:
    bot = Bot(delay=0.2)

    async def at_once(door: Door) -> list[Any]:
        return list(await asyncio.gather(*(door.post(a_turn()) for _ in range(10))))

    answers = with_a_door(bot, at_once)

    assert len(bot.asked) == 1
    assert all(answer == answers[0] for answer in answers)
    assert answers[0][0] == 200


def test_a_failed_turn_may_be_tried_again() -> None:
    bot = Bot()
    bot.failures = 1

    async def again(door: Door) -> list[Any]:
        return [await door.post(a_turn()), await door.post(a_turn()), await door.post(a_turn())]

    first, second, third = with_a_door(bot, again)

    assert first[0] == 500
    assert second[0] == 200
    assert second == third
    assert len(bot.asked) == 2


def test_everybody_who_waits_for_a_turn_that_fails_is_told() -> None:
    bot = Bot(delay=0.2)
    bot.failures = 1

    async def at_once(door: Door) -> list[Any]:
        return list(await asyncio.gather(*(door.post(a_turn()) for _ in range(3))))

    assert {status for status, _ in with_a_door(bot, at_once)} == {500}


def test_a_turn_to_which_nothing_was_said_may_be_tried_again() -> None:
    bot = Bot()
    bot.silences = 1

    async def again(door: Door) -> list[Any]:
        return [await door.post(a_turn()), await door.post(a_turn())]

    first, second = with_a_door(bot, again)

    assert first == (200, {"language": None, "messages": []})
    assert len(second[1]["messages"]) == 1


def test_a_caller_who_leaves_does_not_stop_the_turn_nor_repeat_it() -> None:
    bot = Bot(delay=0.5)

    async def leave_and_come_back(door: Door) -> Any:
        with pytest.raises(asyncio.TimeoutError):
            await door.post(a_turn(), timeout=aiohttp.ClientTimeout(total=0.1))
        return await door.post(a_turn())

    status, _ = with_a_door(bot, leave_and_come_back)

    assert status == 200
    assert (len(bot.asked), bot.finished) == (1, 1)


@pytest.mark.parametrize(
    "credentials", [None, {}, {"secret": ""}, {"secret": None}, {"secret": "${RASA_SECRET}"}]
)
def test_without_a_secret_it_does_not_start(credentials: Json | None) -> None:
    with pytest.raises(InvalidConfigException, match="RASA_SECRET"):
        GatewayInput.from_credentials(credentials)


def test_the_secret_comes_from_the_credentials() -> None:
    assert GatewayInput.from_credentials({"secret": SECRET}).name() == "gateway"


class Memory:
    """Stands where Rasa's agent keeps its trackers."""

    def __init__(self, tracker: Any) -> None:
        self.tracker_store = self
        self._tracker = tracker

    async def retrieve(self, _sender: str) -> Any:
        if isinstance(self._tracker, Exception):
            raise self._tracker
        return self._tracker


def a_tracker(text: str = "bonjour", message_id: str = "turn-1") -> Any:
    ranking = [{"name": f"faq_{place}", "confidence": 0.5 / place} for place in range(1, 6)]
    said = UserUttered(text, parse_data={"intent": ranking[0], "intent_ranking": ranking})
    said.message_id = message_id
    return DialogueStateTracker.from_events(
        "conversation-1", [said, SlotSet("operation", {"tasks": []})], slots=[AnySlot("operation", [])]
    )


def test_the_desk_is_told_what_was_understood_and_what_is_under_way() -> None:
    found = asyncio.run(remembered(Memory(a_tracker()), "conversation-1", "turn-1"))

    assert found["operation"] == {"tasks": []}
    assert found["understood"]["intent"] == "faq_1"
    assert [guess["intent"] for guess in found["understood"]["ranking"]] == ["faq_1", "faq_2", "faq_3"]


@pytest.mark.parametrize("tracker", [a_tracker("/resume"), a_tracker(message_id="turn-0")])
def test_nothing_was_understood_of_buttons_and_of_other_turns(tracker: Any) -> None:
    assert "understood" not in asyncio.run(remembered(Memory(tracker), "conversation-1", "turn-1"))


@pytest.mark.parametrize("memory", [None, Memory(None), Memory(OSError("gone"))])
def test_an_answer_is_not_lost_with_the_memory_of_it(memory: Any) -> None:
    assert asyncio.run(remembered(memory, "conversation-1", "turn-1")) == {}
