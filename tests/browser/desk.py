"""The desk as a rep meets it, and a gateway for it with the true backend and its demo customers behind."""

import asyncio
import re
import shutil
import time
from collections.abc import Callable
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

from gateway.desk.api.keys import DESK
from gateway.desk.records import Rep, Role
from gateway.desk.team import NewRep, do_add_rep
from gateway.desk.totp import code_at, step_of
from gateway.desk.watching import do_look
from gateway.settings import Language
from tests.browser.chat import Chat
from tests.browser.stack import Stack
from tests.fakes.rasa import message
from tests.support.demo_town import a_town

Json = dict[str, Any]
PASSWORD = "correct-horse-battery"
PATIENCE = 20.0  # seconds
SETTINGS = {
    "backend_token": "development-assistant-token",
    "desk_token": "development-desk-token",
    "desk_hours": "Mo-Su 00:00-23:59",
    "gateway_environment": "development",
}

HALF_DONE = {
    "tasks": [
        {
            "operation": "change_address",
            "stage": "collecting",
            "account_id": None,
            "values": {
                "address": {
                    "address": {
                        "line1": "45, rue des Érables",
                        "city": "Québec",
                        "province": "QC",
                        "postal_code": "G1R 2B5",
                    }
                }
            },
            "missing": ["effective_on"],
        }
    ]
}


class DeskStack(Stack):
    """A gateway with a scripted Rasa, and the true backend with its demo customers."""

    def __init__(self, folder: Path, demo_template: Path, **settings: Any) -> None:
        super().__init__(folder, **{**SETTINGS, **settings})
        self.backend_file = Path(shutil.copy(demo_template, folder / "backend.db"))
        self._open = AsyncExitStack()

    def add_rep(
        self,
        user_id: str,
        *,
        name: str,
        alias: str | None = None,
        role: Role = Role.REP,
        language: Language = "fr",
    ) -> NewRep:
        """A rep, added as the operator does; the pages are in `language`."""
        other: Language = "en" if language == "fr" else "fr"
        return self.run(
            do_add_rep(
                self.gateway[DESK].team,
                user_id,
                name=name,
                alias=alias or name.split()[0],
                role=role,
                languages=(language, other),
                now=self.clock(),
                password=PASSWORD,
            )
        )

    def later(self, *, minutes: float) -> None:
        """Let the gateway's time pass, and its watch look round."""
        self.ahead += timedelta(minutes=minutes)
        self.run(do_look(self.gateway[DESK]))

    def hold_answers(self) -> None:
        """From now on the backend does what it is told, and keeps its answers to itself."""
        self.town.weather.hold = asyncio.Event()

    def wait_until_held(self) -> None:
        """Return when it has done something so."""
        ends = time.monotonic() + PATIENCE
        while not self.town.weather.held:
            assert time.monotonic() < ends, "nothing was asked of the backend"
            time.sleep(0.02)

    def let_go(self) -> None:
        """Let it answer again."""
        self.run(self._let_go())

    async def _let_go(self) -> None:
        weather = self.town.weather
        if weather.hold is not None:
            weather.hold.set()
        weather.hold = None

    async def _serve_backend(self) -> int:
        self.town = await self._open.enter_async_context(a_town(f"sqlite+aiosqlite:///{self.backend_file}"))
        assert self.town.server.port is not None
        return self.town.server.port

    async def _stop(self) -> None:
        await super()._stop()
        await self._open.aclose()


def bot(turn: Json) -> Json:
    """Hands over on "une personne" and "a person", asks to sign in on "connexion", else echoes."""
    language = turn["metadata"]["language"]
    said = turn["message"]
    guess = {"intent": "op_change_address", "confidence": 0.91}
    ranking = [guess, {"intent": "op_switch_plan", "confidence": 0.05}]
    understood = {**guess, "ranking": ranking}
    answer: Json = message(f"echo: {said}", language)
    if said in ("une personne", "a person"):
        answer = message(
            "Bien sûr." if language == "fr" else "Of course.", language, handoff={"reason": "asked"}
        )
    elif said == "connexion":
        answer = message("Connectez-vous.", language, card={"kind": "sign_in"})
    elif said == "/signed_in":
        answer = message("Merci, Marie." if language == "fr" else "Thank you, Marie.", language)
    elif said == "/resume":
        answer = message("Je reprends." if language == "fr" else "I am back.", language)
    remembered = {"operation": HALF_DONE} if said == "je déménage" else {}
    return {"language": language, "messages": [answer], "understood": understood, **remembered}


