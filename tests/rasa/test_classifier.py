"""The classifier as Rasa trains, stores, loads and asks it, on thirty sentences."""

from collections.abc import Callable
from pathlib import Path

import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.components.nlu.classifier import LinearIntentClassifier
from bot.components.nlu.decision import OUT_OF_SCOPE, UNSURE
from bot.components.nlu.tokeniser import BilingualTokeniser

SENTENCES = {
    "faq_cost": [
        *["combien coûte le service", "est-ce que c'est gratuit", "y a-t-il des frais"],
        *["how much does it cost", "is it free", "are there any fees"],
    ],
    "faq_spam": [
        *[
            "mes courriels sont bloqués",
            "vos courriels vont aux indésirables",
            "je ne reçois pas vos courriels",
        ],
        *["your emails go to spam", "I don't get your emails", "emails in the junk folder"],
    ],
    "op_human": [
        *["parler à une personne", "je veux un agent", "passez-moi quelqu'un"],
        *["talk to a person", "I want an agent", "get me a human"],
    ],
    "oos_other": [
        *["quelle heure est-il", "raconte une blague", "il fait beau"],
        *["what time is it", "tell me a joke", "nice weather"],
    ],
    "gibberish": ["asdf", "qwrt", "zzzz xx", "blarg", "fdsfsd", "mnbv"],
}

Classify = Callable[..., list[Message]]


def repr_of(text: str) -> str:
    """A name for a test that is about a long text."""
    return f"{text[:8]!a} x {len(text)}"


def a_context() -> ExecutionContext:
    """Rasa gives one to every component."""
    return ExecutionContext(GraphSchema({}), "test-model")


def settings(**different: object) -> dict[str, object]:
    """The defaults, without a cache on disk."""
    return {**LinearIntentClassifier.get_default_config(), "cache": None, **different}


def training_data(tokeniser: BilingualTokeniser, *intents: str) -> TrainingData:
    """The sentences of some intents, with their words, as the steps before leave them."""
    examples = [Message({TEXT: text, INTENT: intent}) for intent in intents for text in SENTENCES[intent]]
    useless = [Message({TEXT: "no intent"}), Message({INTENT: "no_text"})]
    return tokeniser.process_training_data(TrainingData([*examples, *useless]))


@pytest.fixture(scope="module")
def classify(trained: LinearIntentClassifier, tokeniser: BilingualTokeniser) -> Classify:
    """Typed text through the steps that the classifier builds on, and through it."""

    def run(*texts: str) -> list[Message]:
        return trained.process(tokeniser.process([Message({TEXT: text}) for text in texts]))

    return run


@pytest.fixture(scope="module")
def trained(
    tmp_path_factory: pytest.TempPathFactory, tokeniser: BilingualTokeniser
) -> LinearIntentClassifier:
    """A classifier trained on the sentences, stored and loaded again."""
    storage = LocalModelStorage.create(tmp_path_factory.mktemp("model"))
    resource = Resource("classifier")
    untrained = LinearIntentClassifier.create(settings(), storage, resource, a_context())
    stored = untrained.train(training_data(tokeniser, *SENTENCES))
    return LinearIntentClassifier.load(settings(), storage, stored, a_context())


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("c'est-tu gratuit", "faq_cost"),
        ("IS IT FREE???", "faq_cost"),
        ("je veux parler a qqn", "op_human"),
        ("your emails are in my spam", "faq_spam"),
        ("what\u2019s the time", "oos_other"),
    ],
)
def test_it_recognises_what_it_was_taught(classify: Classify, text: str, intent: str) -> None:
    message = classify(text)[0]

    ranked = [guess["name"] for guess in message.get(INTENT_RANKING_KEY)]
    assert ranked[0] == intent
    assert message.get(INTENT)["name"] in {intent, UNSURE}


def test_the_ranking_holds_every_intent_likeliest_first(classify: Classify) -> None:
    message = classify("is it free")[0]

    ranking = message.get(INTENT_RANKING_KEY)
    assert {guess["name"] for guess in ranking} == set(SENTENCES)
    confidences = [guess["confidence"] for guess in ranking]
    assert confidences == sorted(confidences, reverse=True)
    assert sum(confidences) == pytest.approx(1, abs=1e-4)
    assert {INTENT, INTENT_RANKING_KEY} <= message.output_properties


@pytest.mark.parametrize("text", ["", "   ", "\u200b\u2060", "\x00"])
def test_an_empty_message_is_gibberish(classify: Classify, text: str) -> None:
    message = classify(text)[0]

    assert message.get(INTENT)["name"] == "gibberish"
    assert message.get(INTENT_RANKING_KEY)


@pytest.mark.parametrize(
    "text", ["a" * 10_000, "combien " * 1500, "?" * 5000, "\U0001f600" * 3000], ids=repr_of
)
def test_a_huge_message_gets_a_decision(classify: Classify, text: str) -> None:
    found = classify(text)[0].get(INTENT)

    assert found["name"] in {*SENTENCES, UNSURE}
    assert 0 <= found["confidence"] <= 1 + 1e-6


def test_several_messages_are_each_given_their_own(classify: Classify) -> None:
    messages = classify("is it free", "talk to a person")

    assert [message.get(INTENT_RANKING_KEY)[0]["name"] for message in messages] == ["faq_cost", "op_human"]


def test_the_ranking_is_as_long_as_set(tmp_path: Path, tokeniser: BilingualTokeniser) -> None:
    storage, resource = LocalModelStorage.create(tmp_path), Resource("short")
    short = LinearIntentClassifier.create(settings(ranking_length=2), storage, resource, a_context())
    short.train(training_data(tokeniser, *SENTENCES))

    message = short.process(tokeniser.process([Message({TEXT: "is it free"})]))[0]

    assert len(message.get(INTENT_RANKING_KEY)) == 2


def test_a_model_of_two_intents_trains(tmp_path: Path, tokeniser: BilingualTokeniser) -> None:
    storage, resource = LocalModelStorage.create(tmp_path), Resource("small")
    data = training_data(tokeniser, "faq_cost", "op_human")
    LinearIntentClassifier.create(settings(), storage, resource, a_context()).train(data)

    loaded = LinearIntentClassifier.load(settings(), storage, resource, a_context())

    ranking = loaded.process(tokeniser.process([Message({TEXT: "is it free"})]))[0].get(INTENT_RANKING_KEY)
    assert [guess["name"] for guess in ranking] == ["faq_cost", "op_human"]


def test_a_changed_helper_means_another_training() -> None:
    addon = LinearIntentClassifier.fingerprint_addon(settings())

    assert addon == LinearIntentClassifier.fingerprint_addon(settings(penalty=2.0))
    assert len(addon.split()[-1]) == 64


def test_whoever_names_strangers_in_the_data_has_them_in_the_decision() -> None:
    assert {"oos_other", "gibberish"} <= set(OUT_OF_SCOPE)
