"""The telephone in the browser: a call by keys and words, spoken and shown; axe finds nothing."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, ViewportSize, expect

from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.stack import Stack
from tests.browser.test_accessibility import faults
from tests.fakes.rasa import message

TOKEN = "the-token-of-a-telephone"
WORDS = {
    "fr": ("Appeler", "Raccrocher", "Ce que vous dites", "Dire", "Touche 1", "Que puis-je faire pour vous?"),
    "en": ("Call", "Hang up", "What you say", "Say", "Key 2", "What can I do for you?"),
}
MENU = {  # what a key is called, the menu, and one of its topics
    "fr": ("Touche", "Voici le menu.", "faites votre choix"),
    "en": ("Key", "Here is the menu.", "make your choice"),
}


@pytest.fixture
def stack_settings() -> dict[str, Any]:
    """The telephone is allowed; the key of Twilio's name holds the token."""
    return {"TWILIO_AUTH_TOKEN": TOKEN, "voice_softphone": True, "desk_hours": "Mo-Su 00:00-23:59"}


def phone_page(context: BrowserContext, stack: Stack, language: str, size: ViewportSize = DESKTOP) -> Page:
    page = context.new_page()
    page.set_viewport_size(size)
    page.goto(f"{stack.url}/softphone")
    page.get_by_role("combobox").select_option(language)
    return page


@pytest.mark.parametrize("size", [pytest.param(DESKTOP, id="desktop"), pytest.param(PHONE, id="phone")])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_call_by_keys_and_words(
    context: BrowserContext, stack: Stack, language: str, size: ViewportSize, tmp_path: Path
) -> None:
    call, hang_up, say_label, say, key, opening = WORDS[language]
    stack.rasa.script = lambda _: {"language": language, "messages": [message("Réponse / Answer", language)]}
    page = phone_page(context, stack, language, size)
    assert faults(page) == []

    page.get_by_role("button", name=call, exact=True).click()
    told = page.get_by_role("log")
    expect(told).to_contain_text("press 2", timeout=15_000)
    page.get_by_role("button", name=key, exact=True).click()
    expect(told).to_contain_text(opening, timeout=15_000)
    page.get_by_label(say_label).fill("solde")
    page.get_by_role("button", name=say, exact=True).click()

    expect(told).to_contain_text("Réponse / Answer", timeout=15_000)
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.screenshot(path=tmp_path / "softphone.png", full_page=True)
    page.get_by_role("button", name=hang_up, exact=True).click()
    expect(page.get_by_role("button", name=call, exact=True)).to_be_visible()


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_menu_by_keys_alone(context: BrowserContext, stack: Stack, language: str, tmp_path: Path) -> None:
    name, menu, payments = MENU[language]
    stack.rasa.script = lambda _: {"language": language, "messages": [message("Réponse / Answer", language)]}
    page = phone_page(context, stack, language, PHONE)
    page.get_by_role("button", name=WORDS[language][0], exact=True).click()
    told = page.get_by_role("log")
    expect(told).to_contain_text("press 2", timeout=15_000)
    language_key = WORDS[language][4].removeprefix(f"{name} ")
    for key, heard in ((language_key, WORDS[language][5]), ("8", menu), ("2", payments)):
        page.get_by_role("button", name=f"{name} {key}", exact=True).click()
        expect(told).to_contain_text(heard, timeout=15_000)
    assert faults(page) == []
    page.screenshot(path=tmp_path / "menu.png", full_page=True)

    page.get_by_role("button", name=f"{name} 1", exact=True).click()

    expect(told).to_contain_text("Réponse / Answer", timeout=15_000)
    assert stack.rasa.said == ["/op_report_payment"]


def test_a_caller_with_a_number_may_have_the_language_remembered(
    context: BrowserContext, stack: Stack
) -> None:
    page = phone_page(context, stack, "fr")
    page.get_by_label("Votre numéro (facultatif)").fill("514 555-0142")
    page.get_by_role("button", name="Appeler", exact=True).click()
    told = page.get_by_role("log")
    expect(told).to_contain_text("press 2", timeout=15_000)
    page.get_by_role("button", name="Touche 1", exact=True).click()
    expect(told).to_contain_text("retienne le français", timeout=15_000)

    page.get_by_role("button", name="Touche 1", exact=True).click()

    expect(told).to_contain_text("C’est retenu.", timeout=15_000)
