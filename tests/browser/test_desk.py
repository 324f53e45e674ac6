"""A customer and a rep, each in a browser: asked for, taken, talked, done, handed back, closed."""

import re

import pytest
from playwright.sync_api import expect

from gateway.desk.records import Role
from tests.browser.chat import Chat
from tests.browser.conftest import NewPage, Sit
from tests.browser.desk import DeskPage, DeskStack, ask_person, fill_address, sign_in

SCRIPT = "<script>document.title = 'got in'</script><img src=x onerror=\"document.title = 'got in'\">"
WORDS = {
    "fr": {
        "hand_back": "Rendre à l’assistant",
        "close": "Terminer",
        "done": "C’est fait.",
        "joined": "Lea se joint",
        "resumed": "Je reprends.",
        "verified": "Identité vérifiée",
    },
    "en": {
        "hand_back": "Back to the assistant",
        "close": "Close",
        "done": "It is done.",
        "joined": "Lea has joined",
        "resumed": "I am back.",
        "verified": "Verified",
    },
}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_whole_way_from_asking_to_closing(new_page: NewPage, sit: Sit, language: str) -> None:
    words, customer = WORDS[language], new_page(language)
    desk = sit(language=language, role=Role.LEAD)
    customer.goto(f"/{language}/")
    chat = Chat(customer).open()
    sign_in(chat)
    chat.ask("une personne" if language == "fr" else "a person")
    expect(desk.waiting).to_have_count(1)
    expect(desk.waiting).to_contain_text(words["verified"])
    desk.claim()
    expect(chat.panel).to_contain_text(words["joined"])

    desk.say("Un instant / One moment")
    expect(chat.messages.locator(".bubble").filter(has_text="Un instant / One moment")).to_have_count(1)
    expect(chat.panel.locator(".message.rep .author")).to_contain_text("Lea")
    chat.ask("Merci / Thanks")
    desk.expect_line("Merci / Thanks", kind=".customer")

    fill_address(desk)
    desk.dialog.locator("button[type=submit]").click()
    expect(desk.dialog.locator("h3")).to_have_text(words["done"])
    expect(desk.dialog.locator("h3")).to_be_focused()
    desk.page.keyboard.press("Escape")
    expect(chat.panel.locator(".card.receipt")).to_contain_text("45, rue des Érables")

    desk.button(words["hand_back"]).click()
    desk.dialog.locator("button[type=submit]").click()
    chat.expect_answer(words["resumed"])
    expect(chat.panel.locator(".handover")).to_have_count(0)
    expect(desk.mine).to_have_count(0)
    chat.ask("une personne" if language == "fr" else "a person")
    desk.claim()
    desk.button(words["close"]).click()
    desk.dialog.locator("button[type=submit]").click()
    expect(desk.page.locator(".notice.done")).to_be_visible()
    expect(chat.panel.locator(".handover")).to_have_count(0)


def test_a_half_finished_operation_is_shown_and_gone_on_with(new_page: NewPage, sit: Sit) -> None:
    desk, customer = sit(), new_page()
    customer.goto("/fr/")
    chat = Chat(customer).open()
    sign_in(chat)
    chat.ask("je déménage")
    chat.ask("une personne")
    desk.claim()
    draft = desk.page.locator(".draft")
    expect(draft).to_contain_text("[adresse masquée]")
    expect(draft).not_to_contain_text("Érables")
    expect(draft.locator(".missing")).to_contain_text("Date d’effet")
    desk.page.keyboard.press("Alt+o")
    expect(desk.dialog.locator("#field-line1")).to_have_value("")
    desk.button("Reprendre ce que le client a déjà donné").click()
    expect(desk.dialog.locator("#field-line1")).to_have_value("45, rue des Érables")
    expect(desk.dialog.locator("#field-postal_code")).to_have_value("G1R 2B5")


def test_of_two_reps_one_wins_and_the_other_is_told_who(new_page: NewPage, sit: Sit) -> None:
    ask_person(new_page())
    one, two = sit("lea"), sit("max")
    expect(two.waiting).to_have_count(1)
    # Both press before either browser has heard of the other.
    for desk in (one, two):
        desk.waiting.first.get_by_role("button").evaluate("button => setTimeout(() => button.click(), 300)")
    for desk in (one, two):
        expect(desk.page.locator("#reply").or_(desk.page.locator(".notice.wrong")).first).to_be_visible()
    told = [desk.page.locator(".notice.wrong").all_inner_texts() for desk in (one, two)]
    assert sorted(map(len, told)) == [0, 1], told
    loser = one if told[0] else two
    expect(loser.page.locator(".notice.wrong")).to_contain_text("Max Roy" if loser is one else "Lea Roy")


