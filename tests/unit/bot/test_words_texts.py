"""Texts of operations: filled in, read live, never lost to a broken edit."""

import os
from pathlib import Path

import pytest

from bot.words import WordingError, Writer
from bot.words.labels import buttons
from bot.words.lint import lint_texts
from bot.words.texts import TextStore
from faq import ContentError, ContentStore, load_content

FAQ = ContentStore()
TEXTS = """
utter_ask:
  fr: ["Combien?", "Quel montant?", "Le montant?"]
  en: ["How much?", "What amount?"]
utter_noted:
  fr: "C’est noté : {amount}, le {day}."
  en: "Noted: {amount}, on {day}."
  fr_voice: "« {amount} », le {day}"
  en_voice: "{amount} on {day}"
utter_call:
  fr: Composez le {{ customer_service_phone }}, {name}.
  en: Call {{ customer_service_phone }}, {name}.
utter_receipt:
  fr: "Voici :\\n{changes}\\n\\n**Merci**, {name}."
  en: "Here:\\n{changes}\\n\\n**Thanks**, {name}."
utter_outer: {fr: "Bon. {inner}", en: "Good. {inner}"}
utter_endless: {fr: "{inner}", en: "{inner}"}
utter_bad_fact: {fr: "{{ nothing }}", en: "{{ nothing }}"}
phrase_both: {fr: "les deux", en: "both"}
"""


class Clock:
    """A clock that a test moves."""

    now = 0.0

    def __call__(self) -> float:
        """Each look is a second later."""
        self.now += 1
        return self.now


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of texts with one file."""
    (tmp_path / "a.yml").write_text(TEXTS, encoding="utf-8")
    return tmp_path


@pytest.fixture
def writer(folder: Path) -> Writer:
    """A writer of these texts and the FAQ's facts."""
    return Writer(TextStore(folder, clock=Clock()), FAQ)


def put(path: Path, text: str) -> None:
    """Write a file as an editor would; the clock moves on even on a coarse disk."""
    path.write_text(text, encoding="utf-8")
    later = path.stat().st_mtime + 5
    os.utime(path, (later, later))


VALUES = {"amount": {"cents": 5230}, "day": {"date": "2027-03-01"}}


def test_values_are_filled_in_in_the_language(writer: Writer) -> None:
    assert writer.text("utter_noted", VALUES, "fr") == ("C’est noté : 52,30\u00a0$, le lundi 1er mars 2027.")
    assert writer.text("utter_noted", VALUES, "en") == "Noted: $52.30, on Monday, March 1, 2027."


def test_speech_has_its_own_text_without_marks_or_hard_spaces(writer: Writer) -> None:
    assert writer.text("utter_noted", VALUES, "fr", "voice") == "52,30 $, le 1er mars 2027"
    assert writer.text("utter_ask", {}, "fr", "voice") == "Combien?"


def test_variants_take_turns(writer: Writer) -> None:
    said = [writer.text("utter_ask", {}, "fr", turn=turn) for turn in range(4)]

    assert said == ["Combien?", "Quel montant?", "Le montant?", "Combien?"]
    assert writer.text("utter_ask", {}, "en", turn=3) == "What amount?"


def test_facts_are_links_in_writing_and_words_in_speech(writer: Writer) -> None:
    written = writer.text("utter_call", {"name": "Marie"}, "fr")

    assert "](tel:" in written
    assert not any(c.isdigit() for c in writer.text("utter_call", {"name": "Marie"}, "fr", "voice"))


def test_texts_stand_in_texts(writer: Writer) -> None:
    inner = {"key": "utter_noted", "values": VALUES}

    assert writer.text("utter_outer", {"inner": inner}, "en") == (
        "Good. Noted: $52.30, on Monday, March 1, 2027."
    )
    both = {"any": [{"key": "phrase_both"}, "rien"]}
    assert writer.text("utter_outer", {"inner": both}, "fr") == "Bon. les deux ou rien"


