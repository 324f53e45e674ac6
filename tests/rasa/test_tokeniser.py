"""Words of both languages, with their places in the normalised text."""

import pytest
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.components.nlu.language import LANGUAGE
from bot.components.nlu.normaliser import normalised_text
from bot.components.nlu.tokeniser import BilingualTokeniser


def words(tokeniser: BilingualTokeniser, text: str, language: str | None) -> list[str]:
    """The tokens, after checking that each stands where it says."""
    message = Message({TEXT: text, LANGUAGE: language})
    tokens = tokeniser.tokenize(message, TEXT)
    clean = normalised_text(message).lower()
    assert all(clean[token.start : token.end] == token.text for token in tokens)
    return [token.text for token in tokens]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("L\u2019adresse d'ici", "fr", ["l'", "adresse", "d'", "ici"]),
        ("Qu'est-ce que j'ai?", "fr", ["qu'", "est", "-ce", "que", "j'", "ai", "?"]),
        ("aujourd'hui", "fr", ["aujourd'hui"]),
        ("I don't know", "en", ["i", "do", "n't", "know"]),
        ("my   e-bill\nplease", "en", ["my", "e", "-", "bill", "please"]),
        ("\U0001f600 ok", "en", ["\U0001f600", "ok"]),
        ("", "fr", []),
        ("\u200b \n", "en", []),
    ],
)
def test_words_are_cut_where_the_language_cuts_them(
    tokeniser: BilingualTokeniser, text: str, language: str, expected: list[str]
) -> None:
    assert words(tokeniser, text, language) == expected


def test_french_words_have_lemmas(tokeniser: BilingualTokeniser) -> None:
    message = Message({TEXT: "mes factures", LANGUAGE: "fr"})

    assert [token.lemma for token in tokeniser.tokenize(message, TEXT)][-1] == "facture"


def test_a_message_of_unknown_language_is_read_as_french(tokeniser: BilingualTokeniser) -> None:
    assert words(tokeniser, "l'adresse", None) == ["l'", "adresse"]


def test_ten_thousand_characters_are_cut(tokeniser: BilingualTokeniser) -> None:
    assert len(words(tokeniser, "ma facture " * 1000, "fr")) == 2000
