"""The words: right language, right channel, live, and never nothing."""

import asyncio
import os
import shutil
import time
from pathlib import Path
from typing import Any

import pytest
from rasa.shared.core.domain import Domain
from rasa.utils.endpoints import EndpointConfig

from bot.components.nlg import BilingualNlg
from faq.loader import CONTENT_ROOT, load_content
from tests.rasa.building import a_conversation

ROOT = Path(__file__).parents[2]
CONTENT = load_content()
DOMAIN = Domain.load(str(ROOT / "bot" / "domain.yml"))


def a_voice(domain: Domain = DOMAIN, content: Path = CONTENT_ROOT) -> BilingualNlg:
    """The NLG as Rasa builds it from endpoints.yml."""
    return BilingualNlg(EndpointConfig(content=str(content)), domain)


NLG = a_voice()


def say(
    key: str, *, language: str | None = "fr", channel: str = "web", nlg: BilingualNlg = NLG, **more: Any
) -> dict[str, Any]:
    """What is said for a key in a conversation."""
    tracker = a_conversation(language=language, metadata=more.pop("metadata", None))
    return asyncio.run(nlg.generate(key, tracker, channel, **more))


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("entry_id", sorted(CONTENT.entries))
def test_every_answer_is_said_in_the_language_and_carries_its_id_and_version(
    entry_id: str, language: str
) -> None:
    found = say(f"utter_faq_{entry_id}", language=language)

    assert found["text"]
    assert "{{" not in found["text"]
    assert (found["lang"], found["faq_id"]) == (language, entry_id)
    assert found["faq_version"] == CONTENT.version(entry_id, language)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("channel", ["web", "voice", "collector"])
@pytest.mark.parametrize("key", sorted(DOMAIN.responses))
def test_every_response_is_said_with_its_facts(key: str, channel: str, language: str) -> None:
    found = say(key, language=language, channel=channel)

    assert found["lang"] == language
    assert found["text"]
    assert "{" not in found["text"]
    assert "condition" not in found


def test_speech_is_not_writing() -> None:
    written = say("utter_faq_forgot_credentials", channel="web")["text"]
    spoken = say("utter_faq_forgot_credentials", channel="voice")["text"]

    assert written != spoken
    assert "http" not in spoken
    assert "](" not in spoken


def test_a_telephone_number_is_spoken_in_words_on_the_telephone() -> None:
    assert "340-4920" in say("utter_human", language="en", channel="web")["text"]
    assert "340-4920" not in say("utter_human", language="en", channel="voice")["text"]


@pytest.mark.parametrize("key", ["utter_nothing_of_the_kind", "utter_faq_no_such_entry", ""])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_an_unknown_key_is_an_apology_and_a_line_in_the_log(
    key: str, language: str, caplog: pytest.LogCaptureFixture
) -> None:
    found = say(key, language=language)

    assert found["text"] == say("utter_technical_problem", language=language)["text"]
    assert found["lang"] == language
    assert "no text for" in caplog.text


@pytest.mark.parametrize("language", [None, "xx", ""])
def test_without_a_language_it_is_french(language: str | None) -> None:
    assert say("utter_greet", language=language) == say("utter_greet", language="fr")


def test_before_the_first_message_it_is_the_pages_language() -> None:
    found = say("utter_greet", language=None, metadata={"language": "en"})

    assert found["lang"] == "en"
    assert say("utter_greet", language=None, metadata={"language": "xx"})["lang"] == "fr"


def test_a_text_that_lacks_one_language_is_an_apology_in_it() -> None:
    only_french = Domain.from_dict(
        {
            "responses": {
                "utter_half": [
                    {"text": "Oui", "condition": [{"type": "slot", "name": "language", "value": "fr"}]}
                ],
                "utter_technical_problem": DOMAIN.responses["utter_technical_problem"],
            }
        }
    )
    nlg = a_voice(only_french)

    assert say("utter_half", nlg=nlg)["text"] == "Oui"
    assert "technical problem" in say("utter_half", language="en", nlg=nlg)["text"]


def test_the_domains_texts_are_not_changed_by_saying_them() -> None:
    before = repr(DOMAIN.responses["utter_greet"])

    say("utter_greet")
    say("utter_greet", language="en")

    assert repr(DOMAIN.responses["utter_greet"]) == before


def edit(path: Path, old: str, new: str) -> None:
    """Change a file as an editor would; the clock moves on even on a coarse disk."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    later = path.stat().st_mtime + 5
    os.utime(path, (later, later))
    time.sleep(0.6)  # the store looks twice a second


def test_an_edit_is_said_next_and_a_broken_one_never(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    content = Path(shutil.copytree(CONTENT_ROOT, tmp_path / "content"))
    nlg, path = a_voice(content=content), content / "entries" / "inscription" / "cost.yml"
    before = say("utter_faq_cost", nlg=nlg)
    answer = CONTENT.entries["cost"].texts["fr"].answer.split()[0]

    edit(path, f"  answer: |-\n    {answer}", f"  answer: |-\n    Modifié! {answer}")
    edited = say("utter_faq_cost", nlg=nlg)
    edit(path, "  answer: |-\n    Modifié!", "  answer: [broken\n    Modifié!")
    broken = say("utter_faq_cost", nlg=nlg)

    assert edited["text"].startswith("Modifié!")
    assert edited["faq_version"] != before["faq_version"]
    assert broken == edited
    assert "cost.yml" in caplog.text
