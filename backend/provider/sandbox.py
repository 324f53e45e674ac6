"""A provider that runs locally: its page takes test cards only, its notices are signed like real ones."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from backend.domain.errors import Refusal
from backend.domain.online import CURRENCY, Outcome, Payment
from backend.provider.signing import is_signed, outcome_of, sign

# What each test card does; anything else is refused as unknown.
CARDS = {
    "4242 4242 4242 4242": ("approved", "Visa •••• 4242"),
    "4000 0000 0000 0002": ("refused", "card_refused"),
    "4000 0000 0000 0341": ("approved", "Visa •••• 0341"),  # good once, refused when charged later
}
LATER_REFUSED = "0341"


@dataclass(frozen=True)
class Sandbox:
    """The services' Provider, for development and tests."""

    public_url: str
    secret: str

    def page(self, payment: Payment) -> str:
        """The hosted page, under an address that can't be guessed."""
        return f"{self.public_url}/sandbox/pay/{payment.id}/{self.ticket(payment.id)}"

    def ticket(self, payment_id: str) -> str:
        """What makes the page's address hard to guess."""
        return sign(self.secret, f"page:{payment_id}".encode())[:40]

    async def charge(self, payment: Payment, *, token: str) -> Outcome:
        """Charge a card kept by the provider; the payment's id makes the authorization, so twice is once."""
        if not token or token.endswith(LATER_REFUSED):
            return Outcome(payment.id, is_approved=False, reason="card_refused" if token else "no_card")
        return self._approved(payment)

    async def refund(self, refund: Payment, *, authorization: str) -> Outcome:
        """Give back; the refund's id makes its authorization, so twice is once."""
        return self._approved(refund)

    def _approved(self, payment: Payment) -> Outcome:
        return Outcome(
            payment.id, is_approved=True, cents=payment.cents, authorization=self.authorization(payment.id)
        )

    def authorization(self, payment_id: str) -> str:
        """Six digits, always the same for one payment."""
        return f"{int(sign(self.secret, payment_id.encode()), 16) % 1_000_000:06}"

    def notice(self, payment: Payment, card: str) -> tuple[bytes, str]:
        """The signed notice that using a test card on the page gives."""
        result, detail = CARDS.get(card, ("refused", "card_unknown"))
        is_approved = result == "approved"
        body = {
            "payment_id": payment.id,
            "outcome": result,
            "amount_cents": payment.cents if is_approved else 0,
            "currency": CURRENCY,
            "authorization": self.authorization(payment.id) if is_approved else "",
            "method": detail if is_approved else "",
            "method_token": f"sandbox-{card[-4:]}" if is_approved else "",
            "reason": "" if is_approved else detail,
        }
        raw = json.dumps(body, ensure_ascii=False).encode()
        return raw, sign(self.secret, raw)

    def read(self, body: bytes, headers: Mapping[str, str]) -> Outcome:
        """A notice, if the signature is right."""
        if not is_signed(self.secret, body, headers.get("X-Signature", "")):
            raise Refusal("callback_not_trusted")
        return outcome_of(json.loads(body))
