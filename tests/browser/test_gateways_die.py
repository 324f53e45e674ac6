"""Gateways killed while a customer and a rep write: nothing is lost, nothing doubled, the order kept."""

import re
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.chat import Chat
from tests.browser.conftest import NewPage
from tests.browser.desk import DeskPage, fill_address, hired, sign_in
from tests.browser.gateways import Gateways

Start = Callable[..., Gateways]
NUMBERED = re.compile(r"(client|rep) \d+")
SAID = """(items) => items.map((item) => item.querySelector(".bubble")?.textContent.trim() ?? "")"""


@pytest.fixture
def start(tmp_path: Path, demo_template: Path) -> Iterator[Start]:
    """Start so many gateways on a database."""
    started: list[Gateways] = []

    def some(number: int, **settings: str) -> Gateways:
        gateways = Gateways(tmp_path, demo_template, count=number, **settings)
        started.append(gateways)
        gateways.start()
        return gateways

    yield some
    for gateways in started:
        gateways.stop()


class Talk:
    """A customer and a rep who talk, each at a gateway and each numbering what they say."""

    def __init__(self, gateways: Gateways, browse: NewPage) -> None:
        urls = gateways.urls
        rep = hired(gateways.command, "lea", name="Lea Roy")
        self.desk = DeskPage(browse(urls[-1]), rep).sign_in()
        page = browse(urls[0])
        page.goto("/fr/")
        self.chat = Chat(page).open()
        self._numbers = count(1)
        self.said: dict[str, list[str]] = {"client": [], "rep": []}

    def claimed(self) -> "Talk":
        """The customer is signed in and with the rep."""
        sign_in(self.chat)
        self.chat.ask("une personne")
        self.desk.claim()
        return self

    def both_write(self, times: int) -> None:
        """Each says so many things, waiting for nothing."""
        for number in [next(self._numbers) for _ in range(times)]:
            self.chat.ask(self._numbered("client", number))
            self.desk.say(self._numbered("rep", number))

    def expect_all(self) -> None:
        """Both see all that was said, once, in the same order, and each one's own words in theirs."""
        everything = [*self.said["client"], *self.said["rep"]]
        for locator in (self.chat.messages, self.desk.lines):
            for text in everything:
                expect(locator.filter(has_text=re.compile(rf"{text}\b"))).to_have_count(1)
        expect(self.desk.page.locator(".line.pending")).to_have_count(0)
        at_customers, at_desk = (self._seen(locator) for locator in (self.chat.messages, self.desk.lines))
        assert at_customers == at_desk
        assert sorted(at_desk) == sorted(everything)
        for who, said in self.said.items():
            assert [text for text in at_desk if text.startswith(who)] == said
        assert self._on_paper() == at_desk

    def _numbered(self, who: str, number: int) -> str:
        self.said[who].append(f"{who} {number}")
        return self.said[who][-1]

    @staticmethod
    def _seen(locator: Locator) -> list[str]:
        return [text for text in locator.evaluate_all(SAID) if NUMBERED.fullmatch(text)]

    def _on_paper(self) -> list[str]:
        href = self.desk.page.locator(".paper a").nth(1).get_attribute("href")
        assert href is not None
        lines = self.desk.page.request.get(href).text().splitlines()
        return [line for line in lines if NUMBERED.fullmatch(line)]


def test_a_gateway_killed_twice_while_both_write(start: Start, browse: NewPage) -> None:
    gateways = start(1)
    talk = Talk(gateways, browse).claimed()
    for _ in range(2):
        talk.both_write(2)
        gateways.kill(0)
        talk.both_write(1)
        gateways.revive(0)
    talk.both_write(1)
    talk.expect_all()


@pytest.mark.service
def test_customer_at_one_gateway_rep_at_another_and_each_is_killed(
    start: Start, browse: NewPage, own_postgres_url: str
) -> None:
    gateways = start(2, gateway_database_url=own_postgres_url)
    talk = Talk(gateways, browse).claimed()
    talk.chat.composer.press_sequentially("Allô")
    expect(talk.desk.page.locator(".typing")).to_contain_text("Le client écrit")
    for killed in (0, 1):
        talk.both_write(2)
        gateways.kill(killed)
        talk.both_write(1)
        gateways.revive(killed)
    talk.both_write(1)
    talk.expect_all()


def test_an_operation_under_way_when_the_gateway_dies_is_done_once(start: Start, browse: NewPage) -> None:
    gateways = start(1)
    talk = Talk(gateways, browse).claimed()
    desk, dialog = talk.desk, talk.desk.dialog
    fill_address(desk)
    gateways.hold_answers()
    dialog.locator("button[type=submit]").click()
    gateways.wait_until_held()
    gateways.kill(0)
    expect(dialog.locator(".problem")).to_be_visible()
    gateways.let_go()
    gateways.revive(0)
    dialog.get_by_role("button", name="Réessayer").click()
    expect(dialog.locator("h3")).to_have_text("C’est fait.")
    desk.page.keyboard.press("Escape")
    for locator in (talk.chat.panel.locator(".card.receipt"), desk.page.locator(".line .receipt")):
        expect(locator).to_have_count(1)
        expect(locator).to_contain_text("Adresse de facturation")
    expect(desk.page.locator("[aria-labelledby=side-tried] li")).to_have_count(1)
