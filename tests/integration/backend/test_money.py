"""Bills, e-bills, payments made here and automatic payment, each test named after the FAQ entry it proves."""

import io
from datetime import date, timedelta
from typing import Any

import pypdf
import pytest
from aiohttp.test_utils import TestClient

from backend.domain.accounts import Delivery
from backend.domain.bills import Bill, Travel, taxes_on
from backend.domain.online import Payment
from backend.provider.sandbox import Sandbox
from backend.worker.mail import MailFault
from tests.support.backend_client import Caller, rep_for, signed_in
from tests.support.backend_world import NEW_HOME_JSON, Person, World

PAPER = "paper+100000001@example.ca"
GOOD, BAD, LATER = "4242 4242 4242 4242", "4000 0000 0000 0002", "4000 0000 0000 0341"


async def bills_of(world: World, person: Person) -> list[Bill]:
    async with world.backend.store.reading() as uow:
        return list(await uow.bills.of_account(person.account.id, limit=20))


async def until(world: World, day: date) -> None:
    """Let the days pass, the worker awake on each."""
    while world.clock.now.date() < day:
        world.clock.forward(days=1)
        await world.worker.until_idle()


async def stored(world: World, payment_id: str) -> Payment:
    """A payment as it is kept."""
    async with world.backend.store.reading() as uow:
        found = await uow.payments.get(payment_id)
    assert found is not None
    return found


async def use_card(client: TestClient[Any, Any], world: World, payment: Any, card: str) -> int:
    provider = world.backend.provider
    assert isinstance(provider, Sandbox)
    notice, signature = provider.notice(await stored(world, payment["id"]), card)
    headers = {"X-Signature": signature, "Content-Type": "application/json"}
    async with client.post("/v1/provider/notices", data=notice, headers=headers) as answer:
        return answer.status


def test_taxes_are_those_of_the_province_rounded_to_the_cent() -> None:
    assert [(tax["tax"], tax["cents"]) for tax in taxes_on(10_001, "QC")] == [("gst", 500), ("qst", 998)]
    assert [(tax["tax"], tax["cents"]) for tax in taxes_on(10_000, "ON")] == [("hst", 1300)]
    assert [(tax["tax"], tax["cents"]) for tax in taxes_on(10_000, "AB")] == [("gst", 500)]


async def test_a_bill_is_made_once_on_its_day_and_shows_the_payments_since_the_last(
    world: World, client: TestClient[Any, Any], as_marie: Caller, marie: Person
) -> None:
    path = f"/v1/accounts/{marie.account.id}"
    report = {"amount_cents": 8450, "paid_on": "2026-11-20", "method": "cheque"}
    known = await as_marie.post(f"{path}/payment-reports", report, status=201)
    await rep_for(client).post(f"/v1/payment-reports/{known['subject_id']}/state", {"state": "applied"})

    await until(world, date(2027, 1, 12))

    bills = await bills_of(world, marie)
    first = bills[-1]
    assert [bill.issued_on for bill in bills] == [date(2027, 1, 10), date(2026, 12, 10)]
    assert (first.previous_cents, first.payments_cents, first.total_cents) == (8450, 8450, 4024)
    assert bills[0].previous_cents == 4024
    assert (await world.account(marie)).balance_cents == bills[0].total_cents


async def test_ebill_and_paper_each_bill_travels_one_way(
    world: World, as_marie: Caller, marie: Person
) -> None:
    await until(world, date(2026, 12, 11))
    as_marie = await signed_in(as_marie.client, marie)
    await as_marie.post(f"/v1/accounts/{marie.account.id}/ebill", {"email": "m@example.ca", "consent": True})
    await until(world, date(2027, 1, 11))

    assert [bill.travel for bill in await bills_of(world, marie)] == [Travel.EBILL, Travel.PAPER]
    assert len(world.mail.to(PAPER)) == 1
    assert [mail["Subject"] for mail in world.mail.to("m@example.ca")] == [
        "Votre facture du dimanche 10 janvier 2027"
    ]


@pytest.mark.parametrize("is_permanent", [True, False])
async def test_ebill_not_received_returns_the_account_to_paper(
    world: World, as_marie: Caller, marie: Person, is_permanent: bool
) -> None:
    await as_marie.post(f"/v1/accounts/{marie.account.id}/ebill", {"email": "m@example.ca", "consent": True})
    await world.worker.until_idle()
    world.clock.forward(days=16)
    world.mail.fault = MailFault("no such mailbox", is_permanent=is_permanent)
    for _ in range(12):
        await world.worker.round()
        if (await world.account(marie)).delivery is Delivery.PAPER:
            break
        world.clock.forward(hours=6)
    world.mail.fault = None
    await world.worker.until_idle()

    bill = (await bills_of(world, marie))[0]
    assert (await world.account(marie)).delivery is Delivery.PAPER
    assert (bill.travel, bill.returned_reason) == (Travel.PAPER, "bounced" if is_permanent else "send_failed")
    assert len(world.mail.to(PAPER)) == (0 if is_permanent else 1) or world.mail.to(PAPER)
    assert world.mail.to("m@example.ca") == []


