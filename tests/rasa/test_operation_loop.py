"""The rules: while an operation is under way its action gets every message, once; otherwise rules hold."""

import asyncio
import copy
import time
from collections.abc import Awaitable
from pathlib import Path
from typing import Any

import pytest
from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.model_training import train_core
from rasa.shared.core.domain import Domain
from rasa.utils.endpoints import ClientResponseError, EndpointConfig

from bot.components.channel import GatewayOutput, read_turn
from bot.components.importer import FaqImporter
from bot.components.nlg import BilingualNlg

ROOT = Path(__file__).parents[2]
Json = dict[str, Any]
LOOP = "action_operation"
STARTED = [
    {"event": "active_loop", "name": LOOP},
    {"event": "slot", "name": "operation", "value": {"step": 1}},
]
ENDED = [{"event": "active_loop", "name": None}, {"event": "slot", "name": "operation", "value": None}]
SAID = [{"response": "utter_how_can_i_help"}]


class Actions(EndpointConfig):
    """Stands where the action server does: remembers its calls, and answers what a test wants."""

    def __init__(self) -> None:
        super().__init__("http://actions.invalid")
        self.calls: list[Json] = []
        self.events: list[Json] = []
        self.fault: Exception | None = None

    async def request(self, *_: Any, **given: Any) -> Any:
        """One call."""
        call = given["json"]
        if call["next_action"] == "action_session_start":
            return {"events": [], "responses": []}
        self.calls.append(call)
        if self.fault:
            raise self.fault
        events = self.events if call["next_action"] == LOOP else []
        return {"events": events, "responses": copy.deepcopy(SAID)}

    def names(self) -> list[str]:
        """Which actions were called, since this was last asked."""
        names = [call["next_action"] for call in self.calls]
        self.calls = []
        return names


class Conversation:
    """One customer and Rasa, with what the NLU found given by the test."""

    def __init__(self, model: str, domain: Domain) -> None:
        self.actions = Actions()
        nlg = BilingualNlg(EndpointConfig(), domain)
        self.agent = Agent(
            domain=domain,
            generator=nlg,
            tracker_store=InMemoryTrackerStore(domain),
            action_endpoint=self.actions,
        )
        self.agent.load_model(model)

    def say(self, intent: str, **found: Any) -> list[str]:
        """Send a message that the NLU understood so; the keys of the answers."""
        parse_data = {"text": intent, "intent": {"name": intent, "confidence": 0.9}, "entities": [], **found}
        metadata = {"language": "fr", "session": "s-1", "turn_id": "t-1"}
        return self._send(UserMessage(intent, parse_data=parse_data, metadata=metadata))

    def press(self, payload: str) -> list[str]:
        """Press a button, by the gateway's way."""
        body = {"sender": "default", "turn_id": "t-2", "kind": "payload", "message": payload}
        turn = read_turn(body | {"metadata": {"channel": "web", "language": "fr"}})
        return self._send(UserMessage(turn.text, metadata=turn.metadata))

    def tracker(self) -> Any:
        """The conversation as Rasa keeps it."""
        return run(self.agent.tracker_store.retrieve("default"))

    def _send(self, message: UserMessage) -> list[str]:
        output = GatewayOutput("web")
        message.output_channel = output
        run(self.agent.handle_message(message))
        return [said["key"] for said in output.messages]


def run(awaited: Awaitable[Any]) -> Any:
    """In a loop of its own."""

    async def wait() -> Any:
        return await awaited

    return asyncio.run(wait())


@pytest.fixture(scope="module")
def domain() -> Domain:
    """The product's domain, with its FAQ."""
    return importer().get_domain()


def importer() -> FaqImporter:
    """The importer on the product's own files."""
    return FaqImporter(
        str(ROOT / "config.yml"), str(ROOT / "bot" / "domain.yml"), [str(ROOT / "bot" / "data" / "rules.yml")]
    )


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The product's rules, trained without understanding."""
    path = train_core(
        domain=str(ROOT / "bot" / "domain.yml"),
        config=str(ROOT / "config.yml"),
        stories=str(ROOT / "bot" / "data" / "rules.yml"),
        output=str(tmp_path_factory.mktemp("rules")),
    )
    assert path
    return path


@pytest.fixture
def conversation(model: str, domain: Domain) -> Conversation:
    """A conversation that begins."""
    return Conversation(model, domain)


@pytest.fixture
def under_way(conversation: Conversation) -> Conversation:
    """A conversation in the middle of an operation."""
    conversation.actions.events = STARTED
    assert conversation.say("op_pay") == ["utter_how_can_i_help"]
    assert conversation.actions.names() == [LOOP]
    return conversation


EVERY_INTENT = [*importer().get_domain().intents, "nlu_fallback"]


