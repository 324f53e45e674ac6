"""What Rasa is given: an intent, a response and a rule for each FAQ entry, and each sentence's language."""

from pathlib import Path

import pytest
from rasa.shared.core.events import ActionExecuted, UserUttered
from rasa.shared.nlu.constants import METADATA, TEXT

from bot.components.importer import FaqImporter
from faq.loader import load_content

ROOT = Path(__file__).parents[2]
ENTRIES = sorted(load_content().entries)


@pytest.fixture(scope="module")
def importer() -> FaqImporter:
    """The importer on the product's own files."""
    return FaqImporter(
        str(ROOT / "config.yml"),
        str(ROOT / "bot" / "domain.yml"),
        [str(ROOT / "bot" / "data" / "rules.yml")],
    )


def test_every_entry_is_an_intent_with_a_response(importer: FaqImporter) -> None:
    domain = importer.get_domain()

    assert {f"faq_{entry}" for entry in ENTRIES} <= set(domain.intents)
    assert {f"utter_faq_{entry}" for entry in ENTRIES} <= set(domain.responses)
    assert {"greet", "op_human"} <= set(domain.intents)
    assert "utter_technical_problem" in domain.responses


def test_every_entry_has_a_rule_from_its_intent_to_its_response(importer: FaqImporter) -> None:
    rules: dict[str, list[str]] = {}
    for step in importer.get_stories().story_steps:
        intents = [event.intent_name for event in step.events if isinstance(event, UserUttered)]
        actions = [event.action_name for event in step.events if isinstance(event, ActionExecuted)]
        for intent in intents:
            rules[str(intent)] = [str(action) for action in actions]

    for entry in ENTRIES:
        assert f"utter_faq_{entry}" in rules[f"faq_{entry}"]
    assert "action_did_you_mean" in rules["nlu_fallback"]


def test_every_intent_of_the_domain_leads_somewhere(importer: FaqImporter) -> None:
    asked = {
        event.intent_name
        for step in importer.get_stories().story_steps
        for event in step.events
        if isinstance(event, UserUttered)
    }

    assert set(importer.get_domain().intents) - {"back", "restart", "session_start", "out_of_scope"} <= {
        *asked,
        "nlu_fallback",
    }


def test_sentences_learn_their_language_from_their_file(tmp_path: Path) -> None:
    for name, sentence in {"nlu_fr": "salut", "nlu_en": "hello", "nlu_other": "hola"}.items():
        (tmp_path / f"{name}.yml").write_text(
            f'version: "3.1"\nnlu:\n- intent: greet\n  examples: |\n    - {sentence}\n', encoding="utf-8"
        )
    data = FaqImporter(None, None, [str(tmp_path)]).get_nlu_data()

    found = {m.get(TEXT): (m.get(METADATA) or {}).get("language") for m in data.training_examples}

    assert found == {"salut": "fr", "hello": "en", "hola": None}


def test_editing_an_answer_changes_nothing_that_is_trained(importer: FaqImporter) -> None:
    responses = importer.get_domain().responses

    assert responses["utter_faq_cost"] == [{"text": "faq:cost"}]
