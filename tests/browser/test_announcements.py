"""Screen readers are told each message once, in its language, and nothing twice."""

import pytest
from playwright.sync_api import expect

from tests.browser.chat import Chat
from tests.browser.stack import Stack
from tests.fakes.rasa import message


def test_each_message_is_said_once_in_order_and_in_its_own_language(chat: Chat, stack: Stack) -> None:
    stack.rasa.script = lambda turn: {
        "language": "fr",
        "messages": [message("Un **mot**.", "fr"), message("See [this](/en/).", "en")],
    }
    chat.listen()
    chat.open().ask("question")
    chat.expect_answer("See this.")
    chat.page.wait_for_timeout(300)
    heard = [[(piece["text"], piece["lang"]) for piece in entry] for entry in chat.heard()]
    assert len(heard) == 3
    assert heard[0][1][0].startswith("Bonjour")
    assert heard[0][1][1] == "fr"
    assert heard[1] == [("Assistant\u00a0:", "fr"), ("Un mot.", "fr")]
    assert heard[2] == [("Assistant\u00a0:", "fr"), ("See this.", "en")]


def test_the_visible_transcript_is_not_a_second_voice(chat: Chat) -> None:
    chat.open()
    spoken = chat.panel.locator(".transcript").locator("[aria-live], [role=status], [role=alert], [role=log]")
    expect(spoken).to_have_count(0)


def test_what_was_said_does_not_stay_to_be_read_twice(chat: Chat) -> None:
    chat.open()
    expect(chat.panel.locator("[aria-live] > *")).to_have_count(0, timeout=6000)


def test_history_is_not_said_again_after_a_reload(chat: Chat) -> None:
    chat.open().ask("avant")
    chat.expect_answer("echo: avant")
    chat.page.add_init_script(
        """new MutationObserver(() => {
          const region = document.querySelector("assistant-chat")?.shadowRoot?.querySelector(".inner");
          for (const entry of region?.children ?? []) (window.spoken ??= new Set()).add(entry.textContent);
        }).observe(document, { childList: true, subtree: true });"""
    )
    chat.page.reload()
    chat.expect_answer("echo: avant")
    chat.listen()
    chat.page.wait_for_timeout(500)
    assert chat.heard() == []
    assert chat.panel.locator("[aria-live] > *").count() == 0


def test_a_cut_and_its_replay_say_nothing_twice(chat: Chat, stack: Stack) -> None:
    chat.listen()
    chat.open().ask("un")
    chat.expect_answer("echo: un")
    stack.cut()
    expect(chat.notice("Connexion perdue")).to_be_visible()
    stack.mend()
    chat.ask("deux")
    chat.expect_answer("echo: deux")
    said = [" ".join(piece["text"] for piece in entry) for entry in chat.heard()]
    assert sum("echo: un" in words for words in said) == 1
    assert sum("echo: deux" in words for words in said) == 1
    assert sum("Connexion perdue" in words for words in said) == 1
    assert sum("rétablie" in words for words in said) == 1


@pytest.mark.parametrize(
    ("stack_settings", "words"),
    [({}, "Un moment, je vérifie…"), ({"gateway_notice_delay": 60.0}, "L’assistant rédige une réponse…")],
)
def test_a_long_wait_is_said_once(chat: Chat, stack: Stack, words: str) -> None:
    stack.rasa.delay = 3.0
    chat.open()
    chat.listen()
    chat.ask("lent")
    chat.expect_answer("echo: lent")
    said = [" ".join(piece["text"] for piece in entry) for entry in chat.heard()]
    assert said[0] == words
    assert len(said) == 2


def test_a_long_wait_is_shown_in_words_until_the_answer_comes(chat: Chat, stack: Stack) -> None:
    stack.rasa.delay = 3.0
    chat.open().ask("lent")
    waiting = chat.panel.locator(".typing")
    expect(waiting).to_have_text("Un moment, je vérifie…")
    expect(waiting.locator(".waiting")).to_have_attribute("lang", "fr")
    chat.expect_answer("echo: lent")
    expect(waiting).to_have_count(0)


def test_what_arrives_while_the_panel_is_closed_is_said_and_counted(chat: Chat, stack: Stack) -> None:
    stack.rasa.delay = 0.5
    chat.open().ask("plus tard")
    chat.panel.get_by_role("button", name="Fermer").click()
    chat.listen()
    expect(chat.launcher).to_contain_text("1 nouveau message")
    chat.page.wait_for_timeout(200)
    assert sum("echo: plus tard" in piece["text"] for entry in chat.heard() for piece in entry) == 1
