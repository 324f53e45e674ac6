"""Words in parts of two sentences, with the voice's marks whole."""

import xml.etree.ElementTree as ET
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.voice.call import Say
from gateway.voice.cues import says
from gateway.voice.speaking import merged, parts_of


def texts(text: str, ssml: str | None = None) -> list[str]:
    return [" ".join(say.text for say in part) for part in parts_of(text, ssml, "fr")]


def test_two_sentences_make_a_part() -> None:
    assert texts("Un. Deux! Trois? Quatre") == ["Un. Deux!", "Trois? Quatre"]


@pytest.mark.parametrize("text", ["52.30 dollars", "app.3, rue X", "Quoi?!", "Bon..."])
def test_a_point_inside_is_no_end(text: str) -> None:
    assert texts(text) == [text]


def test_a_mark_is_never_cut_and_is_heard_once() -> None:
    ssml = 'Un <sub alias="a. b. c">1. 2. 3</sub> ici. Deux <break time="1s"/> là. Trois.'

    parts = parts_of("", ssml, "fr")

    assert [say.text for part in parts for say in part] == ["Un 1. 2. 3 ici. Deux là.", "Trois."]
    assert (parts[0][0].ssml or "").count("<sub ") == 1


def test_broken_marks_are_read_as_they_stand() -> None:
    assert texts("x", "<b>pas fermé") == ["<b>pas fermé"]


def test_short_neighbours_are_one_part_and_long_ones_are_not() -> None:
    parts = [(Say(text=text, language="fr"),) for text in ("Merci.", "Combien?", "Un. Deux.", "Trois.")]

    joined = merged([*parts, ()])

    assert [" ".join(say.text for say in part) for part in joined] == [
        "Merci. Combien?",
        "Un. Deux.",
        "Trois.",
    ]


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=200))
def test_nothing_is_lost_and_every_part_is_well_formed(text: str) -> None:
    parts = parts_of(text, escape(text), "fr")

    heard = "".join(say.text for part in parts for say in part)
    assert "".join(heard.split()) == "".join(text.split())
    for part in parts:
        for say in part:
            ET.fromstring(f"<speak>{say.ssml}</speak>")


@pytest.mark.parametrize(
    ("cue", "speech"),
    [
        ("english", "English please"),
        ("english", "en anglais s’il vous plaît"),
        ("french", "Français"),
        ("yes", "oui"),
        ("no", "non merci"),
        ("repeat", "pouvez-vous répéter?"),
        ("more", "la suite"),
        ("code", "Donnez-moi un code"),
        ("cancel", "laissez tomber"),
    ],
)
def test_a_cue_is_heard_with_a_polite_word_beside_it(cue: str, speech: str) -> None:
    assert says(cue, speech)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("cue", "speech"),
    [
        ("code", "quel est le code postal de la facture de ma mère"),
        ("no", "notre adresse"),
        ("more", "je veux payer encore le mois prochain"),
        ("yes", ""),
        ("cancel", "annuler mon changement d’adresse prévu pour lundi"),
    ],
)
def test_a_cue_inside_a_longer_sentence_is_none(cue: str, speech: str) -> None:
    assert not says(cue, speech)  # type: ignore[arg-type]


def test_a_shortened_word_in_an_address_ends_no_sentence() -> None:
    parts = parts_of("Adresse : 88, boul. Laurier, Québec. Prochaine facture demain. Voilà.", None, "fr")

    assert [part[0].text for part in parts] == [
        "Adresse : 88, boul. Laurier, Québec. Prochaine facture demain.",
        "Voilà.",
    ]
