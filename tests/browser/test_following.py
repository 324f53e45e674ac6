"""What somebody says comes into view, unless the reader is busy elsewhere: then it is counted."""

from playwright.sync_api import expect

from tests.browser.conftest import NewPage, Sit
from tests.browser.desk import ask_person

LONG = " ".join(["Voici ce que je vois au dossier."] * 40)


def test_whatever_a_person_says_comes_into_view(new_page: NewPage, sit: Sit) -> None:
    chat = ask_person(new_page())
    desk = sit()
    desk.claim()
    for place in range(4):
        desk.say(f"Ligne {place} de la personne")
        said = chat.panel.locator(".message.rep .bubble").filter(has_text=f"Ligne {place}")
        expect(said).to_be_in_viewport()


def test_what_follows_a_long_answer_is_counted_while_its_beginning_is_read(
    new_page: NewPage, sit: Sit
) -> None:
    chat = ask_person(new_page())
    desk = sit()
    desk.claim()
    desk.say(LONG)
    answer = chat.panel.locator(".message.rep")
    expect(answer.locator(".sender, .bubble").first).to_be_in_viewport()
    transcript = chat.panel.locator(".transcript")
    reading = transcript.evaluate("area => area.scrollTop")

    desk.say("Et encore ceci.")

    expect(chat.panel.get_by_role("button", name="1 nouveau message")).to_be_visible()
    assert transcript.evaluate("area => area.scrollTop") == reading
    chat.panel.get_by_role("button", name="1 nouveau message").click()
    expect(answer.filter(has_text="Et encore ceci.")).to_be_in_viewport()
    desk.say("Puis cela.")
    expect(answer.filter(has_text="Puis cela.")).to_be_in_viewport()
