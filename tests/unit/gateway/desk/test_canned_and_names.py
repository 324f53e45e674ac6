"""Ready answers are found by any words, accents or not; everything has a name in both languages."""

from pathlib import Path

import pytest
import yaml

from bot.actions.operations import OPERATIONS as BOTS
from faq import load_content
from gateway.desk import canned
from gateway.desk.names import Names
from gateway.desk.operations import OPERATIONS
from gateway.errors import GatewayError
from gateway.settings import LANGUAGES, Language
from gateway.texts import load_texts

DOMAIN = Path(__file__).parents[4] / "bot" / "domain.yml"
CONTENT, TEXTS = load_content(), load_texts()


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_words_every_answer_comes_in_the_order_of_the_faq(language: Language) -> None:
    found = canned.search(CONTENT, "", language, limit=1000)

    assert [answer["id"] for answer in found] == list(CONTENT.entries)


def test_words_of_the_question_come_before_words_of_the_answer() -> None:
    found = canned.search(CONTENT, "mot de passe", "fr", limit=5)

    assert "mot de passe" in found[0]["question"].lower()


@pytest.mark.parametrize("words", ["électronique", "ELECTRONIQUE", "electroni"])
def test_accents_case_and_endings_do_not_matter(words: str) -> None:
    assert canned.search(CONTENT, words, "fr", limit=3) == canned.search(
        CONTENT, "électronique", "fr", limit=3
    )


def test_all_words_must_be_there() -> None:
    assert canned.search(CONTENT, "facture zzzz", "fr", limit=5) == []


def test_an_unknown_answer_is_refused() -> None:
    with pytest.raises(GatewayError, match="faq_not_found"):
        canned.one(CONTENT, "nothing", "fr")


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_the_bot_and_the_desk_do_has_a_name(language: Language) -> None:
    names = Names(TEXTS, CONTENT, language)
    operations = {operation.name for operation in BOTS} | set(OPERATIONS)
    slots = {slot.name for operation in BOTS for slot in operation.slots}

    assert {name for name in operations if names.one("operation", name) == name} == set()
    assert {name for name in slots if names.one("slot", name) == name} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_the_bot_understands_has_a_name(language: Language) -> None:
    names = Names(TEXTS, CONTENT, language)
    intents = yaml.safe_load(DOMAIN.read_text(encoding="utf-8"))["intents"]

    assert [intent for intent in [*intents, "nlu_fallback"] if names.intent(intent) == intent] == []


def test_what_the_desk_does_the_bot_does_under_the_same_name() -> None:
    assert set(OPERATIONS) <= {operation.name for operation in BOTS}
