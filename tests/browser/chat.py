"""The assistant as a customer meets it: by what it is called and what it says, in either language."""

import re
from typing import Any

from playwright.sync_api import Locator, Page, expect

READY = "() => document.querySelector('assistant-chat')?.shadowRoot?.querySelector('.outer')"
LISTEN = """() => {
  window.heard = [];
  const listen = (region) => new MutationObserver((changes) => {
    for (const change of changes) for (const entry of change.addedNodes) {
      const pieces = [...entry.children];
      window.heard.push(pieces.map((part) => ({ text: part.textContent.trim(), lang: part.lang })));
    }
  }).observe(region, { childList: true });
  const chat = document.querySelector("assistant-chat");
  for (const region of chat.shadowRoot.querySelectorAll("[aria-live]")) listen(region);
}"""


class Chat:
    """Drives one assistant on one page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.launcher = page.get_by_role("button", name=re.compile("Poser une question|Ask a question"))
        self.panel = page.locator("assistant-chat .panel")
        self.composer = page.get_by_role("textbox", name=re.compile("Votre message|Your message"))
        self.messages = page.locator("assistant-chat .message")
        self.answers = page.locator("assistant-chat .message.bot")
        self.questions = page.locator("assistant-chat .message.customer")

    def open(self) -> "Chat":
        """Open it and wait for the greeting."""
        self.launcher.click()
        expect(self.answers.first).to_be_visible()
        return self

    def ask(self, text: str) -> None:
        """Type and send."""
        self.composer.fill(text)
        self.composer.press("Enter")

    def expect_answer(self, text: str) -> Locator:
        """The bubble that says so, once it is there."""
        bubble = self.answers.locator(".bubble").filter(has_text=text)
        expect(bubble).to_have_count(1)
        return bubble

    def reply(self, name: str) -> Locator:
        """A quick reply."""
        return self.panel.get_by_role("button", name=name)

    def notice(self, text: str | re.Pattern[str]) -> Locator:
        """A visible notice, not what screen readers are told of it."""
        return self.panel.locator(".notice").filter(has_text=text)

    def listen(self) -> None:
        """From now on remember what screen readers are told."""
        self.page.wait_for_function(READY)
        self.page.evaluate(LISTEN)

    def heard(self) -> list[list[dict[str, Any]]]:
        """What they were told: entries of pieces, each with text and language."""
        entries: list[list[dict[str, Any]]] = self.page.evaluate("() => window.heard")
        return entries