def test_the_customer_sees_the_place_and_goes_back_to_the_assistant(new_page: NewPage, sit: Sit) -> None:
    desk = sit()
    chat = ask_person(new_page())
    expect(chat.panel.locator(".handover")).to_contain_text(re.compile("Votre place.*1"))
    chat.ask("Vous êtes là?")
    expect(desk.waiting).to_have_count(1)
    chat.panel.locator(".handover button").click()
    chat.expect_answer("Je reprends.")
    expect(chat.panel.locator(".handover")).to_have_count(0)
    expect(desk.waiting).to_have_count(0)


def test_each_sees_the_other_typing(new_page: NewPage, sit: Sit) -> None:
    desk = sit()
    chat = ask_person(new_page())
    desk.claim()
    chat.composer.press_sequentially("Je me demande")
    expect(desk.page.locator(".typing")).to_contain_text("Le client écrit")
    desk.composer.press_sequentially("Voici")
    expect(chat.panel.locator(".typing")).to_contain_text("Lea")


def test_a_note_is_for_the_desk_only(new_page: NewPage, sit: Sit) -> None:
    desk = sit()
    chat = ask_person(new_page())
    desk.claim()
    desk.page.keyboard.press("Alt+i")
    desk.say("Client pressé")
    desk.expect_line("Client pressé", kind=".note")
    desk.page.keyboard.press("Alt+2")
    desk.say("Bonjour")
    expect(chat.messages.locator(".bubble").filter(has_text="Bonjour")).to_have_count(2)  # the greeting too
    expect(chat.panel).not_to_contain_text("Client pressé")


def test_a_ready_answer_comes_in_the_customers_language(new_page: NewPage, sit: Sit) -> None:
    desk = sit()
    chat = ask_person(new_page("en"), "en")
    desk.claim()
    desk.page.keyboard.press("Alt+r")
    desk.page.keyboard.type("cost")
    expect(desk.dialog.locator(".canned-answer")).not_to_have_count(0)
    expect(desk.dialog.locator(".canned-answer strong").first).to_have_attribute("lang", "en")
    question = desk.dialog.locator(".canned-answer").filter(has_text="How much does")
    question.first.click()
    expect(desk.composer).to_be_focused()
    text = desk.composer.input_value()
    assert text
    desk.composer.press("Enter")
    expect(chat.panel.locator(".message.rep")).to_have_count(1)


def test_a_script_is_inert_on_both_sides(new_page: NewPage, sit: Sit) -> None:
    desk = sit()
    chat = ask_person(new_page())
    chat.ask(SCRIPT)
    desk.claim()
    desk.expect_line("got in", kind=".customer")
    desk.page.keyboard.press("Alt+i")
    desk.say(SCRIPT)
    desk.expect_line("got in", kind=".note")
    desk.page.keyboard.press("Alt+2")
    desk.say(SCRIPT)
    expect(chat.panel.locator(".message.rep")).to_contain_text("got in")
    for page in (desk.page, chat.page):
        assert "got in" not in page.title()
    assert desk.page.locator(".lines script, .lines img").count() == 0


def test_a_cut_loses_and_doubles_nothing(new_page: NewPage, sit: Sit, desk_stack: DeskStack) -> None:
    desk = sit()
    chat = ask_person(new_page())
    desk.claim()
    desk.say("avant")
    expect(chat.panel.locator(".message.rep")).to_have_count(1)
    desk_stack.cut()
    expect(desk.page.locator(".notices .wrong")).to_be_visible()
    desk.say("pendant, du bureau")
    chat.ask("pendant, du client")
    desk_stack.mend()
    desk.expect_line("pendant, du client", kind=".customer")
    expect(desk.page.locator(".line.own:not(.pending)")).to_have_count(2, timeout=30_000)
    expect(chat.panel.locator(".message.rep")).to_have_count(2, timeout=30_000)
    expect(desk.page.locator(".notices .wrong")).to_have_count(0)


