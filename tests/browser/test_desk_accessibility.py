"""The desk for those who see little or nothing, or use no mouse: axe, sizes, keys, focus, what is spoken."""

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from gateway.desk.records import Role
from tests.browser.chat import Chat
from tests.browser.conftest import DESKTOP, NewPage, Sit
from tests.browser.desk import DeskPage, ask_person
from tests.browser.test_accessibility import faults

TABLET = ViewportSize(width=768, height=1024)
ZOOMED = ViewportSize(width=640, height=400)  # 1280 x 800 at 200 %
PHONE = ViewportSize(width=320, height=640)
PAGES = ["conversations", "tickets", "questions", "figures", "team", "audit", "webhooks"]
KEYS = {
    "Alt+o": "#operation",
    "Alt+t": "#target",
    "Alt+b": "#note",
    "Alt+x": "#choice",
    "Alt+r": "#canned-words",
}
SPOKEN = """() => {
  window.heard = [];
  new MutationObserver((changes) => {
    for (const change of changes) for (const entry of change.addedNodes) {
      window.heard.push([...entry.children].map((part) => [part.textContent.trim(), part.lang]));
    }
  }).observe(document.querySelector(".voice"), { childList: true });
}"""


def overflow(page: Page) -> int:
    """How far the page, or the part of it that scrolls by itself, reaches beyond its frame, in pixels."""
    return int(
        page.evaluate(
            "() => Math.max(...[document.documentElement, document.querySelector('#content')]"
            ".map((part) => part.scrollWidth - part.clientWidth))"
        )
    )


def with_everything(sit: Sit, new_page: NewPage, **page: object) -> tuple[DeskPage, Chat]:
    """A conversation with masked words, a note and an answer in it, and a second one that waits."""
    chat = ask_person(new_page())
    chat.ask("Mon courriel est jean.roy@example.ca")
    desk = sit(role=Role.LEAD, **page)
    desk.claim()
    desk.page.keyboard.press("Alt+i")
    desk.say("À vérifier")
    desk.expect_line("À vérifier", kind=".note")
    desk.page.keyboard.press("Alt+2")
    desk.say("Bonjour")
    expect(desk.page.locator(".line.own:not(.pending)")).to_have_count(1)
    ask_person(new_page("en"), "en")
    expect(desk.waiting).to_have_count(1)
    return desk, chat


@pytest.mark.parametrize("dark", [False, True])
def test_axe_finds_nothing_in_a_conversation_and_its_dialogs(new_page: NewPage, sit: Sit, dark: bool) -> None:
    desk, _ = with_everything(sit, new_page)
    if dark:
        desk.page.emulate_media(color_scheme="dark")
    desk.page.locator("details.mark summary").first.click()
    assert faults(desk.page) == []
    for key in (*KEYS, "Alt+h"):
        desk.page.keyboard.press(key)
        expect(desk.dialog).to_be_visible()
        assert faults(desk.page) == [], key
        desk.page.keyboard.press("Escape")
        expect(desk.dialog).to_have_count(0)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_axe_finds_nothing_on_the_other_pages_and_they_fit(
    new_page: NewPage, sit: Sit, language: str
) -> None:
    page = new_page(language)
    page.goto("/desk/")
    page.locator(".set-up summary").click()
    assert faults(page) == []
    ask_person(new_page(language), language)
    desk = sit(language=language, role=Role.LEAD)
    for name in PAGES:
        desk.page.goto(f"/desk/#/{name}")
        expect(desk.page.locator("h1")).to_be_focused()
        expect(desk.page.locator("main .hint").filter(has_text="…")).to_have_count(0)
        assert faults(desk.page) == [], name
        for size in (ZOOMED, PHONE):
            desk.page.set_viewport_size(size)
            assert overflow(desk.page) <= 0, (name, size)
        desk.page.set_viewport_size(DESKTOP)


@pytest.mark.parametrize("size", [TABLET, ZOOMED, PHONE])
def test_a_conversation_fits_and_nothing_of_it_is_out_of_reach(
    new_page: NewPage, sit: Sit, size: ViewportSize
) -> None:
    desk, _ = with_everything(sit, new_page)
    desk.page.set_viewport_size(size)
    assert overflow(desk.page) <= 0
    assert faults(desk.page) == []
    details = desk.button("Détails")
    details.click()
    expect(desk.page.locator("#side")).to_be_visible()
    assert overflow(desk.page) <= 0
    details.click()
    expect(desk.page.locator("#side")).to_be_hidden()
    desk.composer.scroll_into_view_if_needed()
    expect(desk.composer).to_be_in_viewport()


