"""Scripts and markup in words and names: inert on both pages, on paper, in e-mail, text and JSON."""

import io
import re
import sqlite3
from typing import Any

import pypdf
import pytest
from playwright.sync_api import Page, expect

from gateway.desk.records import Role
from tests.browser.chat import Chat
from tests.browser.conftest import NewPage
from tests.browser.desk import DeskPage, DeskStack, fill_address, sign_in
from tests.browser.mails import mailed, paper_of, squeezed

SCRIPT = "<img src=x onerror=\"document.title='got in'\">"
SCRIPTS = f"{SCRIPT}<script>document.title='got in'</script><svg onload=\"document.title='got in'\"/>"
MARKUP = "[ici](javascript:document.title='got') #set page(fill: red) #eval(\"1\") $x$ \\ @lien `#sys`\n\n= T"
HEADERS = "x\r\nBcc: eve@example.ca"
RUN = re.compile(rb"/(JavaScript|JS|OpenAction|AA|Launch|URI|EmbeddedFile)\b")
FOREIGN = "img[src=x], svg[onload], script:not([src]):not([type*=json]), a[href^='javascript']"


@pytest.fixture
def hostile(desk_stack: DeskStack, new_page: NewPage) -> tuple[Chat, DeskPage]:
    """A customer and a rep whose very names are scripts, in a conversation full of them."""
    with sqlite3.connect(desk_stack.backend_file) as backend:
        backend.execute("UPDATE accounts SET holder = ? WHERE holder = 'Marie Tremblay'", (SCRIPT,))
    rep = desk_stack.add_rep("eve", name=f"{SCRIPT} Roy", alias=SCRIPT, role=Role.LEAD)
    other = desk_stack.add_rep("max", name=f"{SCRIPT} Max", alias=SCRIPT)
    DeskPage(new_page(), other).sign_in()
    desk, page = DeskPage(new_page(), rep).sign_in(), new_page()
    page.goto("/fr/")
    chat = Chat(page).open()
    sign_in(chat)
    for text in (SCRIPTS, MARKUP, HEADERS):
        chat.ask(text)
    chat.ask("une personne")
    desk.claim()
    desk.say(SCRIPTS)
    desk.page.keyboard.press("Alt+i")
    desk.say(f"note {SCRIPTS}")
    desk.expect_line("note <img", kind=".note")
    fill_address(desk, f"45, rue X {SCRIPT}"[:60])
    desk.dialog.locator("button[type=submit]").click()
    expect(desk.dialog.locator("h3")).to_have_text("C’est fait.")
    desk.page.keyboard.press("Escape")
    expect(chat.panel.locator(".card.receipt")).to_contain_text("onerror")
    return chat, desk


def check_inert(page: Page) -> None:
    """Nothing has run, and nothing that could is in the page, its shadow trees included."""
    assert "got" not in page.title()
    assert page.locator(FOREIGN).count() == 0


def test_words_and_names_run_nowhere(hostile: tuple[Chat, DeskPage], desk_stack: DeskStack) -> None:
    chat, desk = hostile
    expect(desk.page.locator("desk-customer-card")).to_contain_text(SCRIPT)
    desk.button("Transférer").click()
    expect(desk.dialog.locator("option").filter(has_text=SCRIPT)).to_have_count(1)
    desk.page.keyboard.press("Escape")
    expect(chat.panel.locator(".handover")).to_contain_text(SCRIPT)
    expect(chat.panel.locator(".message.rep")).to_contain_text(SCRIPTS)
    check_inert(chat.page)
    check_inert(desk.page)

    _check_downloads(desk)
    _check_mail(desk, desk_stack)
    for place in ("audit", "team", "conversations"):
        desk.page.goto(f"/desk/#/{place}")
        expect(desk.page.locator("h1")).to_be_focused()
        expect(desk.page.locator("main tbody tr").first).to_be_visible()
        check_inert(desk.page)


def _check_downloads(desk: DeskPage) -> None:
    files = _downloads(desk)
    for content, name, headers in files.values():
        assert re.fullmatch(r"(conversation-du-\d{4}-\d\d-\d\d\.(pdf|txt))?", name)
        assert headers["x-content-type-options"] == "nosniff"
        assert b"note <img" not in content
    paper = paper_of(files["pdf"][0])
    assert squeezed(SCRIPTS) in paper
    assert squeezed("#set page(fill: red)") in paper
    assert squeezed("note <img") not in paper
    inside = _open(files["pdf"][0])
    assert b"/Catalog" in inside
    assert not RUN.search(inside)
    assert SCRIPTS in files["text"][0].decode()
    kinds = {kind: headers["content-type"].split(";")[0] for kind, (_, _, headers) in files.items()}
    assert kinds == {"pdf": "application/pdf", "text": "text/plain", "json": "application/json"}


def _check_mail(desk: DeskPage, desk_stack: DeskStack) -> None:
    desk.button("Envoyer au client").click()
    desk.dialog.locator("#send-to").fill("marie@example.ca")
    desk.dialog.locator("button[type=submit]").click()
    mail = mailed(desk_stack.mails, "marie@example.ca")
    kinds = [part.get_content_type() for part in mail.message.walk()]
    assert kinds == ["multipart/mixed", "text/plain", "application/pdf"]
    assert mail.message["Bcc"] is None
    assert SCRIPTS in mail.text
    assert "<img" not in str(mail.message["Subject"])


def _downloads(desk: DeskPage) -> dict[str, tuple[bytes, str, dict[str, str]]]:
    """The transcript in each format: what it holds, its name, its headers."""
    found = {}
    for kind in ("pdf", "text", "json"):
        href = desk.page.locator(f".paper a[href$='format={kind}']").get_attribute("href")
        answer = desk.page.request.get(str(href))
        named = re.search(r"filename\*=UTF-8''(\S+)", answer.headers.get("content-disposition", ""))
        found[kind] = (answer.body(), named[1] if named else "", answer.headers)
    return found


def _open(pdf: bytes) -> bytes:
    """All that a PDF's objects say, uncompressed."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf))
    objects: list[Any] = [writer._objects[index] for index in range(len(writer._objects))]
    return repr(objects).encode()
