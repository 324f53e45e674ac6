"""A receipt's document is for the customer who is signed in, and for nobody else."""

import pytest
from aiohttp import ClientResponse
from aiohttp.test_utils import TestServer

from gateway.backend import PDF_LIMIT
from tests.fakes.backend import PDF, FakeBackend
from tests.integration.gateway.conftest import Start
from tests.integration.gateway.customer import Customer

MINE, OTHERS = "482109375562", "100000000001"


async def _get(customer: Customer, number: str = MINE, query: str = "") -> ClientResponse:
    address = f"{customer.path}/receipts/{number}.pdf{query}"
    response = await customer.client.get(address, headers=customer.headers)
    await response.read()
    return response


@pytest.mark.parametrize(
    ("query", "language", "name"),
    [("", "fr", "re%C3%A7u-482109375562.pdf"), ("?lang=en", "en", "receipt-482109375562.pdf")],
)
async def test_it_comes_as_a_file_in_the_language_asked_for(
    customer: Customer, backend: FakeBackend, query: str, language: str, name: str
) -> None:
    await customer.sign_in()

    response = await _get(customer, query=query)

    assert response.status == 200
    assert await response.read() == PDF + language.encode()
    assert response.content_type == "application/pdf"
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Content-Disposition"] == (
        f"attachment; filename=\"482109375562.pdf\"; filename*=UTF-8''{name}"
    )
    assert backend.calls[-1][1]["X-Session-Id"] in backend.sessions


async def test_signed_out_there_is_none(customer: Customer, backend: FakeBackend) -> None:
    before = await _get(customer)
    await customer.sign_in()
    await customer.sign_out()
    asked = len(backend.calls)
    after = await _get(customer)

    for response in (before, after):
        assert (response.status, (await response.json())["error"]["code"]) == (403, "not_signed_in")
    assert len(backend.calls) == asked


async def test_anothers_receipt_and_none_at_all_are_told_alike(customer: Customer) -> None:
    await customer.sign_in()

    others, none = await _get(customer, OTHERS), await _get(customer, "999999999999")

    assert others.status == none.status == 404
    assert await others.json() == await none.json()
    assert (await none.json())["error"]["code"] == "receipt_not_found"
    assert (await none.json())["error"]["message"] == "Ce reçu est introuvable. Vérifiez son numéro."


@pytest.mark.parametrize(
    "number", ["1", "48210937556x", "4821093755620", "..%2f..%2fprofile", "%00", "482109375562%2fpdf%3f"]
)
async def test_a_forged_number_never_reaches_the_backend(
    customer: Customer, backend: FakeBackend, number: str
) -> None:
    await customer.sign_in()
    asked = len(backend.calls)

    assert (await _get(customer, number)).status == 404
    assert len(backend.calls) == asked


async def test_a_language_of_its_own_is_refused(customer: Customer) -> None:
    await customer.sign_in()

    response = await _get(customer, query="?lang=de")

    assert (response.status, (await response.json())["error"]["code"]) == (400, "invalid_query")


async def test_a_session_that_ended_at_the_backend_ends_here(
    customer: Customer, backend: FakeBackend
) -> None:
    await customer.sign_in()
    backend.sessions.clear()

    response = await _get(customer)

    assert (response.status, (await response.json())["error"]["code"]) == (403, "not_signed_in")
    assert not await customer.is_signed_in()


@pytest.mark.parametrize("trouble", ["slow", "failing", "not a document", "huge", "gone"])
async def test_trouble_is_told_in_words(
    start: Start, backend: FakeBackend, backend_server: TestServer, trouble: str
) -> None:
    customer = await Customer.begin(await start(backend_timeout=0.5))
    await customer.sign_in()
    match trouble:
        case "slow":
            backend.delay = 2.0
        case "failing":
            backend.status = 500
        case "not a document":
            backend.raw = b"<html>"
        case "huge":
            backend.raw = b"%PDF-" + b"a" * PDF_LIMIT
        case "gone":
            await backend_server.close()

    response = await _get(customer)

    assert (response.status, (await response.json())["error"]["code"]) == (503, "receipt_unavailable")
    assert await customer.is_signed_in()