def test_the_whole_way_by_keyboard(new_page: NewPage, sit: Sit) -> None:
    desk = sit()
    chat = ask_person(new_page())
    expect(desk.waiting).to_have_count(1)
    keyboard = desk.page.keyboard
    keyboard.press("Alt+n")
    expect(desk.composer).to_be_focused()
    keyboard.type("Bonjour de la part du clavier")
    keyboard.press("Enter")
    expect(chat.panel.locator(".message.rep")).to_have_count(1)
    keyboard.press("Alt+x")
    expect(desk.dialog.locator("#choice")).to_be_focused()
    keyboard.press("Escape")
    expect(desk.dialog).to_have_count(0)
    expect(desk.composer).to_be_focused()
    keyboard.press("Alt+b")
    expect(desk.dialog.locator("#note")).to_be_focused()
    keyboard.press("Tab")
    keyboard.press("Tab")
    keyboard.press("Enter")
    chat.expect_answer("Je reprends.")
    expect(desk.page.locator(":focus")).to_have_count(1)


def test_the_tab_key_goes_round_and_is_never_caught(new_page: NewPage, sit: Sit) -> None:
    desk, _ = with_everything(sit, new_page)
    page = desk.page
    page.locator(".skip").focus()
    seen: list[str] = []
    for _ in range(80):
        page.keyboard.press("Tab")
        name = page.evaluate("() => document.activeElement.outerHTML.slice(0, 160)")
        if name.startswith("<body") or name in seen[:1]:
            break
        seen.append(name)
    assert 15 < len(seen) < 80
    assert any('id="reply"' in name for name in seen)


@pytest.mark.parametrize("key", sorted(KEYS))
def test_a_dialog_takes_the_focus_and_gives_it_back(new_page: NewPage, sit: Sit, key: str) -> None:
    desk = sit()
    chat = ask_person(new_page())
    if key == "Alt+o":
        chat.panel.locator(".handover button").click()
        chat.ask("connexion")
        chat.panel.locator("#user-id").fill("marie")
        chat.panel.locator("#password").fill("demo2026")
        chat.panel.locator("#password").press("Enter")
        expect(chat.panel.locator(".card-line.done")).to_be_visible()
        chat.ask("une personne")
    desk.claim()
    desk.page.keyboard.press(key)
    expect(desk.dialog.locator(KEYS[key])).to_be_focused()
    desk.page.keyboard.press("Escape")
    expect(desk.dialog).to_have_count(0)
    expect(desk.composer).to_be_focused()


def test_what_comes_is_spoken_in_its_own_language_and_ones_own_words_are_not(
    new_page: NewPage, sit: Sit
) -> None:
    desk = sit()
    chat = ask_person(new_page("en"), "en")
    desk.claim()
    desk.page.evaluate(SPOKEN)
    desk.say("Good morning")
    chat.ask("Thank you so much")
    desk.expect_line("Thank you so much", kind=".customer")
    desk.page.wait_for_function("() => window.heard.length > 0")
    heard = desk.page.evaluate("() => window.heard")
    assert [["Client\u00a0:", "fr"], ["Thank you so much", "en"]] in heard
    assert not any("Good morning" in part[0] for entry in heard for part in entry)


def test_what_the_customer_waits_for_is_shown_and_is_accessible(new_page: NewPage, sit: Sit) -> None:
    desk = sit()
    chat = ask_person(new_page())
    assert faults(chat.page) == []
    desk.claim()
    desk.say("Bonjour")
    expect(chat.panel.locator(".message.rep")).to_have_count(1)
    assert faults(chat.page) == []


@pytest.mark.parametrize("stack_settings", [{"desk_hours": "Mo 03:00-03:01"}])
@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_axe_finds_nothing_in_the_form_to_be_called_back_and_it_fits(
    new_page: NewPage, size: ViewportSize
) -> None:
    page = new_page(size=size)
    page.goto("/fr/")
    chat = Chat(page).open()
    chat.ask("une personne")
    form = chat.panel.locator("form.callback")
    form.get_by_role("button", name="Laisser le message").click()
    expect(form.locator("#reach-problem")).to_be_visible()
    assert faults(page) == []
    assert chat.panel.evaluate("panel => panel.scrollWidth - panel.clientWidth") == 0
