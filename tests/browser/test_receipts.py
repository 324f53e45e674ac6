"""Confirmations, receipts and payment links: what is shown, what can be done with it, and once only."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.chat import Chat
from tests.browser.stack import Stack
from tests.browser.words import CHOICES, NUMBER, PAY_LINK, assistant
from tests.fakes.backend import PASSWORD, PDF

LANGUAGES = ["fr", "en"]
FILES = {"fr": f"recu-{NUMBER}.pdf", "en": f"receipt-{NUMBER}.pdf"}
DOWNLOAD = {"fr": "Télécharger le PDF", "en": "Download the PDF"}


@pytest.fixture
def spoken(chat: Chat, stack: Stack) -> Chat:
    """The assistant, open, with one behind it that knows the words."""
    stack.rasa.script = assistant("fr")
    return chat.open()


def signed_in(chat: Chat) -> None:
    """Sign in by the card."""
    chat.ask("sign in")
    chat.panel.locator("#user-id").fill("marie")
    chat.panel.locator("#password").fill(PASSWORD)
    chat.panel.locator("#password").press("Enter")
    expect(chat.panel.locator(".card-line.done")).to_be_visible()


def receipt(chat: Chat) -> Locator:
    """The receipt's card."""
    return chat.panel.locator(".receipt")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_receipt_tells_everything_and_can_be_kept(
    chat: Chat, stack: Stack, language: str, tmp_path: Path
) -> None:
    stack.rasa.script = assistant(language)
    chat.page.goto(f"/{language}/")
    chat.open()
    signed_in(chat)
    chat.ask("done")
    card = receipt(chat)
    expect(card).to_have_attribute("lang", language)
    expect(card.locator(".number")).to_contain_text(re.compile(r"4821\s0937\s5562"))
    expect(card.get_by_role("table")).to_be_visible()
    assert (
        card.get_by_role("columnheader").all_inner_texts()
        == {
            "fr": ["Avant", "Après"],
            "en": ["Before", "After"],
        }[language]
    )
    expect(card).to_contain_text("m***@example.ca")
    with chat.page.expect_download() as saving:
        card.get_by_role("button", name=DOWNLOAD[language]).click()
    assert saving.value.suggested_filename == FILES[language]
    file = tmp_path / "receipt.pdf"
    saving.value.save_as(file)
    assert file.read_bytes() == PDF + language.encode()


def test_the_token_of_the_conversation_is_in_no_address(spoken: Chat) -> None:
    signed_in(spoken)
    spoken.ask("done")
    with spoken.page.expect_request(re.compile(r"\.pdf")) as asking:
        receipt(spoken).locator(".download button").click()
    token = spoken.page.evaluate("() => JSON.parse(localStorage['assistant-chat:conversation']).token")
    assert asking.value.headers["authorization"] == f"Bearer {token}"
    assert token not in asking.value.url


def test_a_download_that_fails_says_so_and_is_tried_again(spoken: Chat, stack: Stack) -> None:
    signed_in(spoken)
    spoken.ask("done")
    spoken.listen()
    stack.backend.status, stack.backend.delay = 500, 0.5
    button = receipt(spoken).locator(".download button")
    button.click()
    expect(button).to_have_text("Téléchargement en cours…")
    expect(receipt(spoken).locator(".problem")).to_have_text(
        "Le PDF n’a pas pu être téléchargé.", timeout=20_000
    )
    expect(button).to_be_focused()
    said = [piece["text"] for entry in spoken.heard() for piece in entry]
    assert said.count("Le PDF n’a pas pu être téléchargé.") == 1
    stack.backend.status, stack.backend.delay = 200, 0.0
    with spoken.page.expect_download():
        button.click()
    expect(receipt(spoken).locator(".problem")).to_have_count(0)


def test_without_a_session_the_way_to_one_is_told(spoken: Chat) -> None:
    spoken.ask("done")
    receipt(spoken).locator(".download button").click()
    expect(receipt(spoken).locator(".problem")).to_contain_text("Votre session est terminée.")


def test_the_number_is_copied(spoken: Chat) -> None:
    spoken.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    spoken.ask("done")
    spoken.listen()
    spoken.reply("Copier le numéro du reçu").click()
    expect(spoken.reply("Numéro copié")).to_be_visible()
    assert spoken.page.evaluate("() => navigator.clipboard.readText()") == NUMBER
    assert [piece["text"] for piece in spoken.heard()[-1]] == ["Numéro copié"]


def test_a_confirmation_is_sent_once_and_its_buttons_are_past(spoken: Chat, stack: Stack) -> None:
    stack.rasa.delay = 0.4
    spoken.ask("confirm")
    yes, no, later = (spoken.reply(title) for title in CHOICES["fr"])
    for button in (yes, no, later):
        expect(button).to_be_in_viewport(ratio=0.9)
    yes.dblclick()
    expect(receipt(spoken)).to_be_visible()
    assert [said for said in stack.rasa.said if said.startswith("/choose")] == ['/choose{"choice": "yes"}']
    for button in (yes, no, later):
        expect(button).to_have_attribute("aria-disabled", "true")
        expect(button).to_have_attribute("tabindex", "-1")
    no.click(force=True)
    spoken.page.wait_for_timeout(300)
    assert len(stack.rasa.said) == 2


def test_a_payment_page_opens_apart_and_who_comes_back_goes_on_writing(spoken: Chat) -> None:
    context, page = spoken.page.context, spoken.page
    context.route(
        "https://pay.example/**", lambda route: route.fulfill(body="<!doctype html><title>Payer</title>")
    )
    spoken.ask("pay")
    link = spoken.panel.get_by_role("link", name=re.compile(re.escape(PAY_LINK["fr"])))
    expect(link).to_have_accessible_name(re.compile(r"\(nouvel onglet\)$"))
    expect(link).to_have_attribute("rel", re.compile("noopener"))
    with context.expect_page() as opening:
        link.click()
    assert opening.value.evaluate("() => window.opener") is None
    expect(link).to_be_focused()
    opening.value.close()
    page.evaluate("() => document.dispatchEvent(new Event('visibilitychange'))")
    expect(spoken.composer).to_be_focused()
    spoken.reply("J’ai payé").click()
    spoken.expect_answer("…")


def test_coming_back_without_having_followed_a_link_leaves_the_focus_alone(spoken: Chat) -> None:
    close = spoken.panel.get_by_role("button", name="Fermer")
    close.focus()
    spoken.page.evaluate("() => document.dispatchEvent(new Event('visibilitychange'))")
    expect(close).to_be_focused()
