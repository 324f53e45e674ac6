"""Between the page and the telephone: a code to dial, and a caller's conversation gone on with here."""

import re
import uuid
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Locator, ViewportSize, expect

from gateway.voice.keys import CODES
from tests.browser.chat import Chat
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.stack import Stack
from tests.browser.test_accessibility import faults

IDENTITY = "() => JSON.parse(localStorage.getItem('assistant-chat:conversation')).id"


@pytest.fixture
def elsewhere(context: BrowserContext, stack: Stack) -> Iterator[Chat]:
    """Another customer's conversation, which a call goes on with."""
    other = context.browser
    assert other is not None
    away = other.new_context(base_url=stack.url, locale="fr-CA")
    page = away.new_page()
    page.goto("/fr/")
    caller = Chat(page).open()
    caller.ask("je veux signaler un paiement")
    caller.expect_answer("echo: je veux signaler un paiement")
    yield caller
    away.close()


def conversation(chat: Chat) -> uuid.UUID:
    return uuid.UUID(chat.page.evaluate(IDENTITY))


def field(chat: Chat) -> Locator:
    return chat.panel.get_by_label("Code reçu au téléphone, pour continuer ici")


def test_the_code_that_is_shown_is_this_conversations(chat: Chat, stack: Stack) -> None:
    chat.open().reply("Par téléphone").press("Enter")
    expect(chat.reply("Obtenir un code")).to_be_focused()
    chat.reply("Obtenir un code").press("Enter")

    told = chat.panel.locator(".dial")
    expect(told).to_contain_text("faites le 3")
    expect(told).to_be_focused()
    digits = re.sub(r"\D", "", (told.text_content() or "").partition("code")[2])

    chat.panel.get_by_role("button", name="Fermer", exact=True).press("Enter")
    expect(chat.reply("Par téléphone")).to_be_focused()
    assert stack.run(stack.gateway[CODES].use(digits, "phone", tried_by="a caller")) == conversation(chat)


def test_a_callers_conversation_goes_on_here_and_a_wrong_code_changes_nothing(
    chat: Chat, elsewhere: Chat, stack: Stack
) -> None:
    theirs = conversation(elsewhere)
    code = stack.run(stack.gateway[CODES].make(theirs, "page")).digits
    wrong = "000000" if code != "000000" else "000001"
    chat.open().listen()
    chat.reply("Par téléphone").click()
    field(chat).fill("12")
    field(chat).press("Enter")
    expect(chat.panel.locator("#phone-problem")).to_have_text("Entrez les six chiffres du code.")
    field(chat).fill(wrong)
    field(chat).press("Enter")
    expect(chat.panel.locator("#phone-problem")).to_contain_text("n’est pas bon")
    expect(field(chat)).to_be_focused()
    assert conversation(chat) != theirs

    field(chat).fill(f"{code[:3]} {code[3:]}")
    field(chat).press("Enter")

    expect(chat.questions.last).to_contain_text("je veux signaler un paiement")
    assert conversation(chat) == theirs
    expect(chat.composer).to_be_focused()
    chat.page.reload()
    chat.ask("50 $")
    chat.expect_answer("echo: 50 $")
    assert stack.rasa.asked[-1]["sender"] == str(theirs)


@pytest.mark.parametrize("size", [pytest.param(DESKTOP, id="desktop"), pytest.param(PHONE, id="phone")])
def test_it_is_accessible_and_fits(chat: Chat, size: ViewportSize) -> None:
    chat.page.set_viewport_size(size)
    chat.open().reply("Par téléphone").click()
    chat.reply("Obtenir un code").click()
    field(chat).fill("1")
    field(chat).press("Enter")
    expect(chat.panel.locator("#phone-problem")).to_be_visible()

    assert faults(chat.page) == []
    assert chat.panel.evaluate("panel => panel.scrollWidth <= panel.clientWidth")