def hired(
    command: Callable[..., str], user_id: str, *, name: str, languages: tuple[Language, ...] = ("fr", "en")
) -> NewRep:
    """A rep added by the gateway's own command, with what it prints to hand over."""
    printed = command("rep", "add", user_id, "--name", name, "--languages", *languages)
    password, secret = (
        re.findall(rf"^{label}: +(\S+)$", printed, re.MULTILINE)[0] for label in ("Password", "Second factor")
    )
    return NewRep(Rep(user_id=user_id, name=name), password, secret)


class DeskPage:
    """Drives one rep's desk on one page."""

    def __init__(self, page: Page, rep: NewRep) -> None:
        self.page = page
        self.rep = rep
        self.composer = page.locator("#reply")
        self.lines = page.locator(".lines .line")
        self.dialog = page.get_by_role("dialog")
        self.waiting = page.locator("[aria-labelledby=waiting] .item")
        self.mine = page.locator("[aria-labelledby=mine] .item")

    def sign_in(self, *, steps: int = 0) -> "DeskPage":
        """Fill in the form; with the code of so many steps of time from now."""
        self.page.goto("/desk/")
        self.page.locator("#user-id").fill(self.rep.rep.user_id)
        self.page.locator("#password").fill(self.rep.password)
        self.page.locator("#code").fill(code_at(self.rep.secret, step_of(datetime.now(UTC)) + steps))
        self.page.locator("#code").press("Enter")
        expect(self.page.locator(".bar")).to_be_visible()
        return self

    def claim(self, item: Locator | None = None) -> "DeskPage":
        """Take somebody from the list: whoever waits first, unless another is named."""
        (item or self.waiting.first).get_by_role("button").click()
        expect(self.composer).to_be_focused()
        return self

    def say(self, text: str) -> None:
        """Type and send."""
        self.composer.fill(text)
        self.composer.press("Enter")

    def button(self, name: str | re.Pattern[str]) -> Locator:
        """A button of the page."""
        return self.page.get_by_role("button", name=name, exact=isinstance(name, str))

    def expect_line(self, text: str, *, kind: str = "") -> Locator:
        """The line that says so, once it is there."""
        line = self.page.locator(f".lines .line{kind}").filter(has_text=text)
        expect(line).to_have_count(1)
        return line


def sign_in(chat: Chat) -> None:
    """The customer is Marie."""
    chat.ask("connexion")
    chat.panel.locator("#user-id").fill("marie")
    chat.panel.locator("#password").fill("demo2026")
    chat.panel.locator("#password").press("Enter")
    expect(chat.panel.locator(".card-line.done")).to_be_visible()


def fill_address(desk: DeskPage, line1: str = "45, rue des Érables") -> None:
    """Open the form of a change of address, fill it in, and look at what it would be."""
    desk.button(re.compile("Faire une opération|Do an operation")).click()
    desk.dialog.locator("#field-line1").fill(line1)
    desk.dialog.locator("#field-city").fill("Québec")
    desk.dialog.locator("#field-postal_code").fill("g1r 2b5")
    desk.dialog.locator("button[type=submit]").click()
    expect(desk.dialog.locator(".changes")).to_contain_text(line1)


def ask_person(page: Page, language: str = "fr") -> Chat:
    """A customer who asked for a person and waits."""
    page.goto(f"/{language}/")
    chat = Chat(page).open()
    chat.ask("une personne" if language == "fr" else "a person")
    expect(page.locator(".handover button")).to_be_visible()
    return chat