async def test_ebill_not_received_a_bounce_told_later_counts_once(
    world: World, client: TestClient[Any, Any], as_marie: Caller, marie: Person
) -> None:
    await as_marie.post(f"/v1/accounts/{marie.account.id}/ebill", {"email": "m@example.ca", "consent": True})
    await until(world, date(2026, 12, 11))
    bounce = {"message_id": (await bills_of(world, marie))[0].message_id}

    told = [(await rep_for(client).post("/v1/ebill-bounces", bounce))["returned_to_paper"] for _ in range(2)]
    await world.worker.until_idle()

    assert told == [True, False]
    assert len(world.mail.to(PAPER)) == 1
    assert any("retour au papier" in mail["Subject"] for mail in world.mail.to("marie@example.ca"))


async def test_ebill_deleted_a_bill_is_sent_again(world: World, as_marie: Caller, marie: Person) -> None:
    path = f"/v1/accounts/{marie.account.id}"
    await as_marie.post(f"{path}/ebill", {"email": "m@example.ca", "consent": True})
    await until(world, date(2026, 12, 11))
    as_marie = await signed_in(as_marie.client, marie)
    bill = (await as_marie.get(f"{path}/bills"))["bills"][0]

    receipt = await as_marie.post(f"{path}/bills/{bill['id']}/send")
    await world.worker.until_idle()

    assert receipt["operation"] == "bill_send"
    assert len(world.mail.to("m@example.ca")) == 2


async def test_one_time_payment_delay_the_authorization_number_comes_at_once(
    world: World, client: TestClient[Any, Any], as_marie: Caller, marie: Person
) -> None:
    path = f"/v1/accounts/{marie.account.id}/payments"
    await as_marie.refused("payment_over_balance", "POST", path, {"amount_cents": 8451}, status=422)
    started = await as_marie.post(path, {"amount_cents": 8450}, status=201, key="pay-it-once")
    again = await as_marie.post(path, {"amount_cents": 8450}, status=201, key="pay-it-once")

    assert await use_card(client, world, started, BAD) == 200
    refused = await as_marie.get(f"{path}/{started['id']}")
    for _ in range(3):
        assert await use_card(client, world, started, GOOD) == 200
    assert await use_card(client, world, started, BAD) == 200
    paid = await as_marie.get(f"{path}/{started['id']}")
    summary = await as_marie.get(f"/v1/accounts/{marie.account.id}")

    assert started["id"] == again["id"]
    assert (refused["state"], refused["refused_reason"]) == ("refused", "card_refused")
    assert (paid["state"], len(paid["authorization"])) == ("approved", 6)
    assert summary["balance"]["balance_cents"] == 0
    assert [one["operation"] for one in summary["recent_receipts"]] == ["payment"]


async def test_payment_security_a_notice_with_a_wrong_signature_is_refused(
    world: World, client: TestClient[Any, Any], as_marie: Caller, marie: Person
) -> None:
    started = await as_marie.post(
        f"/v1/accounts/{marie.account.id}/payments", {"amount_cents": 100}, status=201
    )
    provider = world.backend.provider
    assert isinstance(provider, Sandbox)
    notice, signature = provider.notice(await stored(world, started["id"]), GOOD)
    headers = {"X-Signature": signature, "Content-Type": "application/json"}

    async with client.post(
        "/v1/provider/notices", data=notice.replace(b"4242", b"1111"), headers=headers
    ) as answer:
        assert (answer.status, (await answer.json())["error"]["code"]) == (403, "callback_not_trusted")


async def test_one_time_payment_next_bill_travels_as_before(
    world: World, client: TestClient[Any, Any], as_marie: Caller, marie: Person
) -> None:
    started = await as_marie.post(
        f"/v1/accounts/{marie.account.id}/payments", {"amount_cents": 8450}, status=201
    )
    await use_card(client, world, started, GOOD)
    await until(world, date(2026, 12, 11))

    assert [bill.travel for bill in await bills_of(world, marie)] == [Travel.PAPER]


async def test_autopay_date_twenty_days_after_the_bill_and_no_paper_meanwhile(
    world: World, client: TestClient[Any, Any], as_marie: Caller, marie: Person
) -> None:
    agreed = await as_marie.post(f"/v1/accounts/{marie.account.id}/autopay", status=201)
    await use_card(client, world, agreed, GOOD)
    await until(world, date(2026, 12, 29))
    owed = (await world.account(marie)).balance_cents
    await until(world, date(2026, 12, 31))
    bill = (await bills_of(world, marie))[0]

    assert owed == bill.total_cents > 0
    assert (bill.due_on - bill.issued_on, bill.travel) == (timedelta(days=20), Travel.AUTOPAY)
    assert (await world.account(marie)).balance_cents == 0
    assert world.mail.to(PAPER) == []


