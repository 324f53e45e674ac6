"""A customer talks to the assistant in a real browser, against the real gateway."""

import re
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.chat import Chat
from tests.browser.stack import Stack
from tests.fakes.rasa import message

CHOICES = [
    {"title": "Facture papier", "payload": "/paper"},
    {"title": "Facture électronique", "payload": "/ebill"},
]


def ask_which(turn: dict[str, Any]) -> dict[str, Any]:
    """A question with two buttons, then an echo."""
    language = turn["metadata"]["language"]
    if turn["message"] == "facture":
        return {"language": language, "messages": [message("Laquelle?", language, buttons=CHOICES)]}
    return {"language": language, "messages": [message(f"echo: {turn['message']}", language)]}


def test_a_question_is_answered(chat: Chat) -> None:
    chat.open().ask("Combien ça coûte?")
    chat.expect_answer("echo: Combien ça coûte?")
    expect(chat.questions).to_have_count(1)


def test_a_question_may_begin_with_a_slash_and_have_several_lines(chat: Chat, stack: Stack) -> None:
    chat.open().composer.fill("/restart")
    chat.composer.press("Shift+Enter")
    chat.composer.press_sequentially("deux")
    chat.composer.press("Enter")
    chat.expect_answer("deux")
    assert stack.rasa.said == ["/restart\ndeux"]


def test_a_chosen_reply_is_said_and_the_others_can_no_longer_be_pressed(chat: Chat, stack: Stack) -> None:
    stack.rasa.script = ask_which
    chat.open().ask("facture")
    chat.reply("Facture électronique").click()
    chat.expect_answer("echo: /ebill")
    expect(chat.questions.last).to_contain_text("Facture électronique")
    for name in ("Facture papier", "Facture électronique"):
        expect(chat.reply(name)).to_have_attribute("aria-disabled", "true")
        expect(chat.reply(name)).to_have_attribute("tabindex", "-1")
    expect(chat.reply("Facture électronique")).to_contain_text("(votre choix)")
    expect(chat.reply("Facture électronique")).to_be_focused()
    chat.reply("Facture papier").click(force=True)
    chat.page.wait_for_timeout(200)
    assert stack.rasa.said == ["facture", "/ebill"]


def test_typed_text_beats_pending_replies(chat: Chat, stack: Stack) -> None:
    stack.rasa.script = ask_which
    chat.open().ask("facture")
    expect(chat.reply("Facture papier")).not_to_have_attribute("aria-disabled", "true")
    chat.ask("autre chose")
    chat.expect_answer("echo: autre chose")
    expect(chat.reply("Facture papier")).to_have_attribute("aria-disabled", "true")


def test_a_reload_keeps_the_conversation_and_what_was_being_written(chat: Chat) -> None:
    chat.open().ask("avant")
    chat.expect_answer("echo: avant")
    chat.composer.fill("à moitié écr")
    chat.page.reload()
    chat.expect_answer("echo: avant")
    expect(chat.questions).to_have_count(1)
    expect(chat.composer).to_have_value("à moitié écr")
    chat.ask("après")
    chat.expect_answer("echo: après")


def test_another_tab_shows_the_same_conversation(chat: Chat, context: BrowserContext) -> None:
    chat.open().ask("premier onglet")
    chat.expect_answer("echo: premier onglet")
    page = context.new_page()
    page.goto("/en/")
    other = Chat(page).open()
    other.expect_answer("echo: premier onglet")
    other.ask("second onglet")
    chat.expect_answer("echo: second onglet")
    expect(chat.questions).to_have_count(2)


def test_a_cut_while_the_answer_is_prepared_neither_loses_nor_doubles_it(chat: Chat, stack: Stack) -> None:
    stack.rasa.delay = 1.0
    chat.open().ask("coupé")
    chat.page.wait_for_timeout(300)
    stack.cut()
    expect(chat.notice("Connexion perdue")).to_be_visible()
    stack.mend()
    chat.expect_answer("echo: coupé")
    expect(chat.notice("Connexion perdue")).to_be_hidden()
    expect(chat.questions).to_have_count(1)
    expect(chat.answers).to_have_count(2)
    assert stack.rasa.said == ["coupé"]


