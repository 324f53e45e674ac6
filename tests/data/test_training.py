"""The training sentences: both languages alike, nothing twice, nothing under two intents."""

import re
from collections import defaultdict

import pytest

from faq import load_content
from tests.support.training_data import LANGUAGES, blocks, domain, examples, sentence_key

LEAST = 25
NEVER_SAID = {"choose", "signed_in", "signed_out"}  # buttons and the gateway send these


def intents(language: str) -> list[str]:
    """The intents of a file, in its order."""
    return [intent for intent, _ in blocks(language)]


def test_both_languages_have_the_same_intents_in_the_same_order() -> None:
    assert intents("fr") == intents("en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_intent_stands_once(language: str) -> None:
    assert len(intents(language)) == len(set(intents(language)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_intents_are_those_of_the_domain_and_of_the_faq(language: str) -> None:
    expected = {*domain()["intents"], *(f"faq_{entry}" for entry in load_content().entries)}

    assert set(intents(language)) == expected - NEVER_SAID


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_line_is_a_sentence(language: str) -> None:
    lines = [line for _, block in blocks(language) for line in block]

    assert [line for line in lines if not re.fullmatch(r"- \S.*", line)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_is_read_as_an_annotation_or_a_command(language: str) -> None:
    strange = re.compile(r"\[[^]]*\]\s*[({]|^/")

    assert [example for example in examples(language) if strange.search(example.text)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_stands_twice(language: str) -> None:
    seen: dict[str, list[str]] = defaultdict(list)
    for example in examples(language):
        seen[sentence_key(example.text)].append(f"{example.intent}: {example.text}")

    assert [twice for twice in seen.values() if len(twice) > 1] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_intent_has_enough_sentences(language: str) -> None:
    counts = {
        intent: len({sentence_key(line) for line in lines if line.strip()})
        for intent, lines in blocks(language)
    }

    assert {intent: count for intent, count in counts.items() if count < LEAST} == {}


def test_no_sentence_means_one_thing_in_french_and_another_in_english() -> None:
    french = {sentence_key(example.text): example for example in examples("fr")}
    clashes = [
        (french[sentence_key(english.text)], english)
        for english in examples("en")
        if sentence_key(english.text) in french
        and french[sentence_key(english.text)].intent != english.intent
    ]

    assert clashes == []
