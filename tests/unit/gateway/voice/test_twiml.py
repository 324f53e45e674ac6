"""TwiML: for each step, only verbs and attributes that Twilio documents."""

import xml.etree.ElementTree as ET

import pytest
import yaml

from gateway.settings import Settings
from gateway.texts import load_texts
from gateway.voice.call import Ask, Details, HangUp, Listen, Reply, Say, Step, Transfer, Wait
from gateway.voice.hints import hints_for
from gateway.voice.twiml import Twilio

# https://www.twilio.com/docs/voice/twiml: what each verb may hold, and its attributes.
VERBS = {
    "Response": ({"Say", "Gather", "Redirect", "Pause", "Dial", "Enqueue", "Hangup"}, set()),
    "Gather": (
        {"Say"},
        {
            *("action", "method", "input", "timeout", "speechTimeout", "language", "hints", "numDigits"),
            *("finishOnKey", "bargeIn", "profanityFilter", "speechModel", "actionOnEmptyResult", "enhanced"),
        },
    ),
    "Say": ({"break", "emphasis", "prosody", "say-as", "sub", "lang"}, {"voice", "language", "loop"}),
    "Redirect": (set(), {"method"}),
    "Pause": (set(), {"length"}),
    "Dial": ({"Number", "Sip"}, {"action", "method", "timeout", "answerOnBridge", "callerId"}),
    "Number": (set(), {"url", "method"}),
    "Sip": (set(), {"url", "method"}),
    "Enqueue": ({"Task"}, {"action", "method", "waitUrl", "workflowSid"}),
    "Task": (set(), {"priority", "timeout"}),
    "Hangup": (set(), set()),
    "prosody": ({"say-as", "break"}, {"rate", "volume", "pitch"}),
    "say-as": (set(), {"interpret-as", "format"}),
    "break": (set(), {"time", "strength"}),
    "sub": (set(), {"alias"}),
}
DETAILS = Details(conversation="c", language="fr", verified=True, summary="Appel & <résumé>")
HELLO = Say(text="Bonjour.", language="fr")
MARKED = Say(
    text="4 8",
    language="fr",
    ssml='<prosody rate="slow"><say-as interpret-as="digits">48</say-as></prosody> &amp;',
)
STEPS: list[Step] = [
    Listen(parts=((HELLO,), (MARKED,)), ask=Ask(digits=9, hints=("a", "b")), language="fr"),
    Listen(parts=((HELLO,),), ask=Ask(speech=False, digits=8), language="en"),
    Wait(says=(HELLO,), seconds=1, language="fr"),
    Wait(says=(HELLO,), ask=Ask(speech=False), language="fr"),
    *(
        Transfer(says=(HELLO,), target=target, details=DETAILS)
        for target in ("number:+14185550100", "sip:a@b.ca", "queue:q", "workflow:WW1")
    ),
    HangUp(says=(HELLO,)),
]


def settings() -> Settings:
    secret = "a-secret-of-some-length"
    return Settings(
        gateway_secret=secret,  # type: ignore[arg-type]
        rasa_secret=secret,  # type: ignore[arg-type]
        backend_token=secret,  # type: ignore[arg-type]
        gateway_environment="development",
    )


def document(step: Step, number: int = 7) -> ET.Element:
    return ET.fromstring(Twilio(settings()).document(Reply(number=number, step=step)))


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.kind)
def test_every_document_holds_only_what_twilio_documents(step: Step) -> None:
    def check(element: ET.Element) -> None:
        children, attributes = VERBS[element.tag]
        assert {child.tag for child in element} <= children, element.tag
        assert set(element.attrib) <= attributes, element.tag
        for child in element:
            check(child)

    check(document(step))


def test_a_prompt_listens_after_each_part_and_comes_back_when_nothing_is_said() -> None:
    first, last, back = document(STEPS[0])

    assert [gather.attrib["timeout"] for gather in (first, last)] == ["1", "6"]
    assert {gather.attrib["action"] for gather in (first, last)} == {"turn?p=7"}
    assert (first.attrib["numDigits"], first.attrib["finishOnKey"]) == ("10", "#")
    assert (first.attrib["language"], first.attrib["hints"]) == ("fr-CA", "a, b")
    assert (back.tag, back.text) == ("Redirect", "turn?p=7")


def test_a_secret_is_taken_from_the_keypad_only() -> None:
    gather = document(STEPS[1]).find("Gather")

    assert gather is not None
    assert gather.attrib["input"] == "dtmf"
    assert "hints" not in gather.attrib


def test_a_single_key_may_be_a_star_or_a_pound() -> None:
    step = Listen(parts=((HELLO,),), ask=Ask(digits=1), language="fr")
    gather = document(step).find("Gather")

    assert gather is not None
    assert (gather.attrib["numDigits"], gather.attrib["finishOnKey"]) == ("1", "")


def test_words_are_escaped_and_marks_are_not() -> None:
    say = list(document(STEPS[0]).iter("Say"))[1]

    assert "".join(say.itertext()) == "48 &"
    assert [mark.tag for mark in say.iter()][1:] == ["prosody", "say-as"]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_recogniser_expects_the_plans_and_the_words_of_menus(language: str) -> None:
    with open("backend/content/plans.yml", encoding="utf-8") as file:
        plans = [row["name"][language] for row in yaml.safe_load(file).values()]

    hints = hints_for(load_texts(), language, ["Forfait X, mensuel"])  # type: ignore[arg-type]

    assert set(plans) <= set(hints)
    assert hints[0] == "Forfait X  mensuel"
    assert {"facture \u00e9lectronique"} <= set(hints) or {"e-bill"} <= set(hints)
    assert len(hints) == len(set(hints))