async def test_autopay_address_when_it_fails_the_bill_is_mailed(
    world: World, client: TestClient[Any, Any], as_marie: Caller, marie: Person
) -> None:
    agreed = await as_marie.post(f"/v1/accounts/{marie.account.id}/autopay", status=201)
    await use_card(client, world, agreed, LATER)
    await until(world, date(2026, 12, 31))

    assert (await bills_of(world, marie))[0].travel is Travel.PAPER
    assert len(world.mail.to(PAPER)) == 1
    assert "Votre paiement automatique a échoué" in {m["Subject"] for m in world.mail.to("marie@example.ca")}


async def test_autopay_cancel_goes_through_customer_service(
    world: World, client: TestClient[Any, Any], as_marie: Caller, marie: Person
) -> None:
    path = f"/v1/accounts/{marie.account.id}/autopay"
    await use_card(client, world, await as_marie.post(path, status=201), GOOD)

    await as_marie.refused("autopay_cancel_by_rep", "DELETE", path, status=403)
    await rep_for(client, marie).delete(path)

    assert not (await world.account(marie)).autopay


async def test_the_sandbox_page_takes_a_test_card(
    world: World, client: TestClient[Any, Any], as_marie: Caller, marie: Person
) -> None:
    started = await as_marie.post(
        f"/v1/accounts/{marie.account.id}/payments", {"amount_cents": 100}, status=201
    )
    page = started["page_url"].removeprefix("http://portal.example.ca")

    async with client.get(f"{page}?lang=en") as answer:
        form = await answer.text()
    async with client.post(page, data={"card": GOOD}) as answer:
        result = await answer.text()
    async with client.get(page[:-1] + ("0" if page[-1] != "0" else "1")) as answer:
        assert answer.status == 404

    assert "$1.00" in form
    assert "Numéro d’autorisation" in result


@pytest.mark.parametrize(
    ("language", "title"), [("fr", "Forfait d’interurbain changé"), ("en", "Long-distance plan changed")]
)
async def test_a_receipt_is_an_accessible_pdf(
    as_marie: Caller, marie: Person, language: str, title: str
) -> None:
    receipt = await as_marie.post(f"/v1/accounts/{marie.account.id}/plan", {"plan": "world"})
    path = f"/v1/receipts/{receipt['number']}/pdf?lang={language}"

    async with as_marie.client.get(path, headers=as_marie.headers) as answer:
        content = await answer.read()

    check_pdf(content, language, title)


async def test_a_bill_is_an_accessible_pdf_attached_to_its_email(
    world: World, as_marie: Caller, marie: Person
) -> None:
    await as_marie.post(f"/v1/accounts/{marie.account.id}/ebill", {"email": "m@example.ca", "consent": True})
    await until(world, date(2026, 12, 11))

    attached = next(world.mail.to("m@example.ca")[0].iter_attachments())

    check_pdf(attached.get_content(), "fr", "Facture du jeudi 10 décembre 2026")


async def test_a_bill_keeps_the_address_of_its_day(world: World, as_marie: Caller, marie: Person) -> None:
    path = f"/v1/accounts/{marie.account.id}"
    await until(world, date(2026, 12, 11))
    as_marie = await signed_in(as_marie.client, marie)
    await as_marie.post(f"{path}/address", {"address": NEW_HOME_JSON})
    await as_marie.post(f"{path}/plan", {"plan": "world"})
    bill = (await as_marie.get(f"{path}/bills"))["bills"][0]

    async with as_marie.client.get(f"{path}/bills/{bill['id']}/pdf", headers=as_marie.headers) as answer:
        text = pypdf.PdfReader(io.BytesIO(await answer.read())).pages[0].extract_text()

    assert "12, rue Principale" in text
    assert "Montréal" not in text
    assert "Interurbain de base" in text


async def test_a_receipt_is_kept_in_the_language_of_the_operation(as_marie: Caller, marie: Person) -> None:
    receipt = await as_marie.post(f"/v1/accounts/{marie.account.id}/plan", {"plan": "world"})
    await as_marie.post("/v1/profile/language", {"language": "en"})
    path, english = f"/v1/receipts/{receipt['number']}/pdf", {**as_marie.headers, "Accept-Language": "en"}

    titles = []
    for url in (path, f"{path}?lang=en"):
        async with as_marie.client.get(url, headers=english) as answer:
            titles.append(pypdf.PdfReader(io.BytesIO(await answer.read())).metadata.title)  # type: ignore[union-attr]

    assert titles == ["Forfait d’interurbain changé", "Long-distance plan changed"]


def check_pdf(content: bytes, language: str, title: str) -> None:
    """The structure that PDF/UA asks for: language, title, tags, table headers."""
    pdf = pypdf.PdfReader(io.BytesIO(content))
    root: Any = pdf.trailer["/Root"]
    assert root["/Lang"] == f"{language}-CA"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert pdf.metadata is not None
    assert pdf.metadata.title == title
    tags = set(tags_of(root["/StructTreeRoot"]))
    assert {"/H1", "/Table", "/TH", "/TD"} <= tags


def tags_of(node: Any) -> list[str]:
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        return [tag for child in node for tag in tags_of(child)]
    if not isinstance(node, dict):
        return []
    return [str(node.get("/S", "")), *(tags_of(node["/K"]) if "/K" in node else [])]
