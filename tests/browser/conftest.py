"""Chromium and a running gateway for it; skipped where there is no browser, except in CI."""

import os
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    ViewportSize,
    expect,
    sync_playwright,
)

from gateway.desk.records import Role
from gateway.settings import Language
from tests.browser.chat import Chat
from tests.browser.desk import DeskPage, DeskStack, bot
from tests.browser.mortal import Mortal, a_mortal
from tests.browser.stack import Stack, built
from tests.support.backend_db import sqlite_template
from tests.support.demo_town import demo_template

__all__ = ["demo_template", "sqlite_template"]

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESKTOP = ViewportSize(width=1280, height=900)
PHONE = ViewportSize(width=320, height=640)
PATIENCE = 20_000  # ms, for machines that are busy: what comes sooner is seen sooner

NewPage = Callable[..., Page]
Sit = Callable[..., DeskPage]


expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All here drive a browser, and have a second try: the closing line counts the reruns."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.flaky(reruns=1))


def _missing(what: str) -> NoReturn:
    if os.environ.get("CI") == "true":
        pytest.fail(what)
    pytest.skip(what)


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """Where the machine has Chromium."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        _missing("Chromium is not installed (Debian: apt-get install chromium)")
    return path


@pytest.fixture(scope="session")
def chromium(chromium_path: str) -> Iterator[Browser]:
    if built() is None:
        _missing("the pages are not built (in web/: npm ci && npm run build)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def stack_settings() -> dict[str, Any]:
    """Settings of the gateway that a test wants otherwise."""
    return {}


@pytest.fixture
def stack(tmp_path: Path, stack_settings: dict[str, Any]) -> Iterator[Stack]:
    stack = Stack(tmp_path, **stack_settings)
    stack.start()
    yield stack
    stack.stop()


@pytest.fixture
def context(chromium: Browser, stack: Stack) -> Iterator[BrowserContext]:
    """One customer's browser."""
    context = chromium.new_context(
        base_url=stack.url, viewport=DESKTOP, locale="fr-CA", timezone_id="America/Toronto"
    )
    context.set_default_timeout(PATIENCE)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page on which no script may fail and nothing may offend the page's own security policy."""
    page = context.new_page()
    faults: list[str] = []

    def hear(said: ConsoleMessage) -> None:
        if "Content Security Policy" in said.text:
            faults.append(said.text)

    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", hear)
    yield page
    assert faults == []


@pytest.fixture
def chat(page: Page) -> Chat:
    """The French help page with the assistant on it, still closed."""
    page.goto("/fr/")
    return Chat(page)


@pytest.fixture
def desk_stack(tmp_path: Path, demo_template: Path, stack_settings: dict[str, Any]) -> Iterator[DeskStack]:
    """A gateway with a desk, and the true backend with its demo customers behind."""
    stack = DeskStack(tmp_path, demo_template, **stack_settings)
    stack.rasa.script = bot
    stack.start()
    yield stack
    stack.stop()


@pytest.fixture
def browse(chromium: Browser) -> Iterator[NewPage]:
    """Pages of a site in browsers of their own: no script may fail on them, nothing may offend a policy."""
    pages: list[Page] = []
    faults: list[str] = []

    def hear(said: ConsoleMessage) -> None:
        if "Content Security Policy" in said.text:
            faults.append(said.text)

    def one(
        url: str, language: str = "fr", size: ViewportSize = DESKTOP, browser: Browser = chromium
    ) -> Page:
        context = browser.new_context(
            base_url=url, viewport=size, locale=f"{language}-CA", timezone_id="America/Toronto"
        )
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        pages.append(page)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", hear)
        return page

    yield one
    for page in pages:
        browser = page.context.browser
        if browser is None or browser.is_connected():
            page.context.close()
    assert faults == []


@pytest.fixture
def mortal(chromium: Browser, chromium_path: str, tmp_path: Path) -> Iterator[Mortal]:
    """A browser to be killed."""
    with a_mortal(chromium.browser_type, chromium_path, tmp_path / "profile", FLAGS) as one:
        yield one


@pytest.fixture
def new_page(desk_stack: DeskStack, browse: NewPage) -> NewPage:
    """Such pages of the stack, which outlives them."""
    return partial(browse, desk_stack.url)


@pytest.fixture
def sit(desk_stack: DeskStack, new_page: NewPage) -> Sit:
    """A rep at a desk of their own, signed in."""

    def one(
        user_id: str = "lea", *, language: Language = "fr", role: Role = Role.REP, **page: Any
    ) -> DeskPage:
        rep = desk_stack.add_rep(user_id, name=f"{user_id.capitalize()} Roy", role=role, language=language)
        return DeskPage(new_page(language, **page), rep).sign_in()

    return one
