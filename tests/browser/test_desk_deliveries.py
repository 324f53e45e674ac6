"""A lead's browser on the deliveries: one fails, is repeated, and is seen to arrive without a reload."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from playwright.sync_api import expect

from gateway.desk.api.keys import DESK
from gateway.desk.records import Role
from gateway.webhooks.endpoints import Endpoint, do_add, new_secret
from tests.browser.conftest import NewPage, Sit
from tests.browser.desk import DeskStack, ask_person


class Receiver(BaseHTTPRequestHandler):
    """A company's own system, which may want no more of it (410)."""

    status = 410

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(type(self).status)
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture
def receiver() -> Iterator[str]:
    Receiver.status = 410
    server = HTTPServer(("127.0.0.1", 0), Receiver)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/hook"
    server.shutdown()
    server.server_close()


def test_a_failed_delivery_is_repeated_and_seen_to_arrive(
    new_page: NewPage, sit: Sit, desk_stack: DeskStack, receiver: str
) -> None:
    now, events = datetime.now(UTC), frozenset({"handoff.requested"})
    for name in ("crm", "archive"):
        desk_stack.run(
            do_add(desk_stack.gateway[DESK].database, Endpoint(name, receiver, new_secret(), events), now=now)
        )
    desk = sit(role=Role.LEAD)
    desk.page.goto("/desk/#/webhooks")
    expect(desk.page.locator("main")).to_contain_text("Aucun envoi.")

    ask_person(new_page())
    rows = desk.page.locator("tbody tr")
    expect(rows.filter(has_text="Abandonné")).to_have_count(2)
    expect(rows.first).to_contain_text("HTTP 410")
    desk.page.get_by_label("Destination").select_option("crm")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("Conseiller demandé")

    Receiver.status = 204
    rows.get_by_role("button").click()
    expect(rows).to_contain_text("Livré")
    expect(rows).to_contain_text("HTTP 204")
    desk.page.get_by_label("Afficher").select_option("failed")
    expect(desk.page.locator("main")).to_contain_text("Aucun envoi.")
    desk.page.get_by_label("Destination").select_option("archive")
    expect(rows).to_contain_text("Abandonné")
