"""Everything can be done with the keyboard alone, and the focus is where one expects it."""

from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.chat import Chat
from tests.browser.conftest import PHONE
from tests.browser.stack import Stack
from tests.fakes.rasa import message

FOCUSED = """() => {
  const inner = document.activeElement?.shadowRoot?.activeElement;
  return (inner ?? document.activeElement)?.textContent?.trim().replace(/\\s+/g, " ") ?? "";
}"""


def focused(page: Page) -> str:
    """What has the focus, by its words."""
    words: str = page.evaluate(FOCUSED)
    return words


def tab_to(page: Page, words: str, *, key: str = "Tab", limit: int = 200) -> None:
    """Press Tab until something with these words has the focus."""
    for _ in range(limit):
        page.keyboard.press(key)
        if words in focused(page):
            return
    raise AssertionError(f"no way to {words!r} by keyboard")


def test_a_whole_conversation_without_a_mouse(chat: Chat, page: Page, stack: Stack) -> None:
    choices = [{"title": "Oui", "payload": "/yes"}, {"title": "Non", "payload": "/no"}]

    def answer(turn: dict[str, Any]) -> dict[str, Any]:
        buttons = choices if turn["message"] == "question" else []
        return {"language": "fr", "messages": [message(f"echo: {turn['message']}", buttons=buttons)]}

    stack.rasa.script = answer
    page.keyboard.press("Shift+Tab")
    if "Poser une question" not in focused(page):
        tab_to(page, "Poser une question")
    page.keyboard.press("Enter")
    expect(chat.composer).to_be_focused()
    expect(chat.launcher).to_have_attribute("aria-expanded", "true")
    expect(chat.answers).to_have_count(1)
    page.keyboard.type("question")
    page.keyboard.press("Enter")
    chat.expect_answer("echo: question")
    expect(chat.composer).to_be_focused()
    tab_to(page, "Non", key="Shift+Tab", limit=6)
    page.keyboard.press("Enter")
    chat.expect_answer("echo: /no")
    assert "Non" in focused(page)
    page.keyboard.press("Escape")
    expect(chat.panel).to_be_hidden()
    expect(chat.launcher).to_be_focused()
    expect(chat.launcher).to_have_attribute("aria-expanded", "false")


def test_an_answer_never_moves_the_focus(chat: Chat, page: Page, stack: Stack) -> None:
    stack.rasa.delay = 0.3
    chat.open().ask("un")
    chat.panel.get_by_role("button", name="Fermer").focus()
    chat.expect_answer("echo: un")
    expect(chat.panel.get_by_role("button", name="Fermer")).to_be_focused()


def test_a_reload_does_not_take_the_focus(chat: Chat, page: Page) -> None:
    chat.open()
    page.reload()
    expect(chat.panel).to_be_visible()
    assert page.evaluate("() => document.activeElement === document.body")


def test_on_a_small_screen_the_panel_is_a_dialog_that_keeps_the_tab_key(chat: Chat, page: Page) -> None:
    page.set_viewport_size(PHONE)
    chat.open()
    expect(page.get_by_role("dialog", name="Assistant virtuel")).to_be_visible()
    seen = set()
    for _ in range(12):
        page.keyboard.press("Tab")
        seen.add(focused(page))
        assert page.evaluate("() => document.activeElement.localName") == "assistant-chat"
    assert any("Fermer" in words for words in seen)
    page.keyboard.press("Escape")
    expect(chat.launcher).to_be_focused()
