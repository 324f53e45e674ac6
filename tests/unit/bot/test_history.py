"""Reading the conversation so far."""

import pytest

from bot.actions.history import language_of, last_said, previous_turn, ran, utterances
from tests.unit.bot import talk


def test_the_previous_turn_is_what_followed_the_message_before_this_one() -> None:
    before, answer = talk.customer("un"), talk.bot("Un", key="utter_greet")
    events = [
        talk.listened(),
        before,
        answer,
        talk.listened(),
        talk.customer("deux"),
        talk.slot("language", "fr"),
    ]

    assert previous_turn(events) == [answer, talk.listened()]


@pytest.mark.parametrize("events", [[], [talk.listened()], [talk.bot("Bonjour")]])
def test_without_a_message_there_is_no_previous_turn(events: list[talk.Event]) -> None:
    assert previous_turn(events) == []


def test_before_the_first_message_is_a_turn_too() -> None:
    events = [talk.bot("Bonjour", key="utter_greet"), talk.customer()]

    assert [said.key for said in last_said(events)] == ["utter_greet"]


def test_an_utterance_keeps_its_key_its_text_and_its_buttons() -> None:
    (said,) = utterances([talk.ran("x"), talk.bot("Un", key="utter_greet", buttons=[talk.a_button("deny")])])

    assert (said.key, said.text, said.buttons) == ("utter_greet", "Un", (talk.a_button("deny"),))


@pytest.mark.parametrize(
    "event", [{"event": "bot"}, {"event": "bot", "text": None, "data": None, "metadata": None}]
)
def test_an_utterance_with_nothing_in_it_is_read(event: talk.Event) -> None:
    (said,) = utterances([event])

    assert (said.key, said.text, said.buttons) == (None, "", ())


def test_what_is_left_out_is_looked_past() -> None:
    events = [
        *[talk.bot("Un", key="utter_a"), talk.customer(), talk.bot("Deux", key="utter_b"), talk.customer()],
    ]

    assert [said.key for said in last_said(events, leaving_out=["utter_b"])] == ["utter_a"]
    assert last_said(events, leaving_out=["utter_a", "utter_b"]) == []


def test_whether_an_action_ran() -> None:
    events = [talk.ran("action_repeat"), {"event": "slot", "name": "action_deny", "value": 1}]

    assert ran(events, "action_deny", "action_repeat")
    assert not ran(events, "action_deny")
    assert not ran([], "action_repeat")


@pytest.mark.parametrize(
    ("slot", "expected"),
    [("fr", "fr"), ("en", "en"), (None, "fr"), ("xx", "fr"), ("EN", "fr"), (["en"], "fr")],
)
def test_the_language_is_never_empty(slot: object, expected: str) -> None:
    assert language_of(slot) == expected
