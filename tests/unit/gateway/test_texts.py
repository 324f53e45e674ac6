"""Every text exists in both languages and asks for the same values; every refusal has its words."""

import re
import string
from datetime import UTC, datetime
from pathlib import Path

import pytest

from gateway import errors
from gateway.conversations.handover import Handover
from gateway.hours import Hours, parse_hours
from gateway.settings import LANGUAGES
from gateway.texts import CONTENT, TextFaultError, Texts, load_texts

TEXTS = load_texts()
PACKAGE = Path(errors.__file__).parent


def _names(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("key", TEXTS.keys())
def test_both_languages_say_something_of_their_own_with_the_same_values(key: str) -> None:
    group, _, name = key.partition(".")
    french, english = TEXTS.group(group, "fr")[name], TEXTS.group(group, "en")[name]

    assert french
    assert english
    assert french != english
    assert _names(french) == _names(english)


@pytest.mark.parametrize("key", TEXTS.keys())
def test_french_typography(key: str) -> None:
    group, _, name = key.partition(".")
    french = TEXTS.group(group, "fr")[name]

    assert not re.search(r"[^\u00a0](:(\s|$)|»)|[\s\u00a0][;!?]|«[^\u00a0]", french), french
    assert "'" not in french


def test_every_refusal_has_words_and_every_word_a_refusal() -> None:
    assert set(TEXTS.group("errors", "fr")) == set(errors.STATUS)


def test_every_code_raised_is_in_the_list() -> None:
    raised = set()
    for path in PACKAGE.rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        raised |= set(re.findall(r'(?:GatewayError|too_often)\(\s*"(\w+)"', source))
    assert raised <= set(errors.STATUS)


def test_no_words_for_people_inside_python() -> None:
    accents = re.compile(r"[éèêàçùîôû’«»]")
    for path in PACKAGE.rglob("*.py"):
        assert not accents.search(path.read_text(encoding="utf-8")), path


@pytest.mark.parametrize(
    ("text", "value", "said"),
    [
        ("Again {opens}. Leave us", "at 8\u00a0a.m.", "Again at 8\u00a0a.m. Leave us"),
        ("De nouveau {opens}. Laissez", "à 8\u00a0h", "De nouveau à 8\u00a0h. Laissez"),
        ("Until {opens}.", "8\u00a0p.m.", "Until 8\u00a0p.m."),
        ("Until {opens}...", "8\u00a0p.m.", "Until 8\u00a0p.m...."),
        ("{opens}, then", "8\u00a0p.m.", "8\u00a0p.m., then"),
        ("{opens}. {opens}.", "J. R.", "J. R. J. R."),
    ],
)
def test_an_abbreviation_at_the_end_of_a_sentence_has_one_point(text: str, value: str, said: str) -> None:
    assert Texts({"chat.a": {"fr": text, "en": text}}).get("chat.a", "en", {"opens": value}) == said


@pytest.mark.parametrize("key", ["nobody_there", "nobody_there_voice", "closing"])
def test_when_nobody_is_there_each_sentence_ends_once(key: str) -> None:
    hours = Hours(parse_hours("Mo-Fr 08:00-20:00"))
    handover = Handover(TEXTS, hours)

    for language in LANGUAGES:
        told = handover.closed_line(language, datetime(2027, 3, 7, 17, tzinfo=UTC), key=key).text
        assert ".." not in told
        assert told.endswith((".", "!"))


@pytest.mark.parametrize("body", ["a: {fr: x}", "a: {fr: x, en: y, de: z}", "a: text"])
def test_a_missing_twin_is_told_with_file_and_key(tmp_path: Path, body: str) -> None:
    (tmp_path / "words.yml").write_text(body)

    with pytest.raises(TextFaultError, match=r"words\.yml: a"):
        load_texts(tmp_path)


def test_the_languages_are_those_of_the_settings() -> None:
    assert LANGUAGES == ("fr", "en")
    assert sorted(path.name for path in CONTENT.iterdir()) == [
        "call.yml",
        "chat.yml",
        "desk.yml",
        "errors.yml",
        "figures.yml",
        "masking.yml",
        "menu.yml",
        "pages.yml",
        "talk.yml",
        "transcript.yml",
        "voice.yml",
    ]
