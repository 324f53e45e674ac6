"""What the bot says of its own: both languages under each key, in good French, naming what exists."""

import ast
import re
from typing import Any

import pytest
from rasa_sdk.executor import ActionExecutor

import faq
from bot.actions.labels import NONE_OF_THESE
from bot.actions.operations import OPERATIONS
from bot.words.texts import TextStore
from faq import load_content
from faq.model import VOICE
from faq.rules.spoken import words_for_the_eye
from tests.support.training_data import BOT, LANGUAGES, domain, read_yaml

RESPONSES: dict[str, list[dict[str, Any]]] = domain()["responses"]
TEXTS = TextStore().current()
CONTENT = load_content()
LABELS: dict[str, dict[str, str]] = read_yaml(BOT / "content" / "labels.yml")
RULES = read_yaml(BOT / "data" / "rules.yml")["rules"]
SPOKEN = {  # a response's voice texts stand after those of the page
    key: variants[len(LANGUAGES) :] or variants for key, variants in RESPONSES.items()
}
FRENCH_TEXTS = {  # by what they are
    **{key: variants[LANGUAGES.index("fr")]["text"] for key, variants in RESPONSES.items()},
    **{f"{key} spoken": variants[LANGUAGES.index("fr")]["text"] for key, variants in SPOKEN.items()},
    **{f"label {name}": label["fr"] for name, label in LABELS.items()},
}

TUTOIEMENT = re.compile(r"\b(tu|toi|te|t’\w+|ton|ta|tes|tien|tiens|tienne)\b", re.IGNORECASE)


def names_in_actions(prefix: str) -> set[str]:
    """Every string in bot/actions that is a key with this prefix."""
    found = set()
    for path in (BOT / "actions").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found |= set(re.findall(rf"^{prefix}\w+$", node.value))
    return found


def rule_steps(name: str) -> set[str]:
    """The intents or actions that the rules name."""
    return {step[name] for rule in RULES for step in rule["steps"] if name in step}


@pytest.mark.parametrize("key", sorted(RESPONSES))
def test_each_response_has_one_text_a_language_and_none_without(key: str) -> None:
    conditions = [variant.get("condition") for variant in RESPONSES[key]]
    channels = [variant.get("channel") for variant in RESPONSES[key]]
    both = [[{"type": "slot", "name": "language", "value": language}] for language in LANGUAGES]

    assert conditions in (both, [*both, *both])
    assert channels in ([None] * 2, [None, None, VOICE, VOICE])
    assert all(set(variant) <= {"condition", "channel", "text"} for variant in RESPONSES[key])


@pytest.mark.parametrize("key", sorted(RESPONSES))
def test_each_text_is_clean_and_the_languages_differ(key: str) -> None:
    texts = [variant["text"] for variant in RESPONSES[key]]

    for text in texts:
        assert text.strip() == text
        assert text
        assert not re.search(r"[ \u00a0]{2}|[ \t]\n", text), text
        assert "'" not in text.replace("\u00a0", " "), text
    assert len(set(texts)) == len(texts)


@pytest.mark.parametrize("key", sorted(SPOKEN))
def test_what_is_heard_asks_nobody_to_look_click_or_dial(key: str) -> None:
    for language, variant in zip(LANGUAGES, SPOKEN[key], strict=True):
        assert words_for_the_eye(variant["text"], language) == []
        assert "_phone }}" not in variant["text"]


@pytest.mark.parametrize("key", sorted(RESPONSES))
def test_both_languages_give_the_same_facts_and_they_exist(key: str) -> None:
    facts = [set(re.findall(r"\{\{\s*(\w+)\s*\}\}", variant["text"])) for variant in RESPONSES[key]]

    assert facts[0::2] == facts[1::2]
    assert facts[0] <= set(CONTENT.facts)


@pytest.mark.parametrize("key", sorted(RESPONSES))
def test_no_fact_is_typed_by_hand(key: str) -> None:
    for variant in RESPONSES[key]:
        assert not re.search(r"\d|@|PRIMUS", variant["text"], re.IGNORECASE), variant["text"]


@pytest.mark.parametrize("name", sorted(FRENCH_TEXTS))
def test_french_is_set_as_in_quebec(name: str) -> None:
    text = FRENCH_TEXTS[name]

    assert not re.search(r"[^\u00a0]:(\s|$)", text), "no-break space before a colon"
    assert not re.search(r"\s[;!?]", text), "no space before ; ! ?"
    assert not re.search(r"«[^\u00a0]|[^\u00a0]»|[“”\"]", text), "guillemets with no-break spaces"


@pytest.mark.parametrize("name", sorted(FRENCH_TEXTS))
def test_nobody_is_called_tu(name: str) -> None:
    assert TUTOIEMENT.findall(FRENCH_TEXTS[name]) == []


def test_every_response_named_in_code_or_rules_exists_and_every_one_is_used() -> None:
    answers = {f"utter_faq_{entry}" for entry in CONTENT.entries} | set(TEXTS)
    from_rules = {action for action in rule_steps("action") if action.startswith("utter_")}
    last_resort = {"utter_technical_problem"}  # the NLG's
    named = names_in_actions("utter_(?!action$)(?=.*[^_]$)") | from_rules | last_resort

    assert sorted(named - set(RESPONSES) - answers) == []
    assert sorted(set(RESPONSES) - named) == []


def test_every_action_of_the_domain_is_in_the_code_and_the_other_way_round() -> None:
    executor = ActionExecutor()
    executor.register_package("bot.actions")
    written = set(executor.actions)

    assert written == set(domain()["actions"])
    assert {action for action in rule_steps("action") if action.startswith("action_")} <= written


def test_every_intent_has_a_rule_and_every_rule_an_intent() -> None:
    assert rule_steps("intent") == {*domain()["intents"], "nlu_fallback"}


def test_every_operation_has_an_intent_and_a_button() -> None:
    operations = {operation.intent for operation in OPERATIONS}

    assert {intent for intent in domain()["intents"] if intent.startswith("op_")} == operations
    assert {f"op_{operation}" for operation in faq.OPERATIONS} <= operations
    assert set(LABELS) == {*operations, NONE_OF_THESE}


@pytest.mark.parametrize("name", sorted(LABELS))
def test_every_button_has_its_words_in_both_languages(name: str) -> None:
    assert set(LABELS[name]) == set(LANGUAGES)
    assert all(label.strip() == label and label for label in LABELS[name].values())
    assert LABELS[name]["fr"] != LABELS[name]["en"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_buttons_say_the_same(language: str) -> None:
    labels = [label[language] for label in LABELS.values()]
    labels += [CONTENT.text(entry, language).label for entry in CONTENT.entries]

    assert sorted(label for label in labels if labels.count(label) > 1) == []
