"""Who has a conversation, in several browsers: claimed by one, given on openly, never abandoned."""

import re
import time

import pytest
from playwright.sync_api import Page, expect

from gateway.desk.records import Role
from tests.browser.chat import Chat
from tests.browser.conftest import NewPage, Sit
from tests.browser.desk import DeskPage, DeskStack, ask_person, fill_address, sign_in
from tests.browser.mortal import Mortal

ROUNDS = 50
HEAD_START = 120  # ms until both press, so that neither browser has heard of the other
PRESS = "(button, at) => setTimeout(() => button.click(), at - Date.now())"
NOTE = "Elle a déjà payé deux fois"
WHY = "Cliente en colère"


def claims(page: Page) -> list[int]:
    """What the gateway answers to this page's claims, as they come."""
    statuses: list[int] = []
    page.on("response", lambda answer: statuses.append(answer.status) if "/claim" in answer.url else None)
    return statuses


def test_two_reps_press_at_once_fifty_times_and_one_has_it_each_time(new_page: NewPage, sit: Sit) -> None:
    chat = ask_person(new_page())
    desks = [sit("lea"), sit("max")]
    answers = [claims(desk.page) for desk in desks]
    for _ in range(ROUNDS):
        winner, loser = _race(desks)
        expect(loser.page.locator(".notice.wrong")).to_contain_text(winner.rep.rep.name)
        assert loser.page.locator("#reply").count() == 0
        loser.page.locator(".notice.wrong button").click()
        winner.button("Remettre en file").click()
        winner.dialog.locator("button[type=submit]").click()
    for desk in desks:
        expect(desk.waiting).to_have_count(1)
    assert [sorted(pair) for pair in zip(*answers, strict=True)] == [[200, 409]] * ROUNDS
    joined = chat.messages.filter(has_text=re.compile("(Lea|Max) se joint à la conversation"))
    expect(joined).to_have_count(ROUNDS)


def _race(desks: list[DeskPage]) -> tuple[DeskPage, DeskPage]:
    """Let both press; who won, and who did not."""
    for desk in desks:
        expect(desk.waiting).to_have_count(1)
    buttons = [desk.waiting.first.get_by_role("button").element_handle() for desk in desks]
    at = time.time() * 1000 + HEAD_START
    for button in buttons:
        button.evaluate(PRESS, at)
    for desk in desks:
        expect(desk.page.locator("#reply, .notice.wrong").first).to_be_visible()
    ordered = sorted(desks, key=lambda desk: desk.page.locator(".notice.wrong").count())
    return ordered[0], ordered[1]


def test_it_is_given_on_put_back_and_taken_over_openly(new_page: NewPage, sit: Sit) -> None:
    chat = ask_person(new_page())
    lea, max_, lead = sit("lea"), sit("max"), sit("ines", role=Role.LEAD)
    lea.claim()
    lea.button("Transférer").click()
    lea.dialog.locator("#target").select_option(label="Max Roy (Français, Anglais)")
    lea.dialog.locator("#note").fill(NOTE)
    lea.dialog.locator("button[type=submit]").click()
    expect(chat.panel).to_contain_text("Max prend la suite et vous répond.")
    expect(lea.mine).to_have_count(0)
    expect(lea.composer).to_have_count(0)

    max_.mine.first.get_by_role("link").click()
    max_.expect_line(NOTE, kind=".note")
    max_.button("Remettre en file").click()
    max_.dialog.locator("button[type=submit]").click()
    expect(chat.panel.locator(".handover")).to_contain_text(re.compile("Votre place.*1"))
    lea.claim()
    lea.say("Je reprends le dossier")
    expect(chat.panel.locator(".message.rep")).to_have_count(1)

    lead.page.locator("[aria-labelledby=others] .item").get_by_role("link").click()
    lead.button("Prendre la suite").click()
    lead.dialog.locator("#note").fill(WHY)
    lead.dialog.locator("button[type=submit]").click()
    expect(chat.panel.locator(".handover")).to_contain_text("Ines")
    expect(lea.page.locator(".owner")).to_have_text("Avec Ines Roy")
    expect(lea.composer).to_have_count(0)
    lead.say("Bonjour, ici Ines")
    expect(chat.panel.locator(".message.rep")).to_have_count(2)
    expect(chat.panel).not_to_contain_text(NOTE)
    expect(chat.panel).not_to_contain_text(WHY)
    lead.page.goto("/desk/#/audit")
    rows = lead.page.locator("main tbody tr")
    expect(rows.filter(has_text=WHY)).to_have_count(1)
    expect(rows.filter(has_text="Max Roy")).not_to_have_count(0)


@pytest.mark.parametrize("minutes", [0, 4], ids=["at once", "when it went back to the queue"])
def test_a_rep_whose_browser_is_killed_comes_back_to_everything_once(
    new_page: NewPage, browse: NewPage, desk_stack: DeskStack, mortal: Mortal, minutes: int
) -> None:
    rep = desk_stack.add_rep("lea", name="Lea Roy")
    desk = DeskPage(browse(desk_stack.url, browser=mortal.browser), rep).sign_in()
    page = new_page()
    page.goto("/fr/")
    chat = Chat(page).open()
    sign_in(chat)
    chat.ask("une personne")
    desk.claim()
    desk.say("Un instant, je regarde")
    expect(chat.panel.locator(".message.rep")).to_have_count(1)
    desk.composer.fill("à moitié écrit")
    fill_address(desk)
    desk_stack.hold_answers()
    desk.dialog.locator("button[type=submit]").click()
    desk_stack.wait_until_held()
    mortal.kill()
    desk_stack.let_go()
    expect(chat.panel.locator(".card.receipt")).to_have_count(1)
    chat.ask("Êtes-vous là?")

    desk_stack.later(minutes=minutes)
    back = DeskPage(new_page(), rep)
    if minutes:
        expect(chat.panel).to_contain_text("La personne qui vous répondait n’est plus en ligne")
        expect(chat.panel.locator(".handover")).to_contain_text(re.compile("Votre place.*1"))
        back.sign_in(steps=2 * minutes).claim()
    else:
        back.sign_in(steps=1)
        back.mine.first.get_by_role("link").click()
        expect(back.composer).to_be_focused()
    for text, kind in (("Un instant, je regarde", ".own"), ("Êtes-vous là?", ".customer")):
        back.expect_line(text, kind=kind)
    expect(back.page.locator(".line .receipt")).to_have_count(1)
    expect(back.page.locator("[aria-labelledby=side-tried] li")).to_have_count(1)
    expect(back.page.locator("[aria-labelledby=side-tried] li")).to_contain_text("Faite")
    back.say("Me revoici")
    expect(chat.panel.locator(".message.rep")).to_have_count(2)
    expect(chat.panel).not_to_contain_text("à moitié écrit")