def test_a_list_stands_apart_from_its_paragraph(writer: Writer) -> None:
    values = {"changes": {"lines": ["un", "deux"]}, "name": "Marie"}

    assert writer.text("utter_receipt", values, "fr") == "Voici :\n\n- un\n- deux\n\n**Merci**, Marie."


@pytest.mark.parametrize(
    "name", ["[clic](https://example.com)", "**fort**", "{day}", "{{ company }}", "{{ nothing }}"]
)
def test_what_customers_typed_is_never_markup_nor_a_name(writer: Writer, name: str) -> None:
    said = writer.text("utter_receipt", {"changes": {"lines": [name]}, "name": name}, "fr")

    assert said.replace("\u2060", "").count(name) == 2
    assert said.count("**Merci**") == 1
    assert "](https" not in said
    assert "**fort" not in said


def test_two_masked_addresses_are_not_one_strong_text(writer: Writer) -> None:
    values = {"changes": {"lines": ["a"]}, "name": {"any": [{"email": "m***@a.ca"}, {"email": "n***@b.ca"}]}}

    said = writer.text("utter_receipt", values, "fr")

    assert "m***@a.ca" not in said  # an invisible joiner stands between the stars
    assert said.replace("\u2060", "").endswith("m***@a.ca ou n***@b.ca.")


@pytest.mark.parametrize(
    ("key", "values", "message"),
    [
        ("utter_unknown", {}, "no text utter_unknown"),
        ("utter_noted", {"amount": {"cents": 5}}, "utter_noted: no value day"),
        ("utter_noted", VALUES | {"day": {"hour": 5}}, "utter_noted: no such kind of value: hour"),
        ("utter_bad_fact", {}, "no fact 'nothing'"),
        ("utter_outer", {"inner": {"key": "utter_gone"}}, "no text utter_gone"),
        ("utter_outer", {"inner": {"key": "utter_noted"}}, "no value amount"),
    ],
)
def test_what_cannot_be_written_is_an_error_that_names_the_text(
    writer: Writer, key: str, values: dict[str, object], message: str
) -> None:
    with pytest.raises(WordingError, match=message):
        writer.text(key, values, "fr")