def test_a_desk_that_is_closed_in_the_middle_goes_on_where_it_was(new_page: NewPage, sit: Sit) -> None:
    desk = sit()
    chat = ask_person(new_page())
    desk.claim()
    desk.say("un")
    expect(chat.panel.locator(".message.rep")).to_have_count(1)
    desk.composer.fill("à moitié")
    desk.page.reload()
    expect(desk.composer).to_have_value("à moitié")
    expect(desk.page.locator(".line.own")).to_have_count(1)


def test_a_masked_value_is_shown_to_whoever_says_why(new_page: NewPage, sit: Sit) -> None:
    desk = sit()
    chat = ask_person(new_page())
    chat.ask("Mon courriel est jean.roy@example.ca")
    desk.claim()
    line = desk.expect_line("Mon courriel est", kind=".customer")
    expect(line).not_to_contain_text("jean.roy")
    line.get_by_role("button", name="Afficher : courriel").click()
    desk.dialog.get_by_label("Pourquoi avez-vous besoin de cette valeur?").fill("Le client le demande")
    desk.page.keyboard.press("Enter")
    expect(line).to_contain_text("jean.roy@example.ca")


@pytest.mark.parametrize("stack_settings", [{"desk_hours": "Mo 03:00-03:01"}])
def test_outside_the_hours_a_message_becomes_a_ticket(new_page: NewPage, sit: Sit) -> None:
    desk, page = sit(), new_page()
    page.goto("/fr/")
    chat = Chat(page).open()
    chat.ask("une personne")
    form = chat.panel.locator("form.callback")
    form.get_by_role("button", name="Laisser le message").click()
    expect(form.locator("#reach-problem")).to_be_visible()
    expect(form.locator("#reach-at")).to_be_focused()
    form.locator("#reach-at").fill("123")
    form.locator("#callback-message").fill(f"Rappelez-moi {SCRIPT}")
    form.get_by_role("button", name="Laisser le message").click()
    expect(form.locator("#reach-problem")).to_contain_text("n’est pas valable")
    form.locator("#reach-at").fill("418 555-0134")
    form.get_by_role("button", name="Laisser le message").click()
    expect(form).to_have_count(0)
    desk.page.get_by_role("link", name="Billets").click()
    row = desk.page.locator("tbody tr")
    expect(row).to_contain_text("Rappelez-moi <script>")
    expect(row).to_contain_text("[téléphone masqué]")
    row.get_by_role("button", name="Afficher : téléphone").click()
    desk.dialog.get_by_label("Pourquoi avez-vous besoin de cette valeur?").fill("Le rappeler")
    desk.page.keyboard.press("Enter")
    expect(row.get_by_role("link", name="+14185550134")).to_be_visible()
    row.get_by_role("button", name="Traiter").click()
    desk.dialog.locator("button[type=submit]").click()
    expect(desk.page.locator("tbody tr")).to_have_count(0)


def test_signing_in_says_what_is_wrong_and_leaves_no_password(
    new_page: NewPage, desk_stack: DeskStack
) -> None:
    page = new_page()
    desk = DeskPage(page, desk_stack.add_rep("lea", name="Léa Roy"))
    page.goto("/desk/")
    page.locator("#user-id").fill("lea")
    page.locator("#password").fill("wrong")
    page.locator("#code").fill("000000")
    page.keyboard.press("Enter")
    expect(page.locator("#gate-problem")).to_be_visible()
    expect(page.locator("#code")).to_be_focused()
    desk.sign_in()
    desk.button("Se déconnecter").click()
    expect(page.locator("#user-id")).to_be_visible()
    expect(page.locator("#password")).to_have_value("")


def test_the_reps_language_is_apart_from_the_customers(new_page: NewPage, sit: Sit) -> None:
    desk = sit()
    ask_person(new_page("en"), "en")
    desk.claim()
    desk.button("English").click()
    expect(desk.page.locator("#topic")).to_have_text("No topic yet")
    expect(desk.page.locator("html")).to_have_attribute("lang", "en-CA")
    desk.button("Français").click()
    expect(desk.page.locator("#topic")).to_have_text("Sujet à préciser")
    expect(desk.page.locator(".line.bot .bubble").first).to_have_attribute("lang", "en")
