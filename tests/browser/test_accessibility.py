"""axe finds nothing at WCAG 2.2 AA, and the pages fit a screen 320 pixels wide."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.chat import Chat
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.stack import Stack
from tests.browser.words import SIGNED_IN, assistant
from tests.fakes.backend import PASSWORD
from tests.fakes.rasa import message

AXE = Path(__file__).parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
ZOOMED = ViewportSize(width=320, height=256)  # 1280 x 1024 at 400 %
# The page's policy forbids inline scripts, also ours: axe comes in through the debugger.
RUN = "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})"
SIZES = [
    pytest.param(DESKTOP, id="desktop"),
    pytest.param(PHONE, id="phone"),
    pytest.param(ZOOMED, id="zoomed"),
]
LANGUAGES = ["fr", "en"]
GoThrough = Callable[[Chat, Stack, str], None]


def faults(page: Page) -> list[str]:
    """What axe finds, readable."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found: dict[str, Any] = page.evaluate(RUN, TAGS)
    return [
        f"{violation['id']}: {violation['help']}: {node['target']} {node.get('failureSummary', '')}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]


def talk(chat: Chat, stack: Stack, language: str) -> None:
    """A conversation with everything in it: links, lists, replies chosen and open, an opinion, a failure."""
    choices = [{"title": "Oui / Yes", "payload": "/yes"}, {"title": "Non / No", "payload": "/no"}]
    stack.rasa.script = lambda turn: {
        "language": language,
        "messages": [
            message("**A** [b](https://a.ca/)\n\n- c\n- d", language, faq_id="cost", faq_version="1"),
            message("E?", language, buttons=choices),
        ],
    }
    chat.open().ask("1")
    chat.reply("Oui / Yes").click()
    expect(chat.answers).to_have_count(5)
    chat.panel.locator('[data-useful="false"]').first.click()
    stack.rasa.status = 500
    chat.ask("2")
    expect(chat.panel.locator(".failure")).to_be_visible(timeout=15_000)
    chat.composer.fill("x" * 1003)


def operate(chat: Chat, stack: Stack, language: str) -> None:
    """Cards in every state: replaced, wrong, filled in; a menu, a summary, receipts, a failure, a link."""
    stack.rasa.script = assistant(language)
    chat.open().ask("sign in")
    chat.panel.locator("#user-id").fill("marie")
    chat.panel.locator("#password").fill("wrong")
    chat.panel.locator("#password").press("Enter")
    expect(chat.panel.locator("#password-problem")).to_be_visible()
    assert overflow(chat) == [0, 0]
    assert faults(chat.page) == []
    chat.ask("sign in")
    expect(chat.panel.locator(".card-line")).to_have_count(1)
    chat.panel.locator("#user-id").fill("marie")
    chat.panel.locator("#password").fill(PASSWORD)
    chat.panel.locator("#password").press("Enter")
    expect(chat.panel.locator(".card-line.done")).to_have_count(2)
    chat.expect_answer(SIGNED_IN[language])
    for words in ("confirm", "done", "payment", "pay"):
        answers = chat.answers.count()
        chat.ask(words)
        expect(chat.answers).to_have_count(answers + 1)
    stack.backend.status = 500
    chat.panel.locator(".receipt .download button").first.click()
    expect(chat.panel.locator(".receipt .problem")).to_be_visible(timeout=20_000)
    chat.panel.locator("summary").click()
    expect(chat.panel.locator(".menu")).to_be_visible()


def overflow(chat: Chat) -> list[int]:
    """How far the panel and the transcript reach beyond their width, in pixels."""
    areas = (chat.panel, chat.panel.locator(".transcript"))
    return [area.evaluate("area => area.scrollWidth - area.clientWidth") for area in areas]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", SIZES)
def test_axe_finds_nothing_on_the_page(page: Page, language: str, size: ViewportSize) -> None:
    page.set_viewport_size(size)
    page.goto(f"/{language}/")
    Chat(page).launcher.wait_for()
    assert faults(page) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", SIZES)
def test_axe_finds_nothing_in_a_conversation(
    page: Page, stack: Stack, language: str, size: ViewportSize
) -> None:
    page.set_viewport_size(size)
    page.goto(f"/{language}/")
    talk(Chat(page), stack, language)
    assert faults(page) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", SIZES)
def test_axe_finds_nothing_in_an_operation_and_it_fits(
    page: Page, stack: Stack, language: str, size: ViewportSize
) -> None:
    page.set_viewport_size(size)
    page.goto(f"/{language}/")
    chat = Chat(page)
    operate(chat, stack, language)
    assert faults(page) == []
    assert overflow(chat) == [0, 0]


@pytest.mark.parametrize("go_through", [talk, operate])
def test_axe_finds_nothing_in_the_dark(page: Page, stack: Stack, go_through: GoThrough) -> None:
    page.emulate_media(color_scheme="dark")
    page.goto("/fr/")
    go_through(Chat(page), stack, "fr")
    assert faults(page) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", [pytest.param(PHONE, id="phone"), pytest.param(ZOOMED, id="zoomed")])
def test_nothing_has_to_be_scrolled_sideways(
    page: Page, stack: Stack, language: str, size: ViewportSize
) -> None:
    page.set_viewport_size(size)
    page.goto(f"/{language}/")
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 320
    chat = Chat(page)
    talk(chat, stack, language)
    assert overflow(chat) == [0, 0]
    expect(chat.composer).to_be_in_viewport()
    expect(chat.panel.locator(".person a")).to_be_attached()


def test_nothing_moves_for_those_who_asked_for_stillness(page: Page, stack: Stack) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.goto("/fr/")
    stack.rasa.delay = 2.0
    chat = Chat(page).open()
    chat.ask("lent")
    expect(chat.panel.locator(".typing")).to_be_visible()
    assert page.evaluate("() => document.getAnimations().length") == 0


def test_forced_colours_keep_every_edge(page: Page, stack: Stack) -> None:
    page.emulate_media(forced_colors="active")
    page.goto("/fr/")
    chat = Chat(page).open()
    edge = chat.answers.first.locator(".bubble").evaluate("bubble => getComputedStyle(bubble).borderTopColor")
    assert edge not in ("transparent", "rgba(0, 0, 0, 0)")


def test_zoomed_the_field_that_is_filled_in_can_be_read_with_its_name(page: Page, stack: Stack) -> None:
    page.set_viewport_size(ZOOMED)
    page.goto("/fr/")
    stack.rasa.script = assistant("fr")
    chat = Chat(page).open()
    chat.ask("sign in")
    expect(chat.panel.locator("#user-id")).to_be_focused()
    for name in ("user-id", "password"):
        chat.panel.locator(f"#{name}").focus()
        expect(chat.panel.locator(f"#{name}")).to_be_in_viewport(ratio=1)
        expect(chat.panel.locator(f"label[for={name}]")).to_be_in_viewport(ratio=0.9)
