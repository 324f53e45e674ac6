"""A customer and a rep in two browsers, the real product between them: from a question to the e-mail."""

import re
from dataclasses import dataclass
from random import randrange

import pytest
from playwright.sync_api import expect

from gateway.settings import Language
from tests.browser.chat import Chat
from tests.browser.conftest import NewPage
from tests.browser.desk import DeskPage, hired
from tests.browser.mails import Mailed, mailed, squeezed
from tests.support.stack import Stack

PASSWORD = "demo2026"
GIBBERISH = ("blurp zork plim", "xkcd qwfp zzgh", "brzt lkjh wqx")
NOTE = "Ne pas le dire au client / not for the customer"


@dataclass(frozen=True)
class Words:
    """What is said and read in one language."""

    languages: tuple[Language, Language]  # of the customer and the rep, and their other one
    user: str
    question: str
    answer: str
    moving: str
    address: tuple[str, str]
    asked: str
    person: str
    joined: str
    with_whom: str
    customer_types: str
    rep_types: str
    secret: str
    masked: str
    operation: str
    half_done: str
    take: str
    done: str
    hand_back: str
    told_done: str
    nothing_left: str
    send: str
    sent: str
    subject: str
    file: str
    receipt_line: str

    @property
    def language(self) -> Language:
        return self.languages[0]


FRENCH = Words(
    languages=("fr", "en"),
    user="marie",
    question="Combien coûte le service?",
    answer="gratuit",
    moving="je déménage au {house}, rue des Érables, Québec (Québec) G1R 2B5",
    address=("rue des Érables", "G1R 2B5"),
    asked="Dès maintenant",
    person="Parler à une personne",
    joined="Camille se joint à la conversation et vous répond.",
    with_whom="Camille",
    customer_types="Le client écrit",
    rep_types="Camille",
    secret="Mon courriel est marie.tremblay@example.ca",
    masked="Mon courriel est [courriel masqué]",
    operation="Faire une opération",
    half_done="[adresse masquée]",
    take="Reprendre ce que le client a déjà donné",
    done="C’est fait.",
    hand_back="Rendre à l’assistant",
    told_done="Camille vous remet à l’assistant, après ceci\u00a0: ",
    nothing_left=r"rien en cours|Rien n’est commencé",
    send="Envoyer au client",
    sent="La transcription sera envoyée.",
    subject="Votre conversation avec PRIMUS",
    file=r"conversation-du-\d{4}-\d\d-\d\d\.pdf",
    receipt_line="Reçu {number}\u00a0: ",
)
ENGLISH = Words(
    languages=("en", "fr"),
    user="john",
    question="How much does the service cost?",
    answer="free",
    moving="I’m moving to {house} Maple Street, Toronto ON M5V 2T6",
    address=("Maple Street", "M5V 2T6"),
    asked="Right away",
    person="Talk to a person",
    joined="Camille has joined the conversation and will answer you.",
    with_whom="Camille",
    customer_types="The customer is writing",
    rep_types="Camille",
    secret="My email is john.smith@example.ca",
    masked="My email is [email address hidden]",
    operation="Do an operation",
    half_done="[address hidden]",
    take="Use what the customer has already given",
    done="It is done.",
    hand_back="Back to the assistant",
    told_done="Camille has handed you back to the assistant, after this: ",
    nothing_left=r"Nothing is under way|Nothing has been started",
    send="Send to the customer",
    sent="The transcript will be sent.",
    subject="Your conversation with PRIMUS",
    file=r"conversation-\d{4}-\d\d-\d\d\.pdf",
    receipt_line="Receipt {number}: ",
)


@pytest.mark.rasa
@pytest.mark.parametrize("words", [FRENCH, ENGLISH], ids=["fr", "en"])
def test_from_a_question_to_a_person_and_back_to_the_transcript(
    product: Stack, browse: NewPage, words: Words
) -> None:
    # What a first try leaves in the product must not be in the way of a second one.
    house = str(randrange(1000, 10_000))
    rep = hired(product.gateway, f"camille-{house}", name="Camille Roy", languages=words.languages)
    desk = DeskPage(browse(product.url, words.language), rep).sign_in()
    page = browse(product.url, words.language)
    page.goto(f"/{words.language}/")
    chat = Chat(page).open()

    _ask_and_fail(chat, words, house)
    _hand_over(chat, desk, words, house)
    _talk(chat, desk, words)
    number = _operate(chat, desk, words, house)
    _hand_back(chat, words, desk)
    recipient = f"{words.user}.{house}@example.ca"
    _send(desk, words, recipient)
    _check(mailed(product.mails, recipient), words, number, house)