def test_what_is_written_while_cut_off_is_sent_in_order_afterwards(chat: Chat, stack: Stack) -> None:
    chat.open()
    stack.cut()
    expect(chat.notice("Connexion perdue")).to_be_visible()
    chat.ask("un")
    chat.ask("deux")
    expect(chat.panel.locator(".pending")).to_have_count(2)
    stack.mend()
    chat.expect_answer("echo: un")
    chat.expect_answer("echo: deux")
    assert stack.rasa.said == ["un", "deux"]
    expect(chat.questions).to_have_count(2)
    expect(chat.panel.locator(".pending")).to_have_count(0)


def test_a_reload_in_the_middle_of_an_answer_loses_nothing(chat: Chat, stack: Stack) -> None:
    stack.rasa.delay = 0.8
    chat.open().ask("rechargé")
    chat.page.wait_for_timeout(150)
    chat.page.reload()
    chat.expect_answer("echo: rechargé")
    expect(chat.questions).to_have_count(1)
    assert stack.rasa.said == ["rechargé"]


def test_an_assistant_that_fails_can_be_asked_again(chat: Chat, stack: Stack) -> None:
    stack.rasa.status = 500
    chat.open().ask("panne")
    expect(chat.panel.get_by_text("Message sans réponse.")).to_be_visible(timeout=15_000)
    stack.rasa.status = 200
    chat.panel.get_by_role("button", name="Réessayer").click()
    chat.expect_answer("echo: panne")
    expect(chat.questions).to_have_count(1)
    expect(chat.panel.get_by_text("Message sans réponse.")).to_be_hidden()


def test_a_conversation_that_is_gone_is_replaced_and_the_customer_told(chat: Chat) -> None:
    chat.open().ask("avant")
    chat.expect_answer("echo: avant")
    chat.page.evaluate(
        """() => {
          const key = "assistant-chat:conversation";
          const known = JSON.parse(localStorage.getItem(key));
          localStorage.setItem(key, JSON.stringify({ ...known, token: "expired" }));
        }"""
    )
    chat.page.reload()
    expect(chat.notice("Votre conversation précédente n’est plus accessible")).to_be_visible()
    chat.ask("de nouveau")
    chat.expect_answer("echo: de nouveau")
    expect(chat.questions).to_have_count(1)


@pytest.mark.parametrize("stack_settings", [{"gateway_messages_per_minute": 1}])
def test_writing_too_quickly_is_said_with_the_time_to_wait(chat: Chat) -> None:
    chat.open().ask("un")
    chat.expect_answer("echo: un")
    chat.ask("deux")
    expect(chat.notice(re.compile(r"Vous écrivez trop rapidement.*dans \d+\s+secondes"))).to_be_visible()
    expect(chat.panel.locator(".pending")).to_have_count(1)


def test_a_message_over_the_limit_is_kept_whole_and_not_sent(chat: Chat, stack: Stack) -> None:
    chat.open().composer.fill("a" * 960)
    expect(chat.panel.locator(".left")).to_have_text(re.compile(r"40\s+caractères restants"))
    chat.ask("a" * 1005)
    expect(chat.composer).to_have_value("a" * 1005)
    expect(chat.composer).to_have_attribute("aria-invalid", "true")
    expect(chat.panel.locator(".over")).to_have_text(re.compile(r"Retirez 5\s+caractères"))
    assert stack.rasa.said == []


def test_the_language_changes_and_the_conversation_goes_on(chat: Chat) -> None:
    chat.open().ask("bonjour")
    chat.expect_answer("echo: bonjour")
    chat.panel.get_by_role("button", name="English").click()
    expect(chat.panel.get_by_role("heading", name="Virtual assistant")).to_be_visible()
    expect(chat.messages.last).to_contain_text("carry on in English")
    chat.ask("hello")
    bubble = chat.expect_answer("echo: hello")
    expect(bubble).to_have_attribute("lang", "en")
    chat.expect_answer("echo: bonjour")
    chat.page.reload()
    expect(chat.panel.get_by_role("heading", name="Virtual assistant")).to_be_visible()


