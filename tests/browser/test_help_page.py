"""The help page: complete without script, quicker with it."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.chat import Chat
from tests.browser.stack import Stack


@pytest.mark.parametrize("language", ["fr", "en"])
def test_everything_can_be_read_without_script(chromium: Browser, stack: Stack, language: str) -> None:
    context = chromium.new_context(base_url=stack.url, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"/{language}/")
    entries = page.locator(".faq-entry")
    assert entries.count() >= 40
    for entry in (entries.first, entries.last):
        expect(entry.locator("p").first).to_be_visible()
    expect(page.locator("form.search")).to_be_hidden()
    expect(page.locator('#contact a[href^="tel:"]')).to_be_visible()
    context.close()


def test_the_search_finds_words_without_their_accents(page: Page) -> None:
    page.goto("/fr/")
    page.get_by_role("searchbox").fill("ALPHANUMERIQUE")
    shown = page.locator(".faq-entry:visible")
    expect(page.locator("#alphanumeric")).to_be_visible()
    assert 1 <= shown.count() < 10
    expect(page.get_by_role("status")).to_contain_text("question")
    page.get_by_role("searchbox").fill("")
    assert shown.count() >= 40


def test_what_the_search_does_not_find_is_handed_to_the_assistant(page: Page) -> None:
    page.goto("/fr/")
    page.get_by_role("searchbox").fill("panne de zzz")
    expect(page.get_by_role("status")).to_contain_text("Aucune question")
    page.get_by_role("button", name="Poser la question à l’assistant").click()
    expect(Chat(page).composer).to_have_value("panne de zzz")
    expect(Chat(page).composer).to_be_focused()


def test_a_link_to_a_hidden_entry_shows_it(page: Page) -> None:
    page.goto("/fr/")
    page.get_by_role("searchbox").fill("alphanumérique")
    expect(page.locator("#cost")).to_be_hidden()
    page.evaluate("() => { location.hash = '#cost' }")
    expect(page.locator("#cost")).to_be_visible()


def test_another_site_needs_one_script_tag(page: Page, stack: Stack) -> None:
    page.route(
        "**/embed.html",
        lambda route: route.fulfill(
            content_type="text/html",
            body="<!doctype html><html lang=fr><title>t</title><body>"
            '<script type="module" src="/static/assistant-chat.js" data-auto data-lang="en" '
            'data-phone="+18005550100" data-phone-label="1-800-555-0100"></script>',
        ),
    )
    page.goto("/embed.html")
    chat = Chat(page).open()
    chat.ask("hello")
    chat.expect_answer("echo: hello")
    link = chat.panel.get_by_role("link", name="1-800-555-0100")
    expect(link).to_have_attribute("href", "tel:+18005550100")
