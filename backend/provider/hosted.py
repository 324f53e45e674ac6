"""A provider with a hosted page, over HTTP: what we send is signed and dated, what it sends is checked."""

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

import aiohttp

from backend.domain.errors import Refusal
from backend.domain.online import CURRENCY, Outcome, Payment, ProviderFault, check_outcome
from backend.provider.signing import is_fresh, outcome_of, sign, sign_at


@dataclass(frozen=True)
class Hosted:
    """The services' Provider for real money; `url` is the provider's, `public_url` ours."""

    url: str
    secret: str
    public_url: str
    timeout: float = 20
    clock: Callable[[], float] = time.time

    def page(self, payment: Payment) -> str:
        """The hosted page; the signature covers every field, so a customer can't change the amount."""
        fields = {
            "payment_id": payment.id,
            "kind": payment.kind.value,
            "amount_cents": payment.cents,
            "currency": CURRENCY,
            "notice_url": f"{self.public_url}/v1/provider/notices",
            "timestamp": int(payment.started_at.timestamp()),
        }
        query = urlencode(fields)
        return f"{self.url}/pay?{query}&signature={sign(self.secret, query.encode())}"

    async def charge(self, payment: Payment, *, token: str) -> Outcome:
        """Charge a card kept by the provider; the key makes a repeat the same charge."""
        if not token:
            return Outcome(payment.id, is_approved=False, reason="no_card")
        return await self._ask("/charges", payment, {"method_token": token})

    async def refund(self, refund: Payment, *, authorization: str) -> Outcome:
        """Give back to the card that paid; the key makes a repeat the same refund."""
        return await self._ask("/refunds", refund, {"authorization": authorization})

    def read(self, body: bytes, headers: Mapping[str, str]) -> Outcome:
        """A notice, if it is the provider's and of these minutes."""
        if not is_fresh(self.secret, headers, body, self.clock()):
            raise Refusal("callback_not_trusted")
        return outcome_of(json.loads(body))

    async def _ask(self, path: str, payment: Payment, more: dict[str, str]) -> Outcome:
        fields = {"payment_id": payment.id, "amount_cents": payment.cents, "currency": CURRENCY, **more}
        body = json.dumps(fields, sort_keys=True).encode()
        url = self.url + path
        headers = {
            **sign_at(self.secret, int(self.clock()), f"POST {urlsplit(url).path}.".encode() + body),
            "Idempotency-Key": payment.id,
            "Content-Type": "application/json",
        }
        told = await self._post(url, body, headers)
        if told.get("payment_id") != payment.id or told.get("outcome") not in ("approved", "refused"):
            raise ProviderFault("the provider's answer is about something else")
        outcome = outcome_of(told)
        try:
            check_outcome(payment, outcome)
        except Refusal as refusal:
            raise ProviderFault(f"the provider moved other money than was asked: {refusal}") from refusal
        return outcome

    async def _post(self, url: str, body: bytes, headers: dict[str, str]) -> dict[str, Any]:
        timeout = aiohttp.ClientTimeout(total=self.timeout)
        try:
            async with (
                aiohttp.ClientSession(timeout=timeout) as session,
                session.post(url, data=body, headers=headers, allow_redirects=False) as answer,
            ):
                raw = await answer.read()
        except (aiohttp.ClientError, TimeoutError) as error:
            raise ProviderFault(type(error).__name__) from error
        if answer.status != 200:
            raise ProviderFault(f"the provider answered {answer.status}")
        if not is_fresh(self.secret, answer.headers, raw, self.clock()):
            raise ProviderFault("the provider's answer is not signed")
        try:
            told = json.loads(raw)
        except ValueError as error:
            raise ProviderFault("the provider's answer can't be read") from error
        return told if isinstance(told, dict) else {}