def test_an_edit_shows_and_a_broken_one_does_not(
    writer: Writer, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    put(folder / "a.yml", TEXTS.replace("Combien?", "Combien donc?"))
    edited = writer.text("utter_ask", {}, "fr")
    put(folder / "a.yml", "utter_ask: [broken")
    broken = writer.text("utter_ask", {}, "fr")

    assert (edited, broken) == ("Combien donc?", "Combien donc?")
    assert "a.yml:2" in caplog.text


def test_a_broken_file_keeps_no_other_from_changing(writer: Writer, folder: Path) -> None:
    put(folder / "a.yml", "utter_ask: [broken")
    put(folder / "b.yml", "utter_new: {fr: Nouveau, en: New}")

    assert writer.text("utter_new", {}, "fr") == "Nouveau"
    assert writer.text("utter_ask", {}, "fr") == "Combien?"


def test_texts_of_a_deleted_file_are_gone(writer: Writer, folder: Path) -> None:
    (folder / "a.yml").unlink()

    assert not writer.knows("utter_ask")


def test_a_folder_that_is_broken_from_the_start_is_refused_with_all_its_faults(folder: Path) -> None:
    (folder / "b.yml").write_text("utter_a: {fr: Un}\nOther: {fr: a, en: b}\nutter_c: [a]", encoding="utf-8")

    with pytest.raises(ContentError) as refused:
        TextStore(folder)

    assert [fault.line for fault in refused.value.faults] == [1, 2, 3]


GOOD = "utter_a:\n  fr: Bonjour, vous.\n  en: Hello, you.\n"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("utter_a: {fr: Un}", "`utter_a.en` is missing"),
        ("utter_a: {fr: Un, en: One, es: Uno}", "`utter_a.es` is unknown"),
        ("utter_a: {fr: Un, en: ''}", "must be a text or a list"),
        ("utter_a: {fr: Un, en: [One, 2]}", "must be a text or a list"),
        ("utter_a: {fr: Un, en: []}", "must be a text or a list"),
        ("utter_a: {fr: Un, en: One}\nutter_a: {fr: Un, en: One}", "written twice"),
        ("utter_a: {fr: [Un, Deux], en: One}", "2 variants in French, 1 in English"),
        ("utter_a: {fr: 'Le {day}', en: One}", "only one language has {day}"),
        ("utter_a: {fr: '{{ company }}', en: One}", "only one language has {{ company }}"),
        ("utter_a: {fr: '{{ nobody }}', en: '{{ nobody }}'}", "no fact `nobody`"),
        ("utter_a: {fr: Un, en: One, fr_voice: 'Un {day}'}", "only speech has {day}"),
        ("utter_a: {fr: 'a {Day}', en: 'a {Day}'}", "a brace"),
        ('utter_a: {fr: "L\'un", en: One}', "straight quote"),
        ("utter_a: {fr: 'Voici: un', en: One}", "hard space before :"),
        ("utter_a: {fr: Ton compte, en: Your account}", "vous"),
        ("utter_a: {fr: Votre email, en: Your e-mail}", "courriel"),
        ("utter_a: {fr: Composez le 514 555-0199, en: Call}", "telephone number typed by hand"),
        ("greeting: {fr: Un, en: One}", "keys are utter_"),
        ("utter_a: {fr: Choisissez ci-dessous, en: Choose}", "utter_a.fr: « ci-dessous » is heard"),
        ("utter_a: {fr: Choisissez, en: Choose below, en_voice: Click it}", "utter_a.en_voice: « Click » is"),
        ("utter_a: {fr: Un, en: One, fr_voice: Voyez www.boreal.example}", "« www.boreal.example » is heard"),
        (
            "utter_a: {fr: 'Au {{ customer_service_phone }}', en: 'At {{ customer_service_phone }}'}",
            "a caller hears `customer_service_phone`: write a en_voice that offers 0",
        ),
    ],
)
def test_the_linter_finds(tmp_path: Path, text: str, fault: str) -> None:
    (tmp_path / "a.yml").write_text(text, encoding="utf-8")

    assert fault in "\n".join(map(str, lint_texts(tmp_path, load_content())))


def test_the_linter_finds_a_key_in_two_files_and_is_quiet_otherwise(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text(GOOD, encoding="utf-8")
    assert lint_texts(tmp_path, load_content()) == []

    (tmp_path / "b.yml").write_text(GOOD, encoding="utf-8")

    assert ["also stands in a.yml" in str(fault) for fault in lint_texts(tmp_path, load_content())] == [True]


def test_what_only_readers_get_may_speak_to_the_eye(tmp_path: Path) -> None:
    text = (
        "utter_a: {fr: Voyez ci-dessous, en: See below, fr_voice: Voyez, en_voice: Choose one above zero}\n"
    )
    (tmp_path / "a.yml").write_text(text, encoding="utf-8")

    assert lint_texts(tmp_path, load_content()) == []


def test_choices_become_buttons_in_the_language(writer: Writer, caplog: pytest.LogCaptureFixture) -> None:
    choices = [
        {"label": {"date": "2027-03-01"}, "choice": 'day:"1"'},
        {"intent": "op_human"},
        {"intent": "faq_cost"},
        {"intent": "deny", "label": {"fr": "Non", "en": "No"}},
        {"intent": "nothing_known"},
        {"label": {"strange": 1}, "choice": "x"},
        {"label": "a"},
    ]

    made = buttons(choices, "en", writer, FAQ.current())

    assert made[0] == {"title": "Monday, March 1, 2027", "payload": '/choose{"choice": "day:\\"1\\""}'}
    assert [button["payload"] for button in made[1:]] == ["/op_human", "/faq_cost", "/deny"]
    assert made[3]["title"] == "No"
    assert caplog.text.count("a button left out") == 3
