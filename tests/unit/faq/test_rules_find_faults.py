"""One bad example a rule: what it must find, with the file's name and a message that says what to do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

NB = "\u00a0"
Lint = Callable[[str, str, str], list[str]]


def only(faults: list[str]) -> str:
    """Return the one fault there is."""
    assert len(faults) == 1, faults
    return faults[0]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Le service coûte {{ price }}, soit {{ fee }}.", "unknown fact `price`"),
        ("Le service coûte {{ fee }, {{ fee }}.", "a stray brace"),
        ("Le service coûte {{ fee }}, ou 514 555-0199.", "telephone number typed by hand (5145550199)"),
        ("Le service coûte {{ fee }}, ou (514) 555-0199.", "telephone number typed by hand (5145550199)"),
        ("Le service coûte {{ fee }}, à a@b.example.", "e-mail address typed by hand (a@b.example)"),
        (f"Le service coûte {{{{ fee }}}}, ou 12,50{NB}$.", "amount typed by hand (12,50$)"),
        (f"Le service coûte {{{{ fee }}}} après 3{NB}jours.", "amount typed by hand (3jours)"),
        ("Le service coûte {{ fee }}, [voir](entry:gone).", "dead link `entry:gone`"),
        ("Le service coûte {{ fee }}, [voir](page:gone).", "dead link `page:gone`"),
        ("Le service coûte {{ fee }}, [voir](http://x.example).", "dead link `http://x.example`"),
        ("Le service coûte {{ fee }}, [voir](javascript:alert).", "dead link `javascript:alert`"),
        ("Le service coûte {{ fee }}, [voir](fact:fee).", "dead link `fact:fee`"),
        ("Le service coûte {{ fee }}. Cliquez ici.", "« Cliquez ici » says nothing"),
        ("Le service coûte {{ fee }}, voir [ici](entry:modem).", "the link's words « ici »"),
        ("Le service coûte {{ fee }}, voir www.x.example.", "a web address typed bare"),
        ("Le service coûte {{ fee }}, <b>fort</b>.", "markup other than"),
        ("Le service coûte {{ fee }}, **fort**.", "`**` is for pages only"),
        ("Le service coûte {{ fee }} et tu paies.", "« tu »: customers are addressed as vous"),
        ("Le service coûte {{ fee }}, je t’aide.", "« t’ »: customers are addressed as vous"),
        ("Le service coûte {{ fee }} par e-mail.", "« e-mail »: we say « courriel »"),
        ("Le service coûte {{ fee }} : voilà.", "no hard space before"),
        (f"Le service coûte {{{{ fee }}}}{NB}?", "a space before ; ? or !"),
        ("Le service coûte {{ fee }} ; voilà.", "a space before ; ? or !"),
        (f"Le service coûte {{{{ fee }}}}, « voilà{NB}».", "no hard space after «"),
        ("Le service coûte {{ fee }}, “voilà”.", "English quotation marks"),
        ("Le service coûte {{ fee }}, c'est tout.", "a straight quote or apostrophe"),
        ("Le service coûte {{ fee }}...", "three dots"),
        ("Le service coûte  {{ fee }}.", "two spaces in a row"),
    ],
)
def test_a_bad_french_answer_is_told_once_with_its_place(lint_text: Lint, text: str, said: str) -> None:
    fault = only(lint_text("fr", "answer", text))
    assert said in fault
    assert fault.startswith("[ERROR] ")
    assert "/entries/compte/price.yml:8: fr.answer: " in fault


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("The service costs {{ fee }} : so.", "a space before : ; ? or !"),
        ("The service costs {{ fee }}, «so».", "French quotation marks"),
        ("The service costs {{ fee }}. Click here.", "« Click here » says nothing"),
        ("The service costs {{ fee }} by email.", "we say « e-mail »"),
        ("The service costs {{ fee }} or $12.", "amount typed by hand ($12)"),
    ],
)
def test_a_bad_english_answer_is_told_once(lint_text: Lint, text: str, said: str) -> None:
    assert said in only(lint_text("en", "answer", text))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Un. Deux. Trois. Quatre.", "4 sentences"),
        ("Il coûte " + "toujours " * 40 + "cher.", "characters; 350"),
        ("Il coûte 5.", "has digits"),
        ("Il coûte [cher](entry:modem).", "has markup"),
        ("Il est à moi@ici.", "has an e-mail address in signs"),
        ("Il coûte cher (très).", "has brackets"),
        ("Cliquez sur le lien.", "« Cliquez »: who listens"),
        ("Le prix est ci-dessous.", "« ci-dessous »: who listens"),
        ("Écrivez votre question.", "« Écrivez »: who listens"),
    ],
)
def test_a_bad_spoken_answer_is_told(lint_text: Lint, text: str, said: str) -> None:
    assert any(said in fault for fault in lint_text("fr", "spoken", text))


def test_a_label_too_long_for_a_button_is_told(lint_text: Lint) -> None:
    assert "61 characters long" in only(lint_text("fr", "label", "L" * 61))


@pytest.mark.parametrize(("field", "other"), [("question", "modem"), ("label", "modem")])
def test_a_doubled_question_or_label_is_told_however_it_is_typed(folder: Any, field: str, other: str) -> None:
    text = folder.entries[other]["fr"][field]
    folder.entries["price"]["fr"][field] = text.upper().replace("?", "!")
    folder.write()
    assert any("says the same as entry:" in fault for fault in folder.faults())


@pytest.mark.parametrize("language", ["fr", "en"])
def test_an_answer_under_the_wrong_question_is_told(folder: Any, language: str) -> None:
    folder.entries["modem"][language]["answer"] = (
        folder.entries["password"][language]["answer"] + " {{ email }}"
    )
    folder.entries["modem"]["erratum"] = {"fr": "Essai.", "en": "Test."}
    folder.write()
    assert "seems to belong to entry:password" in only(folder.faults())


def test_english_older_than_french_is_told(folder: Any) -> None:
    folder.entries["price"]["fr"]["spoken"] = "Il coûte seulement {{ fee }}."
    folder.write(stamp=False)
    assert "the French has changed since the English was written" in only(folder.faults())


def test_english_never_stamped_is_told(folder: Any) -> None:
    del folder.entries["price"]["en"]["translates"]
    folder.write(stamp=False)
    assert "no `translates` stamp" in only(folder.faults())


def test_a_page_older_than_its_french_is_told(folder: Any) -> None:
    folder.page["fr"]["body"] = "Rien."
    folder.write(stamp=False)
    assert "pages/terms.yml:" in only(folder.faults())


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("related", ["price"], "is related to itself"),
        ("related", ["gone"], "is related to `gone`, which doesn't exist"),
        ("related", ["modem", "modem"], "is related to `modem` twice"),
        ("operation", "fly", "unknown operation `fly`"),
        ("number", 7, "ids.tsv says section compte, number 1"),
        ("colour", "red", "unknown key `colour`"),
        ("number", "one", "`number` must be a whole number"),
        ("related", "modem", "`related` must be a list"),
    ],
)
def test_a_bad_key_of_an_entry_is_told(folder: Any, key: str, value: object, said: str) -> None:
    folder.entries["price"][key] = value
    folder.write()
    assert any(said in fault for fault in folder.faults())


def test_a_missing_twin_and_a_missing_spoken_answer_are_told(folder: Any) -> None:
    del folder.entries["price"]["en"]
    del folder.entries["modem"]["fr"]["spoken"]
    folder.write(stamp=False)
    said = "\n".join(folder.faults())
    assert "price.yml:1: `en` is missing" in said
    assert "modem.yml:5: `fr.spoken` is missing" in said


def test_a_source_id_without_an_entry_is_told(folder: Any) -> None:
    folder.path("contract").unlink()
    assert "ids.tsv:6: `contract` has no entry" in only(folder.faults())


def test_an_entry_without_a_source_id_is_told(folder: Any) -> None:
    folder.edit(folder.root / "ids.tsv", "modem\tcompte\t3\n", "")
    assert "id `modem` is not in ids.tsv" in only(folder.faults())


@pytest.mark.parametrize(
    ("printed", "said"),
    [
        ("Le service coûte 9,99 $ par mois.", "our facts differ from the source's (5,50$, 9,99$)"),
        ("Non. Le service coûte 5,50 $ par mois.", "the source says « Non »"),
        ("Le service coûte 5,50 $. Cliquez ici.", "the source is faulty (dead link"),
    ],
)
def test_a_difference_from_the_source_without_erratum_is_told(folder: Any, printed: str, said: str) -> None:
    folder.entries["price"]["source"]["answer"] = printed
    folder.write()
    assert said in only(folder.faults())


@pytest.mark.parametrize(
    ("fact", "language", "form", "value", "said"),
    [
        ("phone", "fr", "text", "514 555-0124", "isn't what the value +15145550123 says"),
        (
            "phone",
            "en",
            "spoken",
            "five one four, five five five, oh one, thirty",
            "doesn't read as 15145550123",
        ),
        ("email", "en", "text", "help@boreal.example", "isn't what the value aide@boreal.example says"),
        ("fee", "en", "text", "$5.55", "isn't what the value 550 says"),
        ("delay", "fr", "text", "21 jours", "isn't what the value 20 says"),
        ("delay", "fr", "spoken", "20 jours", "must be words only"),
        ("company", "fr", "text", "[Boréal]", "markup in the text"),
    ],
)
def test_a_fact_that_disagrees_with_itself_is_told(
    folder: Any, fact: str, language: str, form: str, value: str, said: str
) -> None:
    folder.facts[fact][language][form] = value
    folder.write()
    assert any(said in fault and "facts.yml:" in fault for fault in folder.faults())


def test_a_fact_that_nothing_uses_is_told(folder: Any) -> None:
    folder.facts["spare"] = folder.facts["company"]
    folder.write()
    assert any("fact `spare` is never used" in fault for fault in folder.faults())


def test_a_telephone_value_that_no_machine_can_dial_is_told(folder: Any) -> None:
    folder.facts["phone"]["value"] = "514 555-0123"
    folder.write()
    assert "doesn't look like a phone value" in only(folder.faults())


def test_all_faults_are_told_at_once(folder: Any) -> None:
    folder.entries["price"]["fr"]["answer"] = "Le service coûte {{ fee }} : tu paies 5 $..."
    folder.entries["modem"]["operation"] = "fly"
    folder.write()
    assert len(folder.faults()) == 6
