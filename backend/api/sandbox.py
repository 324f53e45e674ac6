"""The sandbox provider's hosted page, for development and tests, in both languages."""

import hmac

from aiohttp import web
from jinja2 import Environment, PackageLoader, StrictUndefined

from backend.api.call import BACKEND
from backend.api.language import choose_language
from backend.domain.errors import Refusal
from backend.domain.online import Payment, PaymentState
from backend.domain.people import Language
from backend.provider.sandbox import CARDS, Sandbox
from backend.service.online import take_outcome
from backend.wording.formats import money
from backend.wording.texts import texts

PATH = r"/sandbox/pay/{payment_id:[0-9a-f]{32}}/{ticket:[0-9a-f]{40}}"
WORDS = ("title", "warning", "card", "pay", "agree", "approved", "refused", "authorization", "back")
_templates = Environment(
    loader=PackageLoader("backend.api", "templates"), autoescape=True, undefined=StrictUndefined
)


async def show_page(request: web.Request) -> web.Response:
    """The form, or the result once there is one."""
    return _page(request, await _payment(request))


async def pay(request: web.Request) -> web.Response:
    """Use a test card: the signed notice takes the way that a real one would."""
    payment = await _payment(request)
    card = str((await request.post()).get("card", ""))
    provider = _provider(request)
    notice, signature = provider.notice(payment, card)
    payment = await take_outcome(request.app[BACKEND], provider.read(notice, {"X-Signature": signature}))
    return _page(request, payment)


def _provider(request: web.Request) -> Sandbox:
    provider = request.app[BACKEND].provider
    if not isinstance(provider, Sandbox):
        raise Refusal("not_found")
    return provider


async def _payment(request: web.Request) -> Payment:
    payment_id, ticket = request.match_info["payment_id"], request.match_info["ticket"]
    if not hmac.compare_digest(_provider(request).ticket(payment_id), ticket):
        raise Refusal("payment_not_found")
    async with request.app[BACKEND].store.reading() as uow:
        payment = await uow.payments.get(payment_id)
    if payment is None or payment.state is PaymentState.EXPIRED:
        raise Refusal("payment_not_found")
    return payment


def _page(request: web.Request, payment: Payment) -> web.Response:
    asked = request.query.get("lang")
    language = Language(asked) if asked in ("fr", "en") else choose_language(request)
    page = _templates.get_template("sandbox.html").render(
        language=language.value,
        words={word: texts().get(f"sandbox.{word}", language) for word in WORDS}
        | {"colon": texts().get("emails.frame.colon", language)},
        amount=money(payment.cents, language) if payment.cents else None,
        payment=payment,
        cards=list(CARDS),
    )
    return web.Response(text=page, content_type="text/html", headers={"Content-Security-Policy": CSP})


CSP = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'"
