"""Signing in beside the conversation: what is typed has a door of its own, and the conversation goes on."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, Request, expect

from tests.browser.chat import Chat
from tests.browser.conftest import PHONE
from tests.browser.stack import Stack
from tests.browser.words import assistant
from tests.fakes.backend import PASSWORD
from tests.fakes.rasa import message

STORED = "() => JSON.stringify([{...localStorage}, {...sessionStorage}])"


@pytest.fixture
def asked(chat: Chat, stack: Stack) -> Chat:
    """The assistant, open, with a sign-in card in it."""
    stack.rasa.script = assistant("fr")
    chat.open().ask("sign in")
    expect(user_id(chat)).to_be_visible()
    return chat


def user_id(chat: Chat) -> Locator:
    """The field for the user id of the one card that can be filled in."""
    return chat.panel.get_by_label("Identifiant", exact=True)


def password(chat: Chat) -> Locator:
    """The field for the password."""
    return chat.panel.get_by_label("Mot de passe", exact=True)


def sign_in(chat: Chat, secret: str = PASSWORD) -> None:
    """Fill the card in and send it with the keyboard."""
    user_id(chat).fill("marie")
    password(chat).fill(secret)
    password(chat).press("Enter")


def test_the_whole_way_in_by_keyboard_and_the_conversation_goes_on(asked: Chat, stack: Stack) -> None:
    expect(user_id(asked)).to_be_focused()
    asked.page.keyboard.type("marie")
    asked.page.keyboard.press("Tab")
    asked.page.keyboard.type(PASSWORD)
    asked.page.keyboard.press("Enter")
    asked.expect_answer("Merci, Marie.")
    expect(asked.panel.locator(".card-line")).to_have_text("Connexion réussie.")
    expect(asked.panel.locator("form.sign-in")).to_have_count(0)
    expect(asked.composer).to_be_focused()
    assert stack.rasa.said == ["sign in", "/signed_in"]
    expect(asked.questions).to_have_count(1)


def test_the_password_is_in_one_request_only_and_kept_nowhere(
    asked: Chat, stack: Stack, page: Page, tmp_path: Path
) -> None:
    sent: list[Request] = []
    page.on("request", lambda request: sent.append(request))
    sign_in(asked, "wrong-secret")
    expect(password(asked)).to_have_value("")
    expect(asked.panel.locator("#password-problem")).to_be_visible()
    sign_in(asked)
    asked.expect_answer("Merci, Marie.")
    for secret in ("wrong-secret", PASSWORD):
        carriers = [request.url for request in sent if secret in request.url + (request.post_data or "")]
        assert [url.rsplit("/", 1)[-1] for url in carriers] == ["sign-in"]
        assert secret not in page.evaluate(STORED)
        assert secret not in page.evaluate(
            "() => document.querySelector('assistant-chat').shadowRoot.innerHTML"
        )
        assert secret.encode() not in b"".join(file.read_bytes() for file in tmp_path.glob("gateway.db*"))
    assert "marie" not in page.evaluate(STORED)


def test_what_went_wrong_is_said_beside_the_field_and_aloud(asked: Chat) -> None:
    asked.listen()
    sign_in(asked, "wrong")
    problem = asked.panel.locator("#password-problem")
    expect(problem).to_have_text(re.compile(r"incorrect. Il vous reste 2\s+essais."))
    expect(password(asked)).to_be_focused()
    expect(password(asked)).to_have_attribute("aria-invalid", "true")
    expect(password(asked)).to_have_attribute("aria-describedby", "password-problem")
    expect(user_id(asked)).to_have_value("marie")
    asked.page.wait_for_timeout(200)
    assert sum("Il vous reste 2" in piece["text"] for entry in asked.heard() for piece in entry) == 1


def test_a_lock_tells_how_long_it_lasts(asked: Chat, stack: Stack) -> None:
    stack.backend.failures["marie"] = 3
    sign_in(asked)
    expect(asked.panel.locator("#sign-in-problem")).to_have_text(re.compile(r"pendant encore 15\s+minutes"))
    tried = len(stack.backend.calls)
    sign_in(asked)
    asked.page.wait_for_timeout(300)
    assert len(stack.backend.calls) == tried


def test_a_service_that_is_down_can_be_tried_again(asked: Chat, stack: Stack) -> None:
    stack.backend.status = 500
    sign_in(asked)
    expect(asked.panel.locator("#sign-in-problem")).to_contain_text("ne répond pas", timeout=20_000)
    stack.backend.status = 200
    password(asked).fill(PASSWORD)
    asked.reply("Réessayer").click()
    asked.expect_answer("Merci, Marie.")


def test_progress_is_shown_and_a_second_press_sends_nothing(asked: Chat, stack: Stack) -> None:
    stack.backend.delay = 1.0
    sign_in(asked)
    button = asked.panel.locator("form.sign-in [type=submit]")
    expect(button).to_have_text("Connexion en cours…")
    expect(button).to_have_attribute("aria-disabled", "true")
    button.click(force=True)
    asked.expect_answer("Merci, Marie.")
    assert len(stack.backend.opened) == 1


def test_empty_fields_are_not_sent(asked: Chat, stack: Stack) -> None:
    user_id(asked).press("Enter")
    expect(asked.panel.locator("#user-id-problem")).to_have_text("Entrez votre identifiant.")
    user_id(asked).fill("marie")
    user_id(asked).press("Enter")
    expect(asked.panel.locator("#password-problem")).to_have_text("Entrez votre mot de passe.")
    expect(password(asked)).to_be_focused()
    assert stack.backend.calls == []


def test_the_password_can_be_shown_and_is_hidden_again_when_it_is_sent(asked: Chat) -> None:
    password(asked).fill("wrong")
    asked.reply("Afficher le mot de passe").click()
    expect(password(asked)).to_have_attribute("type", "text")
    sign_in(asked, "wrong")
    expect(asked.panel.locator("#password-problem")).to_be_visible()
    expect(password(asked)).to_have_attribute("type", "password")


def test_the_composer_stays_usable_and_escape_leads_to_it(asked: Chat) -> None:
    password(asked).fill("half")
    password(asked).press("Escape")
    expect(asked.composer).to_be_focused()
    expect(asked.panel).to_be_visible()
    asked.ask("autre chose")
    asked.expect_answer("…")
    expect(password(asked)).to_have_value("half")
    expect(asked.composer).to_be_focused()


def test_only_the_newest_card_can_be_filled_in(asked: Chat) -> None:
    asked.ask("sign in")
    expect(asked.panel.locator(".card-line")).to_have_text("Ce formulaire de connexion n’est plus actif.")
    expect(user_id(asked)).to_have_count(1)
    sign_in(asked)
    expect(asked.panel.locator(".card-line")).to_have_text(["Connexion réussie."] * 2)


def test_a_card_does_not_take_the_focus_from_who_writes_or_is_elsewhere(chat: Chat, stack: Stack) -> None:
    stack.rasa.script = assistant("fr")
    stack.rasa.delay = 0.6
    chat.open().ask("sign in")
    chat.composer.press_sequentially("je continue")
    expect(user_id(chat)).to_be_visible()
    expect(chat.composer).to_be_focused()
    chat.composer.fill("")
    chat.ask("sign in")
    chat.panel.get_by_role("button", name="Fermer").focus()
    expect(chat.panel.locator(".card-line")).to_have_count(1)
    expect(chat.panel.get_by_role("button", name="Fermer")).to_be_focused()


def test_who_is_signed_in_can_sign_out_also_after_a_reload(asked: Chat, stack: Stack) -> None:
    menu = asked.panel.locator("summary")
    expect(menu).to_have_count(0)
    sign_in(asked)
    asked.expect_answer("Merci, Marie.")
    asked.page.reload()
    menu.focus()
    asked.page.keyboard.press("Enter")
    expect(asked.reply("Se déconnecter")).to_be_visible()
    asked.page.keyboard.press("Escape")
    expect(menu).to_be_focused()
    expect(asked.panel).to_be_visible()
    asked.page.keyboard.press("Enter")
    asked.page.keyboard.press("Tab")
    asked.page.keyboard.press("Enter")
    asked.expect_answer("À bientôt!")
    expect(menu).to_have_count(0)
    expect(asked.composer).to_be_focused()
    assert stack.backend.sessions == {}
    expect(asked.panel.locator("form.sign-in")).to_have_count(0)


def test_a_new_conversation_signs_out_of_the_old_one(asked: Chat, stack: Stack) -> None:
    sign_in(asked)
    asked.expect_answer("Merci, Marie.")
    asked.reply("Nouvelle conversation").click()
    with asked.page.expect_response(re.compile("/sign-out$")):
        asked.reply("Oui, effacer").click()
    assert stack.backend.sessions == {}
    expect(asked.panel.locator("summary")).to_have_count(0)


def test_every_tab_knows_who_is_signed_in(asked: Chat) -> None:
    other = Chat(asked.page.context.new_page())
    other.page.goto("/fr/")
    other.open()
    expect(user_id(other)).to_be_visible()
    sign_in(asked)
    expect(other.panel.locator(".card-line")).to_have_text("Connexion réussie.")
    expect(other.panel.locator("summary")).to_be_visible()


def test_what_was_offered_before_signing_in_is_past(chat: Chat, stack: Stack) -> None:
    choices = [{"title": "Plus tard", "payload": "/later"}]
    stack.rasa.script = lambda turn: {
        "language": "fr",
        "messages": [
            message("Merci, Marie.", "fr")
            if turn["message"] == "/signed_in"
            else message("Connectez-vous.", "fr", card={"kind": "sign_in"}, buttons=choices)
        ],
    }
    chat.open().ask("adresse")
    expect(chat.reply("Plus tard")).not_to_have_attribute("aria-disabled", "true")
    sign_in(chat)
    chat.expect_answer("Merci, Marie.")
    expect(chat.reply("Plus tard")).to_have_attribute("aria-disabled", "true")


def test_forgotten_words_lead_to_the_answer(asked: Chat, page: Page) -> None:
    link = asked.panel.get_by_role("link", name="Identifiant ou mot de passe oublié?")
    link.click()
    expect(page).to_have_url(re.compile(r"/fr/#forgot_credentials$"))
    expect(page.locator("#forgot_credentials")).to_be_in_viewport()
    expect(asked.panel).to_be_visible()


def test_a_cut_wire_is_said_and_nothing_is_lost(asked: Chat, stack: Stack) -> None:
    stack.cut()
    sign_in(asked)
    expect(asked.panel.locator("#sign-in-problem")).to_contain_text("Vérifiez votre connexion Internet")
    stack.mend()
    sign_in(asked)
    asked.expect_answer("Merci, Marie.")


def test_on_a_small_screen_the_card_keeps_the_tab_key(chat: Chat, page: Page, stack: Stack) -> None:
    page.set_viewport_size(PHONE)
    stack.rasa.script = assistant("fr")
    chat.open().ask("sign in")
    sign_in(chat)
    chat.expect_answer("Merci, Marie.")
    for _ in range(12):
        page.keyboard.press("Tab")
        assert page.evaluate("() => document.activeElement.localName") == "assistant-chat"
