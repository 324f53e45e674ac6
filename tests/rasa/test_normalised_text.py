"""Normalising: one spelling out of many, and a way back to what was typed."""

import random
import unicodedata

import pytest
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.components.nlu.normaliser import NORMALISED, Normaliser, normalised_text
from bot.components.nlu.text import fold, normalise

NASTY = [
    *"aàâeéèêzZ09 ?!.,/@$%-'\"",
    *["e\u0301", "a\u0300\u0323", "\u0301", "\u0153", "\u00c6", "\ufb01", "\ufb02"],
    *[
        "\u2019",
        "\u2018",
        "\u02bc",
        "\u00b4",
        "`",
        "\u00ab",
        "\u00bb",
        "\u201c",
        "\u2014",
        "\u2212",
        "\u2026",
    ],
    *["\u00a0", "\u202f", "\u2009", "\u3000", "\t", "\n", "\r", "\x0b", "\u2028", "  "],
    *["\u200b", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u202e", "\x00", "\x1b", "\x7f", "\ue000", "\ud800"],
    *["\U0001f600", "\U0001f469\u200d\U0001f4bb", "\u2764\ufe0f", "\u4e2d", "\u0645", "\u0130", "\u00df"],
]


def nasty_texts(count: int, longest: int = 40) -> list[str]:
    """The same random texts each time, made of all that keyboards, telephones and attackers send."""
    dice = random.Random(43)
    return ["".join(dice.choices(NASTY, k=dice.randint(0, longest))) for _ in range(count)]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("", ""),
        ("   \u00a0\n\t ", ""),
        ("\u200b\u2060\ufeff", ""),
        ("re\u0301sume\u0301", "résumé"),
        ("l\u2019adresse d\u02bcici", "l'adresse d'ici"),
        ("\u00ab\u00a0facture\u00a0\u00bb", '" facture "'),
        ("ma s\u0153ur \u0152uvre \ufb01n", "ma soeur Oeuvre fin"),
        ("12\u202f345,00\u00a0$", "12 345,00 $"),
        ("e\u2011bill \u2013 e\u2014bill", "e-bill - e-bill"),
        ("mot\u200bde\u00adpasse", "motdepasse"),
        ("a\x00b\x1b[31mc", "ab[31mc"),
        ("allô   \n\n  là", "allô là"),
        ("attendez\u2026", "attendez..."),
        ("\U0001f600 ok", "\U0001f600 ok"),
        ("\u2060/faq_cost", "/faq_cost"),
    ],
)
def test_one_spelling_comes_out_of_many(typed: str, expected: str) -> None:
    assert normalise(typed).text == expected


def test_whatever_is_typed_comes_out_clean() -> None:
    for typed in nasty_texts(3000):
        clean = normalise(typed).text

        assert clean == clean.strip(), ascii(typed)
        assert "  " not in clean, ascii(typed)
        assert unicodedata.is_normalized("NFC", clean), ascii(typed)
        categories = {unicodedata.category(character) for character in clean}
        assert not categories & {"Cc", "Cf", "Co", "Cs", "Zl", "Zp"}, ascii(typed)
        assert not set(clean) & set("\u2019\u2018\u0153\u00a0\u202f\u00ab\ufb01\u2026"), ascii(typed)


def test_what_is_clean_stays_as_it_is() -> None:
    for typed in nasty_texts(3000):
        clean = normalise(typed).text

        assert normalise(clean).text == clean, ascii(typed)


def test_offsets_follow_the_original() -> None:
    for typed in nasty_texts(3000):
        found = normalise(typed)

        assert len(found.offsets) == len(found.text), ascii(typed)
        assert list(found.offsets) == sorted(found.offsets), ascii(typed)
        assert all(0 <= at < len(typed) for at in found.offsets), ascii(typed)


def test_every_word_leads_back_to_what_was_typed() -> None:
    for typed in nasty_texts(3000):
        found, at = normalise(typed), 0
        for word in found.text.split():
            start = found.text.index(word, at)
            at = start + len(word)
            begin, end = found.original_span(start, at)

            assert normalise(typed[begin:end]).text == word, ascii(typed)


def test_every_span_covers_what_it_came_from() -> None:
    dice = random.Random(7)
    for typed in nasty_texts(2000):
        found = normalise(typed)
        start = dice.randint(0, len(found.text))
        end = dice.randint(start, len(found.text))
        begin, stop = found.original_span(start, end)

        assert 0 <= begin <= stop <= len(typed), ascii(typed)
        assert found.text[start:end].strip() in normalise(typed[begin:stop]).text, ascii(typed)


def test_a_span_that_cuts_a_ligature_takes_all_of_it() -> None:
    typed = "ma s\u0153ur"
    found = normalise(typed)

    begin, end = found.original_span(found.text.index("o"), found.text.index("o") + 1)

    assert typed[begin:end] == "\u0153"


def test_an_empty_span_is_a_place() -> None:
    found = normalise("  allô ")

    assert found.original_span(0, 0) == (2, 2)
    assert found.original_span(4, 4) == (7, 7)


def test_ten_thousand_characters_are_read_at_once() -> None:
    typed = "E\u0301tat\u00a0de compte\u2026 " * 600
    assert len(typed) > 10_000
    found = normalise(typed)

    assert found.text.startswith("État de compte... État")
    assert found.original_span(len(found.text) - 1, len(found.text))[1] == len(typed)


def test_folding_leaves_neither_accents_nor_capitals() -> None:
    assert fold("ÉLÈVE à Québec, ÇA") == "eleve a quebec, ca"
    for typed in nasty_texts(500):
        assert fold(fold(normalise(typed).text)) == fold(normalise(typed).text), ascii(typed)


def test_the_step_keeps_the_typed_text_beside_the_normalised_one() -> None:
    message = Message({TEXT: "l\u2019\u0153uvre"})

    Normaliser().process([message])

    assert message.get(TEXT) == "l\u2019\u0153uvre"
    assert message.get(NORMALISED).text == "l'oeuvre"
    assert normalised_text(message) == "l'oeuvre"


def test_a_message_without_text_is_empty() -> None:
    assert normalised_text(Message({})) == ""
    assert Normaliser().process([Message({})])[0].get(NORMALISED).text == ""


def test_what_is_remembered_between_trainings_is_the_typed_text() -> None:
    assert normalise("a\u00a0b").fingerprint() != normalise("a b").fingerprint()
