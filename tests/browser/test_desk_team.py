"""An admin's browser: somebody is added, comes in with what was shown once, is changed, let go, returns."""

import re
from datetime import UTC, datetime

from playwright.sync_api import expect

from gateway.desk.records import Role
from gateway.desk.totp import code_at, step_of
from tests.browser.conftest import NewPage, Sit
from tests.browser.desk import DeskPage, ask_person
from tests.browser.test_accessibility import faults


def open_team(desk: DeskPage) -> None:
    desk.page.goto("/desk/#/team")
    expect(desk.page.locator("tbody tr")).not_to_have_count(0)


def test_somebody_is_added_comes_in_and_is_let_go(new_page: NewPage, sit: Sit) -> None:
    admin = sit("ada", role=Role.ADMIN)
    open_team(admin)
    admin.button("Ajouter un conseiller").click()
    assert faults(admin.page) == []
    admin.dialog.get_by_label("Identifiant").fill("eve.roy")
    admin.dialog.get_by_label("Nom", exact=True).fill("Ève Roy")
    admin.dialog.get_by_label("Nom montré aux clients").fill("Ève")
    admin.dialog.get_by_label("Équipe").select_option(label="Facturation")
    admin.dialog.locator("button[type=submit]").click()
    expect(admin.dialog.locator("h3")).to_be_focused()
    expect(admin.dialog.locator(".qr")).to_be_visible()
    assert faults(admin.page) == []
    password, secret = admin.dialog.locator(".handed code").all_inner_texts()[1:]
    admin.button("C’est noté").click()
    row = admin.page.locator("tbody tr").filter(has_text="Ève Roy")
    expect(row).to_contain_text("Facturation")
    expect(admin.page.locator("body")).not_to_contain_text(password)

    chat = ask_person(new_page())
    eve = new_page()
    eve.goto("/desk/")
    eve.locator("#user-id").fill("eve.roy")
    eve.locator("#password").fill(password)
    eve.locator("#code").fill(code_at(secret.replace(" ", ""), step_of(datetime.now(UTC))))
    eve.locator("#code").press("Enter")
    eve.locator("[aria-labelledby=waiting] .item").get_by_role("button").click()
    expect(chat.panel.locator(".handover")).to_contain_text("Ève")
    expect(row).to_contain_text("Oui")

    row.get_by_role("button", name=re.compile("^Retirer du service")).click()
    admin.dialog.locator("button[type=submit]").click()
    expect(row).to_contain_text("Retiré du service")
    expect(eve.locator("#user-id")).to_be_visible()
    expect(chat.panel.locator(".handover")).to_contain_text(re.compile("Votre place.*1"))
    row.get_by_role("button", name=re.compile("^Remettre en service")).click()
    expect(row.get_by_role("button", name=re.compile("^Retirer du service"))).to_be_visible()


def test_an_admin_changes_others_and_may_not_be_the_last_to_go(new_page: NewPage, sit: Sit) -> None:
    sit("lea")
    admin = sit("ada", role=Role.ADMIN, language="en")
    open_team(admin)
    row = admin.page.locator("tbody tr").filter(has_text="Lea Roy")
    row.get_by_role("button", name=re.compile("^Change")).click()
    admin.dialog.get_by_label("Role").select_option(label="Team lead")
    admin.dialog.get_by_label("French").uncheck()
    admin.dialog.get_by_label("English").uncheck()
    admin.dialog.locator("button[type=submit]").click()
    expect(admin.dialog.get_by_role("alert")).to_contain_text("at least one language")
    admin.dialog.get_by_label("English").check()
    admin.dialog.locator("button[type=submit]").click()
    expect(row).to_contain_text("Team lead")
    expect(row).not_to_contain_text("French")

    own = admin.page.locator("tbody tr").filter(has_text="Ada Roy")
    expect(own.get_by_role("button", name=re.compile("^Renew"))).to_have_count(0)
    own.get_by_role("button", name=re.compile("^Let go")).click()
    admin.dialog.locator("button[type=submit]").click()
    expect(admin.dialog.get_by_role("alert")).to_contain_text("last administrator")
    admin.page.keyboard.press("Escape")
    admin.page.goto("/desk/#/audit")
    entry = admin.page.locator("tbody tr").filter(has_text="Representative’s account changed")
    expect(entry).to_contain_text("Representative \u2192 Team lead")


def test_leads_see_the_team_and_change_nothing(sit: Sit) -> None:
    desk = sit("lou", role=Role.LEAD)
    open_team(desk)
    expect(desk.page.locator("main button")).to_have_count(0)
    expect(desk.page.locator("thead")).to_contain_text("Identifiant")
