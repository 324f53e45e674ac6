"""The real content: whole, in both languages, faithful to the printed FAQ, and free of faults."""

from __future__ import annotations

from pathlib import Path

import pytest

from faq import CONTENT_ROOT, LANGUAGES, Content, load_content
from faq.lint import lint_content
from faq.render import to_html
from faq.source_text import named, read_ids, read_printed

PRINTED = Path(__file__).parents[2] / "data" / "source_faq_fr.txt"
CONTENT = load_content()
ALL = [(entry_id, language) for entry_id in CONTENT.entries for language in LANGUAGES]


@pytest.fixture
def content() -> Content:
    return CONTENT


def test_the_real_content_lints_clean() -> None:
    assert [str(fault) for fault in lint_content()] == []


def test_every_printed_question_has_its_entry(content: Content) -> None:
    rows = read_ids(CONTENT_ROOT / "ids.tsv")

    assert [row["id"] for row in rows] == list(content.entries)
    assert len(content.entries) == 43


def test_the_source_is_kept_word_for_word(content: Content) -> None:
    printed = named(read_printed(PRINTED), read_ids(CONTENT_ROOT / "ids.tsv"))
    kept = {entry.id: (entry.source.question, entry.source.answer) for entry in content.entries.values()}
    second = content.entries["ebill_viewing"]

    for item in printed.items:
        name = (
            second.id
            if item.number == second.also_number and item.section == printed.items[-1].section
            else item.name
        )
        assert kept[name] == (item.question, item.answer)
    assert len(printed.items) == 44


@pytest.mark.parametrize(("entry_id", "language"), ALL)
def test_an_answer_is_ready_for_every_channel(content: Content, entry_id: str, language: str) -> None:
    written = content.answer(entry_id, language)
    heard = content.answer(entry_id, language, "voice")

    assert written.faq_id == heard.faq_id == entry_id
    assert written.version == heard.version == content.version(entry_id, language)
    assert len(written.version) == 10
    assert written.title.endswith("?")
    for text in (written.text, heard.text, written.title):
        assert text
        assert not set("{}[]*") & set(text)
    assert not set("0123456789@\u00a0«»") & set(heard.text)


@pytest.mark.parametrize(("entry_id", "language"), ALL)
def test_every_link_of_an_answer_can_be_followed(content: Content, entry_id: str, language: str) -> None:
    markdown = content.text(entry_id, language).answer

    assert to_html(markdown, content.resolver(language)).count("<a href=") == markdown.count("](")


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_are_found_by_their_address_and_every_link_leads_on(content: Content, language: str) -> None:
    for page_id in content.pages:
        page = content.page(page_id, language)
        assert content.page_by_slug(language, page.slug) == page
        assert to_html(page.body, content.resolver(language)).count("<a href=") == page.body.count("](")
    assert content.page_by_slug(language, "gone") is None
    assert content.resolver("fr")("page:benefits") == "/fr/avantages"
    assert content.resolver("en", "/{language}/help/{id}")("entry:cost") == "/en/help/cost"


def test_telephones_and_addresses_are_links_when_written_and_words_when_spoken(content: Content) -> None:
    fact = content.facts["customer_service_phone"]
    written = content.answer("autopay_cancel", "fr")

    assert f"]({fact.href()})" in written.markdown
    assert fact.texts["fr"].text in written.text
    assert "](mailto:" in written.markdown
    assert content.fill("{{ customer_service_phone }}", "en", "spoken") == fact.texts["en"].spoken


def test_an_unknown_entry_or_language_is_a_key_error(content: Content) -> None:
    with pytest.raises(KeyError):
        content.answer("gone", "fr")
    with pytest.raises(KeyError):
        content.answer("cost", "de")


@pytest.mark.parametrize(
    ("entry_id", "words"),
    [
        ("ebill_deleted", "envoyée de nouveau"),
        ("ebill_change_email", "inscrivez votre nouvelle adresse"),
        ("ebill_business_recipient", "entreprise"),
        ("ebill_back_to_paper_how", "compte d’affaires"),
        ("ebill_and_paper", "sans frais"),
        ("payment_security", "TLS"),
        ("ebill_viewing", "lecteur de PDF"),
    ],
)
def test_the_faults_of_the_source_are_mended_and_explained(
    content: Content, entry_id: str, words: str
) -> None:
    assert words in content.answer(entry_id, "fr").text
    assert content.entries[entry_id].erratum


def test_sections_list_their_entries_in_order(content: Content) -> None:
    assert [len(content.in_section(name)) for name in content.sections] == [19, 15, 9]
    assert content.in_section("facture")[0].id == "ebill_enrol_how"