def _ask_and_fail(chat: Chat, words: Words, house: str) -> None:
    """An answer, an operation begun, and then the bot does not understand any more."""
    chat.ask(words.question)
    chat.expect_answer(words.answer)
    chat.ask(words.moving.format(house=house))
    chat.panel.locator("#user-id").fill(words.user)
    chat.panel.locator("#password").fill(PASSWORD)
    chat.panel.locator("#password").press("Enter")
    expect(chat.panel.locator(".card-line.done")).to_be_visible()
    expect(chat.reply(words.asked)).to_be_visible()
    for text in GIBBERISH:
        before = chat.answers.count()
        chat.ask(text)
        expect(chat.answers.nth(before)).to_be_visible()
        expect(chat.panel.locator(".typing")).to_have_count(0)


def _hand_over(chat: Chat, desk: DeskPage, words: Words, house: str) -> None:
    waiting = desk.waiting.count()  # other tests may have left somebody there
    chat.reply(words.person).click()
    expect(chat.panel.locator(".handover")).to_be_visible()
    expect(desk.waiting).to_have_count(waiting + 1)
    desk.claim(desk.waiting.last)
    expect(chat.panel).to_contain_text(words.joined)
    expect(desk.page.locator(".draft")).to_contain_text(words.half_done)


def _talk(chat: Chat, desk: DeskPage, words: Words) -> None:
    chat.composer.press_sequentially("Allô?", delay=5)
    expect(desk.page.locator(".typing")).to_contain_text(words.customer_types)
    chat.composer.press("Enter")
    desk.expect_line("Allô?", kind=".customer")
    desk.composer.press_sequentially("Bonjour, hello!", delay=5)
    expect(chat.panel.locator(".typing")).to_contain_text(words.rep_types)
    desk.composer.press("Enter")
    expect(chat.panel.locator(".message.rep")).to_contain_text("Bonjour, hello!")
    chat.ask(words.secret)
    desk.page.keyboard.press("Alt+i")
    desk.say(NOTE)
    desk.expect_line(NOTE, kind=".note")


def _operate(chat: Chat, desk: DeskPage, words: Words, house: str) -> str:
    desk.button(words.operation).click()
    desk.button(words.take).click()
    expect(desk.dialog.locator("#field-line1")).to_have_value(re.compile(house))
    desk.dialog.locator("button[type=submit]").click()
    expect(desk.dialog.locator(".changes")).to_contain_text(house)
    expect(chat.panel.locator(".card.receipt")).to_have_count(0)
    desk.dialog.locator("button[type=submit]").click()
    expect(desk.dialog.locator("h3")).to_have_text(words.done)
    desk.page.keyboard.press("Escape")
    card = chat.panel.locator(".card.receipt")
    expect(card).to_contain_text(house)
    shown = desk.page.locator(".line .receipt .number")
    number = re.sub(r"\D", "", shown.inner_text())
    assert number
    assert number in re.sub(r"\D", "", card.locator(".number").inner_text())
    return number


def _hand_back(chat: Chat, words: Words, desk: DeskPage) -> None:
    desk.button(words.hand_back).click()
    desk.dialog.locator("button[type=submit]").click()
    expect(chat.panel.locator(".handover")).to_have_count(0)
    expect(chat.panel).to_contain_text(words.told_done)
    expect(chat.answers.last).to_contain_text(re.compile(words.nothing_left))
    before = chat.answers.count()
    chat.ask(words.question)
    expect(chat.answers.nth(before)).to_contain_text(words.answer)
    expect(chat.panel.locator(".card.receipt")).to_have_count(1)


def _send(desk: DeskPage, words: Words, recipient: str) -> None:
    desk.button(words.send).click()
    desk.dialog.locator("#send-to").fill(recipient)
    desk.dialog.locator("button[type=submit]").click()
    expect(desk.page.locator(".notice.done")).to_contain_text(words.sent)


def _check(mail: Mailed, words: Words, number: str, house: str) -> None:
    """In its language, everything in order, the receipt in it, nothing personal, no note."""
    assert mail.message["Subject"] == words.subject
    assert mail.message["Content-Language"] == words.language
    assert re.fullmatch(words.file, mail.file_name)
    receipt = words.receipt_line.format(number=number)
    told = [words.question, *GIBBERISH, words.joined, "Allô?", words.masked, receipt, words.told_done]
    for written in (squeezed(mail.text), mail.paper):
        assert "](" not in written
        places = [written.find(squeezed(line)) for line in told]
        assert -1 not in places, (told[places.index(-1)], written)
        assert places == sorted(places)
        for kept_back in (NOTE, house, *words.address, "@example.ca"):
            assert squeezed(kept_back) not in written