def test_an_opinion_of_an_answer_is_kept_with_a_word_of_why(chat: Chat, stack: Stack) -> None:
    stack.rasa.script = lambda turn: {
        "language": "fr",
        "messages": [message("C’est gratuit.", faq_id="cost", faq_version="v1")],
    }
    chat.open().ask("prix")
    with chat.page.expect_response(re.compile("/feedback$")) as first:
        chat.panel.get_by_role("button", name="Pas utile").click()
    assert first.value.request.post_data_json == {"useful": False}
    chat.panel.get_by_label("Que manquait-il").fill("Le prix du modem")
    with chat.page.expect_response(re.compile("/feedback$")) as second:
        chat.panel.locator(".why").get_by_role("button", name="Envoyer").click()
    assert second.value.json() == {"seq": 3, "useful": False, "comment": "Le prix du modem"}
    expect(chat.panel.locator(".feedback").get_by_text("Merci de votre avis.")).to_be_visible()
    expect(chat.panel.get_by_role("button", name="Pas utile")).to_be_focused()
    chat.page.reload()
    expect(chat.panel.get_by_role("button", name="Pas utile")).to_have_attribute("aria-pressed", "true")


def test_hostile_text_is_shown_and_nothing_more(chat: Chat, page: Page, stack: Stack) -> None:
    hostile = '<img src=x onerror="hurt=1"><script>window.hurt=1</script> [x](javascript:window.hurt=1)'
    page.on("dialog", lambda dialog: pytest.fail(f"a dialog: {dialog.message}"))
    stack.rasa.script = lambda turn: {
        "language": "fr",
        "messages": [message(hostile, buttons=[{"title": hostile[:60], "payload": "/x"}])],
    }
    chat.open().ask(hostile)
    bubble = chat.expect_answer("<script>window.hurt=1</script> x")
    expect(bubble.locator("img, script, a")).to_have_count(0)
    expect(chat.questions.locator("img, script, a")).to_have_count(0)
    assert page.evaluate("() => window.hurt") is None


def test_who_reads_further_up_is_left_alone_and_told_of_what_is_new(chat: Chat, stack: Stack) -> None:
    stack.rasa.script = lambda turn: {
        "language": "fr",
        "messages": [message("Long. " * 150 + turn["message"])],
    }
    chat.open()
    for word in ("un", "deux"):
        chat.ask(word)
        chat.expect_answer(word)
    stack.rasa.delay = 1.5
    chat.ask("trois")
    expect(chat.panel.locator(".typing")).to_be_visible()
    area = chat.panel.get_by_role("region", name="Conversation")
    area.evaluate("area => { area.scrollTop = 0 }")
    chat.panel.get_by_role("button", name="1 nouveau message").click()
    expect(area).to_be_focused()
    assert area.evaluate("area => area.scrollHeight - area.scrollTop - area.clientHeight") < 2


def test_a_new_conversation_forgets_the_old_one(chat: Chat) -> None:
    chat.open().ask("secret")
    chat.expect_answer("echo: secret")
    chat.panel.get_by_role("button", name="Nouvelle conversation").click()
    expect(chat.panel.get_by_role("button", name="Non, continuer")).to_be_focused()
    chat.panel.get_by_role("button", name="Oui, effacer").click()
    expect(chat.questions).to_have_count(0)
    expect(chat.composer).to_be_focused()
    chat.page.reload()
    expect(chat.answers).to_have_count(1)


def test_a_person_can_always_be_called(chat: Chat) -> None:
    chat.open()
    link = chat.panel.locator(".person").get_by_role("link")
    expect(link).to_be_visible()
    assert re.fullmatch(r"tel:\+\d{11}", link.get_attribute("href") or "")
