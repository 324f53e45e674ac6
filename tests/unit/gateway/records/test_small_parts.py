"""Settings, waits and proofs."""

import base64
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from gateway.backoff import next_try
from gateway.retention.policy import policy_of
from gateway.retention.proof import digest
from gateway.settings import Settings
from gateway.transcripts.outbox import masked_email
from gateway.vault import new_key
from gateway.webhooks.delivering import signature

SECRETS: dict[str, Any] = {
    "gateway_secret": "s" * 16,
    "rasa_secret": "r" * 16,
    "backend_token": "b" * 16,
    "desk_secret_keys": [new_key()],
}
NOW = datetime(2027, 3, 1, tzinfo=UTC)


def test_messages_are_not_kept_longer_than_their_turns() -> None:
    with pytest.raises(ValidationError):
        Settings(**SECRETS, keep_messages_days=400, keep_turns_days=365)

    assert policy_of(Settings(**SECRETS, keep_messages_days=30)).messages == timedelta(days=30)


def test_waits_grow_and_end_at_six_hours() -> None:
    waits = [(next_try(NOW, tries) - NOW).total_seconds() for tries in range(1, 13)]

    assert waits[:4] == [30, 60, 120, 240]
    assert waits == sorted(waits)
    assert waits[-1] == 6 * 3600


def test_a_digest_does_not_depend_on_the_order() -> None:
    ids = [uuid.uuid4() for _ in range(3)]

    assert digest(ids) == digest(ids[::-1])
    assert digest(ids) != digest(ids[:2])


def test_the_signature_is_that_of_the_standard_webhooks_libraries() -> None:
    key = base64.b64decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")  # of their documented example

    signed = signature(key, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, '{"test": 2432232314}')

    assert signed == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


@pytest.mark.parametrize(("address", "shown"), [("marie@x.ca", "m***@x.ca"), ("a@b.ca", "a***@b.ca")])
def test_addresses_are_mostly_hidden(address: str, shown: str) -> None:
    assert masked_email(address) == shown