def test_who_comes_back_days_later_goes_on_where_it_was(
    under_way: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = time.time() + 3 * 86_400
    monkeypatch.setattr(time, "time", lambda: later)

    assert under_way.say("affirm") == ["utter_how_can_i_help"]

    assert under_way.actions.names() == [LOOP]
    assert under_way.tracker().get_slot("operation") == {"step": 1}


DEFAULTS = ("back", "restart", "session_start", "out_of_scope")
OURS = sorted(set(EVERY_INTENT) - set(DEFAULTS))
OUTSIDE_TOO = [intent for intent in OURS if intent.startswith("op_")]
OUTSIDE_TOO += [
    "ask_why",
    "dont_know",
    "refuse",
    "correct",
    "resume",
    "inform",
    "choose",
    "signed_in",
    "signed_out",
]


def test_every_message_goes_to_the_operation_once_then_rasa_listens(under_way: Conversation) -> None:
    for intent in OURS:
        under_way.say(intent)

        assert (intent, under_way.actions.names()) == (intent, [LOOP])
        tracker = under_way.tracker()
        assert (tracker.active_loop_name, tracker.latest_action_name) == (LOOP, "action_listen")


def test_what_asks_for_an_operation_reaches_it_also_when_none_is_under_way(
    conversation: Conversation,
) -> None:
    for intent in OUTSIDE_TOO:
        assert (intent, conversation.say(intent)) == (intent, ["utter_how_can_i_help"])
        assert conversation.actions.names() == [LOOP]
        tracker = conversation.tracker()
        assert (tracker.active_loop_name, tracker.latest_action_name) == (None, "action_listen")


def test_an_operation_may_end_at_any_message_and_nothing_more_is_said(conversation: Conversation) -> None:
    for last in OURS:
        conversation.actions.events = STARTED
        conversation.say("op_pay")
        conversation.actions.events = ENDED

        assert (last, conversation.say(last)) == (last, ["utter_how_can_i_help"])
        assert conversation.actions.names() == [LOOP, LOOP]
        tracker = conversation.tracker()
        assert (tracker.active_loop_name, tracker.latest_action_name) == (None, "action_listen")
        assert tracker.get_slot("operation") is None


@pytest.mark.parametrize(
    ("intent", "leads_to"),
    [
        ("faq_cost", "utter_faq_cost"),
        ("greet", "utter_greet"),
        ("cancel", "utter_nothing_to_cancel"),
        ("affirm", "action_affirm"),
        ("deny", "action_deny"),
        ("repeat", "action_repeat"),
        ("switch_language", "action_switch_language"),
        ("nlu_fallback", "action_did_you_mean"),
        ("gibberish", "action_not_understood"),
        ("op_pay", LOOP),
    ],
)
def test_after_an_operation_the_rules_hold_again(under_way: Conversation, intent: str, leads_to: str) -> None:
    under_way.actions.events = ENDED
    under_way.say("affirm")
    under_way.actions.names()

    said = under_way.say(intent)

    assert leads_to in [*said, *under_way.actions.names()]
    assert len(said) == 1


@pytest.mark.parametrize(
    "fault",
    [OSError("gone"), ClientResponseError(500, "Internal Server Error", "{}"), asyncio.TimeoutError()],
)
def test_when_the_action_fails_all_stays_and_nothing_is_said_so_that_the_turn_may_be_sent_again(
    under_way: Conversation, fault: Exception
) -> None:
    under_way.actions.fault = fault
    assert under_way.say("affirm") == []
    tracker = under_way.tracker()
    assert (tracker.active_loop_name, tracker.get_slot("operation")) == (LOOP, {"step": 1})

    under_way.actions.fault = None
    under_way.actions.names()

    assert under_way.say("affirm") == ["utter_how_can_i_help"]
    assert under_way.actions.names() == [LOOP]


def test_an_operation_that_fails_to_start_leaves_none_under_way(conversation: Conversation) -> None:
    conversation.actions.fault = OSError("gone")

    assert conversation.say("op_pay") == []
    assert conversation.tracker().active_loop_name is None


def test_the_action_is_told_what_the_gateway_and_the_nlu_know(under_way: Conversation) -> None:
    requests = [{"intent": "op_pay", "confidence": 0.9, "text": "a", "start": 0, "end": 1, "negated": False}]
    under_way.say("op_pay", requests=requests, intent_ranking=[{"name": "op_pay", "confidence": 0.9}])

    told = under_way.actions.calls[0]["tracker"]

    last = [event for event in told["events"] if event["event"] == "user"][-1]
    assert told["latest_message"]["requests"] == last["parse_data"]["requests"] == requests
    assert told["latest_message"]["intent_ranking"]
    metadata = {"language": "fr", "session": "s-1", "turn_id": "t-1"}
    assert metadata.items() <= last["metadata"].items()
    assert metadata.items() <= told["latest_message"]["metadata"].items()
    assert told["slots"]["operation"] == {"step": 1}


def test_a_pressed_choice_arrives_with_what_it_stands_for(under_way: Conversation) -> None:
    under_way.press('/choose{"choice": "plan:{12}"}')

    told = under_way.actions.calls[0]["tracker"]["latest_message"]
    assert told["intent"]["name"] == "choose"
    assert {entity["entity"]: entity["value"] for entity in told["entities"]} == {
        "choice": "plan:{12}",
        "language": "fr",
    }


@pytest.mark.parametrize("payload", ["/signed_in", "/signed_out"])
def test_the_gateways_own_turns_reach_the_operation(under_way: Conversation, payload: str) -> None:
    under_way.press(payload)

    assert under_way.actions.names() == [LOOP]
